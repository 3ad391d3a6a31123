#include "waves/waves.hpp"

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
#include <map>
#include <set>

namespace resmon::waves {

namespace {

using accounts::Organisation;
using accounts::OrganisationKind;

accounts::Filter allowed(const Principal& who, Action action) {
    return accounts::filter_of(accounts::reach(who, action), "wave.owner", accounts::Shareable::profile);
}

WaveId new_wave_id() {
    constexpr std::size_t bytes = 8;
    return {random_hex(bytes)};
}

std::string day_text(Date day) { return utc_text(day).substr(0, 10); }

std::string owner_name_of(soci::session& sql, const OrganisationId& owner) {
    const std::optional<Organisation> found = accounts::find_organisation(sql, owner);
    return found ? found->name : owner.value;
}

/// A town hall that ran a wave over its neighbours would see who of them is slow.
void require_owner(soci::session& sql, const OrganisationId& owner) {
    if (owner.value.empty()) return;
    const std::optional<Organisation> found = accounts::find_organisation(sql, owner);
    if (!found) throw NotFound{worded("fault.no-organisation", {{"id", owner.value}})};
    if (found->kind != OrganisationKind::coordination_office && found->kind != OrganisationKind::survey_owner)
        throw InputError{{Fault{{.path = "/organisation"},
                                worded("fault.wave.owner", {{"kind", accounts::to_string(found->kind)}})}}};
}

BodyKey key_of(const catalogue::Catalogue& catalogue, const std::string& body) {
    return catalogue.bodies.body(body).key;
}

/// Whoever has no account was here by link alone: with the wave's end nobody could reach the answers any more.
bool belongs_to_nobody(soci::session& sql, const OrganisationId& organisation) {
    return !organisation.value.empty() && accounts::count_members(sql, organisation) == 0;
}

}  // namespace

Wave owned_wave(soci::session& sql, const Principal& who, const WaveId& id, Action action) {
    accounts::require(who, action);
    std::optional<Wave> wave = find_wave(sql, id, allowed(who, action));
    if (!wave) throw NotFound{worded("fault.wave.none", {{"id", id.value}})};
    return std::move(*wave);
}

void Waves::append(soci::session& sql, const Principal& who, const char* action, const Wave& wave, std::string detail) {
    means_.accounts.audit().append(
        sql, who,
        {.action = action, .organisation = wave.owner.value, .object = wave.id.value, .detail = std::move(detail)});
}

Overview Waves::overview_of(soci::session& sql, Wave wave, std::span<const BodyStatus> bodies) const {
    const std::string today = means_.today();
    Overview found{.owner_name = owner_name_of(sql, wave.owner), .status = status_of(bodies)};
    found.to_open = obstacle_to_open(wave, static_cast<std::size_t>(sum_of(found.status.total)), today);
    found.to_close = obstacle_to_close(wave, today, {});
    found.to_dispatch = obstacle_to_answer(wave, today);
    found.to_purge = obstacle_to_purge(wave, today);
    found.wave = std::move(wave);
    return found;
}

std::vector<BodyKey> Waves::in_previous(soci::session& sql, const Wave& wave,
                                        std::span<const BodyStatus> bodies) const {
    const std::optional<Wave> previous = find_wave(sql, wave.previous, {"owner = :reach0", {wave.owner.value}});
    if (!previous) return {};
    std::set<BodyKey> handed_in;
    for (const BodyStatus& one : select_status(sql, previous->id, means_.sealing, means_.seconds()))
        if (one.standing == Standing::handed_in) handed_in.insert(one.body.body);
    const Date since = date_from(previous->as_of).value_or(Date{});
    const Date until = date_from(wave.as_of).value_or(Date{});
    std::vector<BodyKey> found;
    for (const BodyStatus& one : bodies) {
        const std::set<BodyKey> keys = catalogue::keys_at(means_.catalogue.successors, one.body.body, since, until);
        if (std::ranges::any_of(keys, [&](const BodyKey& key) { return handed_in.contains(key); }))
            found.push_back(one.body.body);
    }
    return found;
}

WorkList Waves::work_list_of(soci::session& sql, Wave wave) const {
    WorkList list{.overview = {}, .bodies = select_status(sql, wave.id, means_.sealing, means_.seconds())};
    if (!wave.previous.value.empty()) list.in_previous = in_previous(sql, wave, list.bodies);
    list.overview = overview_of(sql, std::move(wave), list.bodies);
    return list;
}

std::vector<Overview> Waves::list(const Principal& who) {
    std::vector<Overview> found;
    means_.database().read([&](soci::session& sql) {
        found.clear();
        for (Wave& wave : select_waves(sql, allowed(who, Action::read_waves))) {
            const auto bodies = select_status(sql, wave.id, means_.sealing, means_.seconds());
            found.push_back(overview_of(sql, std::move(wave), bodies));
        }
    });
    return found;
}

WorkList Waves::wave(const Principal& who, const WaveId& id) {
    WorkList found;
    means_.database().read(
        [&](soci::session& sql) { found = work_list_of(sql, owned_wave(sql, who, id, Action::read_waves)); });
    return found;
}

Wave Waves::plan(const Principal& who, Wave wished, std::vector<FrameBody> frame) {
    if (std::vector<Fault> faults = faults_of(wished); !faults.empty()) throw InputError{std::move(faults)};
    const catalogue::Questionnaire& questionnaire = means_.catalogue.questionnaire(wished.questionnaire);
    if (wished.owner.value.empty()) wished.owner = accounts::home_of(who, Action::manage_waves);
    accounts::require(who, Action::manage_waves, {.organisation = wished.owner});
    wished.id = new_wave_id();
    wished.version = questionnaire.version;
    wished.is_draft = !questionnaire.is_published;
    wished.as_of = day_text(means_.catalogue.bodies.as_of());
    wished.state = WaveState::planned;
    wished.made_at = means_.now();
    for (FrameBody& body : frame) body.added_at = wished.made_at;
    means_.database().write([&](soci::session& sql) {
        require_owner(sql, wished.owner);
        if (!wished.previous.value.empty()) (void)owned_wave(sql, who, wished.previous, Action::read_waves);
        insert_wave(sql, wished);
        replace_frame(sql, wished.id, frame, means_.sealing);
        append(sql, who, "plan-wave", wished, fmt::format("{} bodies", frame.size()));
    });
    return wished;
}

void Waves::set_frame(const Principal& who, const WaveId& id, std::vector<FrameBody> frame) {
    for (FrameBody& body : frame) body.added_at = means_.now();
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        if (wave.state != WaveState::planned) throw Conflict{worded("fault.wave.opened-frame")};
        replace_frame(sql, id, frame, means_.sealing);
        append(sql, who, "set-frame", wave, fmt::format("{} bodies", frame.size()));
    });
}

void Waves::add_body(const Principal& who, const WaveId& id, const std::string& body, const std::string& reason) {
    FrameBody added = frame_body_of(means_.catalogue.bodies.body(body));
    added.added_at = means_.now();
    added.added_why = reason;
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        if (wave.state == WaveState::closed) require_none(Obstacle::is_closed);
        if (!insert_body(sql, id, added, means_.sealing))
            throw Conflict{worded("fault.wave.in-frame", {{"body", added.name}})};
        append(sql, who, "add-to-frame", wave, added.body.text());
    });
}

void Waves::remove_body(const Principal& who, const WaveId& id, const std::string& body, const std::string& reason) {
    const BodyKey key = key_of(means_.catalogue, body);
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        if (wave.state == WaveState::closed) require_none(Obstacle::is_closed);
        if (!waves::remove_body(sql, id, key, means_.now(), reason)) require_none(Obstacle::not_in_frame);
        append(sql, who, "remove-from-frame", wave, key.text());
    });
}

void Waves::open(const Principal& who, const WaveId& id) {
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        require_none(obstacle_to_open(wave, static_cast<std::size_t>(count_bodies(sql, id)), means_.today()));
        if (!set_open(sql, id, means_.now())) require_none(Obstacle::is_open);
        append(sql, who, "open-wave", wave);
    });
}

void Waves::close(const Principal& who, const WaveId& id, const std::string& reason) {
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        require_none(obstacle_to_close(wave, means_.today(), reason));
        if (!set_closed(sql, id, means_.now(), reason)) require_none(Obstacle::is_closed);
        for (const BodyStatus& one : select_status(sql, id, means_.sealing, means_.seconds()))
            set_outcome(sql, id, one.body.body, one.standing);
        append(sql, who, "close-wave", wave);
    });
}

void Waves::discard(const Principal& who, const WaveId& id) {
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        if (wave.state != WaveState::planned) throw Conflict{worded("fault.wave.opened-discard")};
        delete_wave(sql, id);
        append(sql, who, "discard-wave", wave);
    });
}

std::size_t Waves::purge(const Principal& who, const WaveId& id) {
    std::size_t count = 0;
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        require_none(obstacle_to_purge(wave, means_.today()));
        const std::vector<Participation> participations = select_participations(sql, id);
        count = participations.size();
        purge_wave(sql, id, means_.now());
        for (const Participation& one : participations)
            if (belongs_to_nobody(sql, one.organisation))
                (void)survey::erase_response(sql, one.response, means_.sealing);
        append(sql, who, "purge-wave", wave, fmt::format("{} participations", count));
    });
    return count;
}

std::vector<WaveId> Waves::to_purge(const Principal& who) {
    std::vector<WaveId> found;
    means_.database().read([&](soci::session& sql) {
        found.clear();
        for (const Wave& wave : select_waves(sql, allowed(who, Action::manage_waves)))
            if (wave.purged_at.empty() && !obstacle_to_purge(wave, means_.today())) found.push_back(wave.id);
    });
    return found;
}

Extended Waves::extend(const Principal& who, const Wave& wished, std::vector<FrameBody> bodies, Addresses addresses) {
    if (std::vector<Fault> faults = faults_of(wished); !faults.empty()) throw InputError{std::move(faults)};
    Extended done;
    means_.database().write([&](soci::session& sql) {
        done = {};
        const Wave wave = owned_wave(sql, who, wished.id, Action::manage_waves);
        if (wave.state == WaveState::closed) require_none(Obstacle::is_closed);
        done.is_replanned = !is_same_plan(wave, wished);
        if (done.is_replanned && wave.state != WaveState::planned) throw Conflict{worded("fault.wave.opened-plan")};
        if (done.is_replanned) update_plan(sql, wished);
        std::map<BodyKey, FrameBody> known;
        for (BodyStatus& one : select_status(sql, wave.id, means_.sealing, means_.seconds()))
            if (!one.body.is_removed()) known.emplace(one.body.body, std::move(one.body));
        for (FrameBody& body : bodies) {
            const auto before = known.find(body.body);
            if (before == known.end()) {
                if (wave.state == WaveState::open && body.added_why.empty())
                    throw InputError{worded("fault.wave.why-joins", {{"body", body.name}})};
                body.added_at = means_.now();
                if (!insert_body(sql, wave.id, body, means_.sealing))
                    throw Conflict{worded("fault.wave.in-frame", {{"body", body.name}})};
                set_contact(sql, wave.id, body, means_.sealing);
                ++done.added;
            } else if (addresses == Addresses::told && before->second.contact != body.contact) {
                set_contact(sql, wave.id, body, means_.sealing);
                ++done.readdressed;
            } else {
                ++done.unchanged;
            }
        }
        append(sql, who, "import-frame", wave, fmt::format("{} added, {} readdressed", done.added, done.readdressed));
    });
    return done;
}

WorkList Waves::exported(const Principal& who, const WaveId& id) {
    WorkList list;
    means_.database().write([&](soci::session& sql) {
        list = work_list_of(sql, owned_wave(sql, who, id, Action::manage_waves));
        append(sql, who, "export-frame", list.overview.wave);
    });
    return list;
}

std::vector<Comparable> Waves::comparable(const Principal& who, const WaveId& id) {
    std::vector<Comparable> found;
    means_.database().write([&](soci::session& sql) {
        found.clear();
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        std::map<BodyKey, BodyStatus> bodies;
        for (BodyStatus& one : select_status(sql, id, means_.sealing, means_.seconds()))
            bodies.emplace(one.body.body, std::move(one));
        for (const Participation& one : select_participations(sql, id)) {
            const auto body = bodies.find(one.body);
            const auto response = survey::response_of_anybody(sql, one.response);
            if (!one.may_compare || body == bodies.end() || !response || !response->is_finished) continue;
            const FrameBody& group = body->second.body;
            if (!group.is_removed()) found.push_back({one.response, group.state, group.kind, group.size});
        }
        append(sql, who, "export-answers", wave, fmt::format("{} responses", found.size()));
    });
    // Ids of responses are random.
    std::ranges::sort(found, {}, [](const Comparable& one) { return one.response.value; });
    return found;
}

}  // namespace resmon::waves
