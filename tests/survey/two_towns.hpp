// The desk of the survey with two towns, on an empty database of either engine.
#pragma once

#include "accounts/accounts.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"
#include "survey/survey.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace resmon::survey {

inline const Principal local{.kind = Principal::Kind::local};
inline const OrganisationId meschede{"059580032000"};
inline const OrganisationId brilon{"059580012000"};

inline Principal person(const OrganisationId& organisation, Role role) {
    return {.kind = Principal::Kind::person,
            .person = {"p-" + organisation.value},
            .memberships = {{organisation, role, {}}}};
}

class TwoTowns : public testing::TestWithParam<storage::Engine> {
protected:
    TwoTowns() {
        const accounts::IsBody every_key = [](const std::string&, accounts::OrganisationKind) { return true; };
        accounts::Accounts accounts{database_, audit_, every_key, &std::chrono::system_clock::now};
        for (const OrganisationId& town : {meschede, brilon})
            accounts.add_organisation(local, {.id = town, .name = town.value});
        accounts.share(local, brilon, accounts::Shareable::profile, meschede);
    }

    static const catalogue::CatalogueFiles& files() { return catalogue::shipped_files(); }
    static const catalogue::Catalogue& catalogue() { return catalogue::shipped(); }
    static SaveWish saying(const char* id, const char* question, double level, std::vector<std::int64_t> seen = {}) {
        return {.question = {question},
                .id = id,
                .answer = {.state = AnswerState::answered, .value = level},
                .seen = std::move(seen)};
    }
    ResponseId begun(const Principal& who = local, const OrganisationId& organisation = {}) {
        return survey_
            .begin(who, {.questionnaire = {"resilienzmonitor"}, .body = "059580032000", .organisation = organisation})
            .response.id;
    }
    std::vector<Entry> shown(const ResponseId& id, const char* question) {
        return current(survey_.opened(local, id).entries[{question}]);
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", &std::chrono::system_clock::now};
    storage::Sealing sealing_{{storage::new_sealing_key()}};
    Survey survey_{database_, audit_, sealing_, catalogue(), files(), &std::chrono::system_clock::now};
};

}  // namespace resmon::survey
