// Who else answers: colleagues without account by a link, those with an account by assignment.
#include "accounts/permission.hpp"
#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "survey/survey.hpp"
#include "survey/survey_store.hpp"

#include <algorithm>

namespace resmon::survey {

namespace {

bool is_blank(const std::string& text) {
    return std::ranges::all_of(text, [](char letter) { return letter == ' ' || letter == '\t'; });
}

void check(const LinkWish& wish, const catalogue::Questionnaire& questionnaire) {
    std::vector<Fault> faults;
    if (is_blank(wish.label)) faults.push_back({{.path = "/label"}, worded("fault.survey.label")});
    for (const std::string& topic : wish.topics)
        if (std::ranges::find(questionnaire.topics, topic, &catalogue::Topic::id) == questionnaire.topics.end())
            faults.push_back({{.path = "/topics"}, worded("fault.survey.topics", {{"topic", topic}})});
    if (wish.may_finish && !wish.topics.empty())
        faults.push_back({{.path = "/may_finish"}, worded("fault.survey.may-finish")});
    if (!faults.empty()) throw InputError{std::move(faults)};
}

/// Whether what is assigned to the person there can be answered by them.
bool can_answer(const accounts::Person& person, const OrganisationId& organisation) {
    const Principal then{.kind = Principal::Kind::person, .person = person.id, .memberships = person.memberships};
    return person.disabled_at.empty() &&
           accounts::may(then, Action::answer_survey, {.organisation = organisation, .assigned_to = {person.id}});
}

}  // namespace

std::vector<GivenLink> Survey::given_links(const Principal& who, const ResponseId& id) {
    std::vector<GivenLink> given;
    const std::int64_t now_seconds = seconds_of(clock_());
    database_.read([&](soci::session& sql) {
        given.clear();
        (void)found_whole(sql, who, id, Action::manage_response);
        for (links::Link& link : links::links_of(sql, id.value, sealing_)) {
            const auto person = accounts::find_person(sql, link.made_by);
            const bool holds = link.withdrawn_at.empty() && link.grant.expires_at > now_seconds;
            given.push_back({std::move(link), person ? person->name : std::string{}, holds});
        }
    });
    return given;
}

links::NewLink Survey::give_link(const Principal& who, const ResponseId& id, const LinkWish& wish) {
    const Instant at = clock_();
    std::optional<links::NewLink> made;
    database_.write([&](soci::session& sql) {
        const Response response = found_whole(sql, who, id, Action::manage_response);
        check(wish, *questionnaire_of(sql, response));
        if (response.is_finished) throw Conflict{worded("fault.survey.finished-ask")};
        const links::Grant grant{.response = id.value,
                                 .organisation = response.organisation,
                                 .topics = wish.topics,
                                 .may_finish = wish.may_finish,
                                 .expires_at = seconds_of(at + std::chrono::days{wish.days})};
        made = links::add_link(sql, sealing_,
                               {.grant = grant, .label = wish.label, .made_by = who.person, .made_at = utc_text(at)});
        append(sql, who, "link-given", response, made->id.value + " " + links::topics_text(wish.topics));
    });
    return std::move(*made);
}

void Survey::withdraw_link(const Principal& who, const ResponseId& id, const links::LinkId& link) {
    const std::string at = now();
    database_.write([&](soci::session& sql) {
        const Response response = found_whole(sql, who, id, Action::manage_response);
        if (!links::withdraw_link(sql, id.value, link, at)) throw NotFound{worded("fault.survey.no-link")};
        append(sql, who, "link-withdrawn", response, link.value);
    });
}

std::vector<accounts::Person> Survey::colleagues(const Principal& who, const ResponseId& id) {
    std::vector<accounts::Person> people;
    database_.read([&](soci::session& sql) {
        const Response response = found_whole(sql, who, id, Action::manage_response);
        people = accounts::people_of(sql, response.organisation);
        std::erase_if(people, [&](const auto& person) { return !can_answer(person, response.organisation); });
    });
    return people;
}

void Survey::assign(const Principal& who, const ResponseId& id, const std::string& topic, const PersonId& person) {
    const std::string at = now();
    database_.write([&](soci::session& sql) {
        const Response response = found_whole(sql, who, id, Action::manage_response);
        (void)questionnaire_of(sql, response)->topic(topic);
        const auto found = accounts::find_person(sql, person);
        if (!person.value.empty() && (!found || !can_answer(*found, response.organisation)))
            throw InputError{{Fault{{.path = "/person"}, worded("fault.survey.person")}}};
        put_assignment(sql, id, topic, person, at);
        append(sql, who, "topic-assigned", response, topic + " " + person.value);
    });
}

}  // namespace resmon::survey
