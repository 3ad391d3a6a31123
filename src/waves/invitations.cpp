#include "waves/invitations.hpp"

#include "accounts/permission.hpp"
#include "accounts/shared_transaction.hpp"
#include "base/calendar.hpp"
#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "survey/shared_transaction.hpp"
#include "waves/body_store.hpp"
#include "waves/waves_store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::waves {

namespace {

constexpr std::size_t id_bytes = 8;
constexpr std::size_t salt_bytes = 16;

NotFound no_wave(const WaveId& id) { return NotFound{worded("fault.wave.none", {{"id", id.value}})}; }
NotFound no_invitation() { return NotFound{worded("fault.wave.no-invitation")}; }
Conflict used_before() { return Conflict{worded("fault.wave.used")}; }

/// Whoever's it is: its name and its window are told to everybody it asks.
Wave any_wave(soci::session& sql, const WaveId& id) {
    std::optional<Wave> wave = find_wave(sql, id, {"1 = 1", {}});
    if (!wave) throw no_wave(id);
    return std::move(*wave);
}

/// A link for some topics of a response takes part in nothing: that is for whoever may finish it.
bool opens(const std::optional<links::Grant>& grant, const survey::ResponseId& response) {
    return grant && grant->response == response.value && grant->may_finish;
}

/// Until the participation can no longer be withdrawn, but not longer than 90 days after the end of the window.
std::int64_t end_of_link(const Wave& wave) {
    constexpr std::chrono::days longest{90};
    const Date closes = date_from(wave.closes).value_or(Date{});
    return seconds_of(std::min(date_from(wave.delete_on).value_or(closes), closes + longest));
}

bool answers(const survey::Response& response, const Wave& wave) {
    return response.questionnaire == wave.questionnaire && response.version == wave.version;
}

accounts::OrganisationKind kind_of(const catalogue::Body& body) {
    return body.kind == catalogue::BodyKind::district ? accounts::OrganisationKind::district
                                                      : accounts::OrganisationKind::municipality;
}

/// The holder of a letter acts for nobody's account: the trail says from where alone.
Principal for_the_body(const Principal& who) { return {.kind = Principal::Kind::local, .address = who.address}; }

}  // namespace

void Invitations::append(soci::session& sql, const Principal& who, const char* action,
                         const Participation& participation, std::string detail) {
    means_.accounts.audit().append(sql, who,
                                   {.action = action,
                                    .organisation = participation.organisation.value,
                                    .object = participation.wave.value,
                                    .detail = std::move(detail)});
}

Invitation Invitations::invitation_of(soci::session& sql, const Wave& wave, const BodyKey& body) const {
    const catalogue::Body* known = means_.catalogue.bodies.find_body(body);
    const auto owner = accounts::find_organisation(sql, wave.owner);
    Invitation found{.wave = wave,
                     .owner_name = owner ? owner->name : wave.owner.value,
                     .body = body,
                     .body_name = known == nullptr ? body.text() : known->name,
                     .participation = find_participation(sql, wave.id, body),
                     .withdrawal = find_withdrawal(sql, wave.id, body),
                     .to_take_part = obstacle_to_answer(wave, means_.today())};
    if (!found.participation) return found;
    const auto response = survey::response_of_anybody(sql, found.participation->response);
    found.has_handed_in = response && response->is_finished;
    if (!found.to_take_part) found.to_take_part = Obstacle::takes_part_already;
    return found;
}

std::optional<links::Grant> Invitations::grant_of(soci::session& sql, const Principal& who) const {
    return who.kind == Principal::Kind::link ? links::grant_of(sql, {who.link}, means_.seconds()) : std::nullopt;
}

accounts::Filter Invitations::asked(soci::session& sql, const Principal& who) const {
    if (who.kind == Principal::Kind::local) return {"wave_body.body IN (SELECT body FROM survey_response)", {}};
    if (const auto grant = grant_of(sql, who)) return {"wave_participation.response = :reach0", {grant->response}};
    return accounts::filter_of(accounts::reach(who, Action::read_invitations), "wave_body.body",
                               accounts::Shareable::profile);
}

std::vector<Invitation> Invitations::list(const Principal& who) {
    std::vector<Invitation> found;
    means_.database().read([&](soci::session& sql) {
        found.clear();
        for (const Asked& one : select_asked(sql, asked(sql, who)))
            found.push_back(invitation_of(sql, any_wave(sql, one.wave), one.body));
    });
    return found;
}

void Invitations::require_part(soci::session& sql, const Principal& who, const survey::Response& response) const {
    const bool is_own = response.organisation.value.empty() || response.organisation.value == response.body.text();
    const accounts::Object object{.organisation = response.organisation,
                                  .link = opens(grant_of(sql, who), response.id) ? who.link : std::string{}};
    if (!is_own || !accounts::may(who, Action::take_part, object))
        throw NotFound{worded("fault.wave.no-response", {{"id", response.id.value}})};
}

Participation Invitations::take_part(const Principal& who, const WaveId& id, const survey::ResponseId& response,
                                     Comparing comparing) {
    accounts::require(who, Action::take_part);
    Participation participation;
    means_.database().write([&](soci::session& sql) {
        const auto known = survey::response_of_anybody(sql, response);
        if (!known) throw NotFound{worded("fault.wave.no-response", {{"id", response.value}})};
        require_part(sql, who, *known);
        if (!is_in_frame(sql, id, known->body)) throw no_wave(id);
        const Wave wave = any_wave(sql, id);
        require_none(obstacle_to_answer(wave, means_.today()));
        if (!answers(*known, wave)) require_none(Obstacle::other_questionnaire);
        participation = {.wave = id,
                         .body = known->body,
                         .response = known->id,
                         .organisation = known->organisation,
                         .may_compare = comparing == Comparing::yes,
                         .began_at = means_.now(),
                         .compare_since = means_.now()};
        if (!insert_participation(sql, participation)) require_none(Obstacle::takes_part_already);
        append(sql, who, "take-part", participation, participation.may_compare ? "comparing" : "");
    });
    return participation;
}

Participation Invitations::found(soci::session& sql, const Principal& who, const WaveId& id,
                                 const BodyKey& body) const {
    std::optional<Participation> participation = find_participation(sql, id, body);
    if (!participation) throw no_wave(id);
    const auto response = survey::response_of_anybody(sql, participation->response);
    if (!response) throw no_wave(id);
    require_part(sql, who, *response);
    return std::move(*participation);
}

Participation Invitations::set_comparing(const Principal& who, const WaveId& id, const BodyKey& body,
                                         Comparing comparing) {
    accounts::require(who, Action::take_part);
    Participation participation;
    means_.database().write([&](soci::session& sql) {
        participation = found(sql, who, id, body);
        participation.may_compare = comparing == Comparing::yes;
        participation.compare_since = means_.now();
        waves::set_comparing(sql, participation);
        append(sql, who, "set-comparing", participation, participation.may_compare ? "comparing" : "not comparing");
    });
    return participation;
}

WithdrawalReceipt Invitations::withdraw(const Principal& who, const WaveId& id, const BodyKey& body, Withdrawn what) {
    accounts::require(who, Action::take_part);
    const std::string salt = random_hex(salt_bytes);
    WithdrawalReceipt receipt;
    means_.database().write([&](soci::session& sql) {
        const Participation participation = found(sql, who, id, body);
        survey::Erased erased;
        delete_participation(sql, id, body);
        if (what == Withdrawn::connection_and_answers)
            erased = survey::erase_response(sql, participation.response, means_.sealing);
        const std::string content = fmt::format("{} {} {}\n{}", participation.response.value, participation.began_at,
                                                participation.may_compare, erased.content);
        receipt = {.withdrawal = {.id = random_hex(id_bytes),
                                  .wave = id,
                                  .body = body,
                                  .organisation = participation.organisation,
                                  .at = means_.now(),
                                  .what = what,
                                  .entries = static_cast<std::int64_t>(erased.entries),
                                  .digest = digest_of_deleted(salt, content)},
                   .salt = salt};
        insert_withdrawal(sql, receipt.withdrawal, hash_of(receipt));
        // What was counted when the wave closed no longer holds.
        if (any_wave(sql, id).state == WaveState::closed) set_outcome(sql, id, body, Standing::withdrawn);
        append(sql, who, "withdraw-from-wave", participation, fmt::format("{} {}", to_string(what), hash_of(receipt)));
    });
    return receipt;
}

bool Invitations::is_genuine(const WithdrawalReceipt& receipt) {
    std::string hash;
    means_.database().read([&](soci::session& sql) { hash = withdrawal_hash(sql, receipt.withdrawal.id); });
    return !hash.empty() && hash == hash_of(receipt);
}

Secret Invitations::claimed(const Principal& who, const Invited& invited, const std::string& hash,
                            const Invitation& invitation) {
    const catalogue::Body& body = means_.catalogue.bodies.body(invited.body.text());
    const OrganisationId organisation{invited.body.text()};
    const Principal acting = for_the_body(who);
    if (means_.accounts.name_of(organisation).empty())
        means_.accounts.add_organisation(acting, {.id = organisation, .kind = kind_of(body), .name = body.name});
    std::optional<survey::Response> response;
    means_.database().read(
        [&](soci::session& sql) { response = survey::unfinished_response(sql, organisation, invited.body); });
    if (!response)
        response = survey_
                       .begin(acting, {.questionnaire = invitation.wave.questionnaire,
                                       .body = invited.body.text(),
                                       .organisation = organisation})
                       .response;
    if (!answers(*response, invitation.wave)) require_none(Obstacle::other_questionnaire);
    Secret secret;
    means_.database().write([&](soci::session& sql) {
        // Answers that are there were given by another link: this letter, whoever holds it, must not show them.
        if (survey::has_entries(sql, response->id)) throw used_before();
        if (!use_invitation(sql, invited, hash, means_.now())) throw used_before();
        const Participation participation{.wave = invited.wave,
                                          .body = invited.body,
                                          .response = response->id,
                                          .organisation = organisation,
                                          .may_compare = false,
                                          .began_at = means_.now(),
                                          .compare_since = means_.now()};
        if (insert_participation(sql, participation)) append(sql, acting, "take-part", participation, "by invitation");
        links::Link link{.grant = {.response = response->id.value,
                                   .organisation = organisation,
                                   .may_finish = true,
                                   .expires_at = end_of_link(invitation.wave)},
                         .label = body.name,
                         .made_at = means_.now()};
        secret = links::add_link(sql, means_.sealing, std::move(link)).secret;
    });
    return secret;
}

OpenedInvitation Invitations::open(const Principal& who, const std::string& token) {
    const std::string hash = digest_of(token);
    OpenedInvitation opened;
    Invited invited;
    bool is_known = false;
    bool has_accounts = false;
    means_.database().write([&](soci::session& sql) {
        const std::optional<Invited> found = find_invitation(sql, hash);
        is_known = found.has_value();
        if (!is_known) return;
        invited = *found;
        const Wave wave = any_wave(sql, invited.wave);
        if (obstacle_to_answer(wave, means_.today()) || !is_in_frame(sql, wave.id, invited.body)) throw no_invitation();
        has_accounts = accounts::count_members(sql, {invited.body.text()}) > 0;
        opened.invitation = invitation_of(sql, wave, invited.body);
        if (has_accounts) note_opening(sql, invited, means_.now());
    });
    if (!is_known) {
        if (wrong_) wrong_(who.address);
        throw no_invitation();
    }
    // Whoever has accounts here signs in: a letter in the wrong hands opens nothing of theirs.
    if (has_accounts) return opened;
    if (!invited.used_at.empty()) throw used_before();
    opened.link = claimed(who, invited, hash, opened.invitation);
    means_.database().read(
        [&](soci::session& sql) { opened.invitation = invitation_of(sql, opened.invitation.wave, invited.body); });
    return opened;
}

}  // namespace resmon::waves
