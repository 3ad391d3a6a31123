// A research office, two towns and a coordination office with its wave, over an empty database of either engine.
#pragma once

#include "accounts/shared_transaction.hpp"
#include "mail/smtp.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"
#include "waves/dispatching.hpp"
#include "waves/invitations.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace resmon::waves {

inline const Principal local{.kind = Principal::Kind::local};
inline const OrganisationId research{"forschung"};
inline const OrganisationId meschede{"059580032000"};
inline const OrganisationId brilon{"059580012000"};
inline const BodyKey meschede_body{"059580032000"};
inline const BodyKey brilon_body{"059580012000"};

inline Principal person(const OrganisationId& organisation, Role role) {
    return {.kind = Principal::Kind::person,
            .person = {"p-" + organisation.value},
            .memberships = {{organisation, role, {}}}};
}

inline const Principal owner = person(research, Role::researcher);
inline const Principal officer = person(meschede, Role::editor);

/// Mail that goes nowhere: what was posted, and what the next outcomes are.
struct Mailbox {
    std::mutex mutex;
    std::vector<mail::Message> posted;
    std::function<mail::Outcome(const mail::Message&)> outcome = [](const mail::Message&) {
        return mail::Outcome{mail::Outcome::Kind::accepted, {}};
    };

    [[nodiscard]] mail::Post post() {
        return [this](const mail::Message& message) {
            const std::lock_guard lock{mutex};
            posted.push_back(message);
            return outcome(message);
        };
    }
};

class Office {
public:
    explicit Office(storage::Engine engine) : empty_{engine} {
        accounts.add_organisation(
            local,
            {.id = research, .kind = accounts::OrganisationKind::survey_owner, .name = "Forschung (synthetisch)"});
    }

    void add_town(const OrganisationId& town) {
        accounts.add_organisation(local, {.id = town, .name = town.value});
        // Somebody has an account there.
        database.write([&](soci::session& sql) {
            ASSERT_TRUE(accounts::insert_person(
                sql, {.id = {"p-" + town.value}, .login = town.value, .name = town.value}, utc_text(now)));
            accounts::insert_membership(sql, {"p-" + town.value}, {town, Role::editor, {}});
        });
    }

    /// On the day of `now`, for a fortnight, of two towns with mail addresses.
    Wave planned(std::string_view csv =
                     "body,email\n059580032000,rathaus@meschede.example\n059580012000,rathaus@brilon."
                     "example\n") {
        return waves.plan(owner,
                          {.name = {"Welle 2026", "Wave 2026"},
                           .questionnaire = {"resilienzmonitor"},
                           .is_synthetic = true,
                           .opens = "2026-11-26",
                           .closes = "2026-12-10",
                           .purpose = {"Zum Üben", "For practice"},
                           .delete_on = "2027-12-31"},
                          frame_from_csv(catalogue::shipped().bodies, csv, "frame.csv"));
    }
    Wave opened() {
        const Wave wave = planned();
        waves.open(owner, wave.id);
        return wave;
    }
    survey::ResponseId begun(const Principal& who = officer, const OrganisationId& town = meschede) {
        return survey.begin(who, {.questionnaire = {"resilienzmonitor"}, .body = town.value, .organisation = town})
            .response.id;
    }
    Standing standing(const WaveId& id, const BodyKey& body) {
        for (const BodyStatus& one : waves.wave(owner, id).bodies)
            if (one.body.body == body) return one.standing;
        throw NotFound{"not in the frame"};
    }

    Instant now = instant_from("2026-11-26T09:00:00Z");

private:
    storage::EmptyDatabase empty_;
    Clock clock_ = [this] { return now; };

public:
    storage::Database database{empty_.location()};
    storage::Sealing sealing{{storage::new_sealing_key()}};
    accounts::AuditTrail audit{database, "here", clock_};
    accounts::Accounts accounts{database, audit, [](const std::string&, accounts::OrganisationKind) { return true; },
                                clock_};
    Means means{accounts, sealing, catalogue::shipped()};
    Waves waves{means};
    survey::Survey survey{database, audit, sealing, catalogue::shipped(), catalogue::shipped_files(), clock_};
    Invitations invitations{means, survey};
    Mailbox mailbox;
    Dispatching dispatching{
        means, {.post = mailbox.post(), .from = "post@resmon.example", .address = "https://resmon.example"}};
};

/// The secret in a letter: what stands behind `#` in its link.
inline std::string token_in(std::string_view text) {
    const std::size_t begin = text.find("/umfrage/einladung#") + std::string_view{"/umfrage/einladung#"}.size();
    return std::string{text.substr(begin, text.find_first_of("\r\n;", begin) - begin)};
}

}  // namespace resmon::waves
