#include "waves/dispatching.hpp"

#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "survey/shared_transaction.hpp"
#include "waves/body_store.hpp"
#include "waves/waves_store.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::waves {

namespace {

constexpr std::size_t attempt_bytes = 9;
constexpr std::size_t token_bytes = 24;

/// By body, of one wave.
using Dispatches = std::map<BodyKey, std::map<int, Dispatch>>;

Dispatches dispatches_of(soci::session& sql, const WaveId& id) {
    Dispatches found;
    for (Dispatch& one : select_dispatches(sql, id)) found[one.body][one.stage] = std::move(one);
    return found;
}

/// Whether nothing but the address decides if the body gets a letter of the stage now.
bool is_due(const BodyStatus& status, const Dispatches& dispatches, int stage) {
    if (status.body.is_removed() || status.standing == Standing::handed_in || status.standing == Standing::withdrawn)
        return false;
    const auto of_body = dispatches.find(status.body.body);
    const auto state_of = [&](int wanted) -> std::optional<DispatchState> {
        if (of_body == dispatches.end() || !of_body->second.contains(wanted)) return std::nullopt;
        return of_body->second.at(wanted).state;
    };
    if (const auto now = state_of(stage); now && *now != DispatchState::refused) return false;
    return stage == invitation_stage || state_of(stage - 1) == DispatchState::sent;
}

/// Between the list and this letter somebody may have handed in or left the frame.
bool is_still_due(soci::session& sql, const WaveId& id, const BodyKey& body) {
    if (!is_in_frame(sql, id, body)) return false;
    const std::optional<Participation> participation = find_participation(sql, id, body);
    if (!participation) return true;
    const auto response = survey::response_of_anybody(sql, participation->response);
    return !response || !response->is_finished;
}

DispatchState state_after(const mail::Outcome& outcome) {
    switch (outcome.kind) {
        case mail::Outcome::Kind::accepted: return DispatchState::sent;
        case mail::Outcome::Kind::refused: return DispatchState::refused;
        case mail::Outcome::Kind::unknown: return DispatchState::sending;
    }
    return DispatchState::sending;
}

void count(const mail::Outcome& outcome, Progress& progress) {
    switch (outcome.kind) {
        case mail::Outcome::Kind::accepted: ++progress.sent; return;
        case mail::Outcome::Kind::refused: ++progress.refused; return;
        case mail::Outcome::Kind::unknown: ++progress.unclear; return;
    }
}

}  // namespace

void Dispatching::check(const Order& order) const {
    if (order.stage < invitation_stage || order.stage > most_stages)
        throw InputError{
            {Fault{{.path = "/path/stage"},
                   worded("fault.wave.stage", {{"most", most_stages}, {"found", static_cast<double>(order.stage)}})}}};
    if (sending_.address.empty() && order.address.empty()) throw Conflict{worded("fault.wave.no-address")};
}

Dispatching::Due Dispatching::due(soci::session& sql, const Principal& who, const WaveId& id, int stage,
                                  Channel channel) const {
    Due found{.wave = owned_wave(sql, who, id, Action::manage_waves)};
    require_none(obstacle_to_answer(found.wave, means_.today()));
    const auto owner = accounts::find_organisation(sql, found.wave.owner);
    found.owner_name = owner ? owner->name : found.wave.owner.value;
    const Dispatches dispatches = dispatches_of(sql, id);
    for (BodyStatus& status : select_status(sql, id, means_.sealing, means_.seconds())) {
        if (!is_due(status, dispatches, stage)) continue;
        if (channel == Channel::mail && status.body.contact.email.empty())
            ++found.without_address;
        else
            found.bodies.push_back(std::move(status.body));
    }
    const auto refused = std::ranges::stable_partition(found.bodies, [&](const FrameBody& body) {
        const auto of_body = dispatches.find(body.body);
        return of_body == dispatches.end() || !of_body->second.contains(stage);
    });
    found.untried = static_cast<std::size_t>(refused.begin() - found.bodies.begin());
    return found;
}

Letter Dispatching::letter_to(const FrameBody& body, const Order& order) const {
    const std::string& address = sending_.address.empty() ? order.address : sending_.address;
    return {.body = body,
            .stage = order.stage,
            .link = Secret{fmt::format("{}/umfrage/einladung#{}", address, random_name(token_bytes))}};
}

namespace {

std::string hash_of_token(const Letter& letter) {
    const std::string_view link = letter.link.revealed();
    return digest_of(link.substr(link.find('#') + 1));
}

}  // namespace

std::vector<StageState> Dispatching::stages(const Principal& who, const WaveId& id) {
    std::vector<StageState> found;
    means_.database().read([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::read_waves);
        const std::vector<BodyStatus> bodies = select_status(sql, id, means_.sealing, means_.seconds());
        const Dispatches dispatches = dispatches_of(sql, id);
        const bool is_open = !obstacle_to_answer(wave, means_.today());
        found.clear();
        for (int stage = invitation_stage; stage <= most_stages; ++stage) {
            StageState state{.stage = stage};
            for (const auto& [body, of_body] : dispatches) {
                const auto one = of_body.find(stage);
                if (one == of_body.end()) continue;
                if (is_unknown(one->second, means_.seconds()))
                    ++state.unclear;
                else if (one->second.state == DispatchState::sent)
                    ++state.sent;
                else if (one->second.state == DispatchState::refused)
                    ++state.refused;
                else
                    ++state.sending;
            }
            if (is_open)
                state.due = std::ranges::count_if(
                    bodies, [&](const BodyStatus& one) { return is_due(one, dispatches, stage); });
            const bool is_empty = state.sent + state.sending + state.refused + state.unclear + state.due == 0;
            found.push_back(state);
            if (is_empty && stage > invitation_stage) break;
        }
    });
    return found;
}

std::vector<Dispatch> Dispatching::to_check(const Principal& who, const WaveId& id) {
    std::vector<Dispatch> found;
    means_.database().read([&](soci::session& sql) {
        (void)owned_wave(sql, who, id, Action::read_waves);
        found = select_dispatches(sql, id);
    });
    std::erase_if(found, [&](const Dispatch& one) {
        return one.state != DispatchState::refused && !is_unknown(one, means_.seconds());
    });
    return found;
}

std::optional<Letter> Dispatching::claimed(const Principal& who, const Order& order, const FrameBody& body,
                                           const Dispatch& dispatch) {
    const WaveId& id = order.wave;
    const Letter letter = letter_to(body, order);
    bool is_mine = false;
    means_.database().write([&](soci::session& sql) {
        is_mine = false;
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        if (obstacle_to_answer(wave, means_.today()) || !is_still_due(sql, id, body.body)) return;
        if (!claim_dispatch(sql, id, dispatch)) return;
        insert_invitation(sql, id, letter, hash_of_token(letter), means_.now());
        is_mine = true;
    });
    return is_mine ? std::optional{letter} : std::nullopt;
}

void Dispatching::finish(const WaveId& id, Dispatch dispatch, const mail::Outcome& outcome) {
    dispatch.state = state_after(outcome);
    dispatch.reason =
        outcome.kind == mail::Outcome::Kind::unknown && outcome.reason.empty() ? "no answer" : outcome.reason;
    dispatch.at = means_.seconds();
    means_.database().write([&](soci::session& sql) { (void)settle_dispatch(sql, id, dispatch); });
}

Progress Dispatching::send(const Principal& who, const Order& order, int most) {
    check(order);
    if (!sending_.post) throw Conflict{worded("fault.wave.no-mail")};
    const auto& [id, stage, address] = order;
    Due todo;
    means_.database().read([&](soci::session& sql) { todo = due(sql, who, id, stage, Channel::mail); });
    Progress progress{.without_address = todo.without_address};
    const std::size_t now = std::min(todo.bodies.size(), static_cast<std::size_t>(most));
    for (std::size_t place = 0; place < now; ++place) {
        const FrameBody& body = todo.bodies[place];
        const Dispatch dispatch{.body = body.body,
                                .stage = stage,
                                .channel = Channel::mail,
                                .state = DispatchState::sending,
                                .attempt = random_name(attempt_bytes),
                                .at = means_.seconds()};
        // Noted first. If this process ends between here and the answer, nobody knows whether the letter left: that is
        // told to a person, since a second letter cannot be taken back (docs/decisions/0025).
        const std::optional<Letter> letter = claimed(who, order, body, dispatch);
        if (!letter) continue;
        mail::Message message = mail_of(todo.wave, todo.owner_name, *letter, sending_.from);
        message.at = means_.accounts.now();
        const mail::Outcome outcome = sending_.post(message);
        finish(id, dispatch, outcome);
        count(outcome, progress);
    }
    progress.left = static_cast<long>(todo.untried - std::min(todo.untried, now));
    means_.database().write([&](soci::session& sql) {
        means_.accounts.audit().append(sql, who,
                                       {.action = "send-letters",
                                        .organisation = todo.wave.owner.value,
                                        .object = id.value,
                                        .detail = fmt::format("stage {}: {} sent, {} refused, {} unclear", stage,
                                                              progress.sent, progress.refused, progress.unclear)});
    });
    return progress;
}

void Dispatching::add_again(soci::session& sql, const Order& order, std::vector<Letter>& letters) const {
    const Dispatches dispatches = dispatches_of(sql, order.wave);
    for (const BodyStatus& one : select_status(sql, order.wave, means_.sealing, means_.seconds())) {
        const auto of_body = dispatches.find(one.body.body);
        const bool had_file = of_body != dispatches.end() && of_body->second.contains(order.stage) &&
                              of_body->second.at(order.stage).channel == Channel::file;
        const auto is_new = [&](const Letter& letter) { return letter.body.body == one.body.body; };
        if (had_file && std::ranges::none_of(letters, is_new) && is_still_due(sql, order.wave, one.body.body))
            letters.push_back(letter_to(one.body, order));
    }
}

Letters Dispatching::proof(const Principal& who, const Order& order, Again again) const {
    Letters letters;
    means_.database().read([&](soci::session& sql) {
        const Due todo = due(sql, who, order.wave, order.stage, Channel::file);
        letters = {todo.wave, todo.owner_name, {}};
        for (const FrameBody& body : todo.bodies) letters.letters.push_back(letter_to(body, order));
        if (again == Again::yes) add_again(sql, order, letters.letters);
    });
    return letters;
}

Letters Dispatching::on_paper(const Principal& who, const Order& order, Again again,
                              const std::function<void(const Letters&)>& proofread) {
    check(order);
    if (proofread) proofread(proof(who, order, again));

    Letters made;
    means_.database().write([&](soci::session& sql) {
        const Due todo = due(sql, who, order.wave, order.stage, Channel::file);
        std::vector<Letter> letters;
        for (const FrameBody& body : todo.bodies) {
            const Dispatch dispatch{.body = body.body,
                                    .stage = order.stage,
                                    .channel = Channel::file,
                                    .state = DispatchState::sent,
                                    .attempt = random_name(attempt_bytes),
                                    .at = means_.seconds()};
            if (claim_dispatch(sql, order.wave, dispatch)) letters.push_back(letter_to(body, order));
        }
        if (again == Again::yes) add_again(sql, order, letters);
        for (const Letter& letter : letters)
            insert_invitation(sql, order.wave, letter, hash_of_token(letter), means_.now());
        made = {todo.wave, todo.owner_name, letters};
        means_.accounts.audit().append(sql, who,
                                       {.action = "export-letters",
                                        .organisation = todo.wave.owner.value,
                                        .object = order.wave.value,
                                        .detail = fmt::format("stage {}: {} letters", order.stage, letters.size())});
    });
    return made;
}

void Dispatching::settle(const Principal& who, const WaveId& id, const BodyKey& body, int stage, DispatchState state) {
    means_.database().write([&](soci::session& sql) {
        const Wave wave = owned_wave(sql, who, id, Action::manage_waves);
        Dispatches dispatches = dispatches_of(sql, id);
        Dispatch& dispatch = dispatches[body][stage];
        if (!is_unknown(dispatch, means_.seconds())) throw Conflict{worded("fault.wave.letter-known")};
        dispatch.state = state;
        dispatch.reason = state == DispatchState::refused ? "looked up: did not leave" : "";
        dispatch.at = means_.seconds();
        if (!settle_dispatch(sql, id, dispatch)) throw Conflict{worded("fault.wave.letter-known")};
        means_.accounts.audit().append(
            sql, who,
            {.action = "settle-letter",
             .organisation = wave.owner.value,
             .object = id.value,
             .detail = fmt::format("stage {}, {}: {}", stage, body.text(), to_string(state))});
    });
}

}  // namespace resmon::waves
