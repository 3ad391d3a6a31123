#include "sign_on/sign_on.hpp"

#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "credentials/recovery_code.hpp"
#include "credentials/secret_token.hpp"
#include "credentials/throttle.hpp"
#include "credentials/totp.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::sign_on {

namespace {

using accounts::Deed;
using accounts::Person;

constexpr std::chrono::seconds seen_is_kept_every{60};

std::string account_subject(const std::string& login) { return "account " + accounts::login_key(login); }
std::string address_subject(const std::string& address) { return "address " + counted_address(address); }

std::vector<FailureTime> times_of(const std::vector<std::int64_t>& seconds) {
    std::vector<FailureTime> times;
    for (const std::int64_t one : seconds) times.push_back(instant_of(one));
    return times;
}

Principal visiting(const PersonId& person, const Visitor& visitor) {
    return {.kind = Principal::Kind::person, .person = person, .address = visitor.address};
}

void require_no_wait(std::chrono::seconds wait) {
    if (wait.count() > 0)
        throw Forbidden{"too many tries", Forbidden::Why::too_many_tries, static_cast<int>(wait.count())};
}

[[noreturn]] void fail() { throw Forbidden{"sign-in failed", Forbidden::Why::sign_in_failed}; }

std::set<Action> scope_from(const std::string& words) {
    std::set<Action> scope;
    for (std::size_t begin = 0; begin < words.size();) {
        const std::size_t end = std::min(words.find(' ', begin), words.size());
        scope.insert(action_from(words.substr(begin, end - begin)));
        begin = end + 1;
    }
    return scope;
}

}  // namespace

bool SignOn::is_right(const std::optional<std::string>& hash, const Secret& password) {
    hashing_.acquire();
    const std::unique_ptr<std::counting_semaphore<>, void (*)(std::counting_semaphore<>*)> turn{
        &hashing_, [](std::counting_semaphore<>* semaphore) { semaphore->release(); }};
    return is_password(hash, password, limits_.cost);
}

std::string SignOn::hash_of(const Secret& password) {
    hashing_.acquire();
    const std::unique_ptr<std::counting_semaphore<>, void (*)(std::counting_semaphore<>*)> turn{
        &hashing_, [](std::counting_semaphore<>* semaphore) { semaphore->release(); }};
    return password_hash(password, limits_.cost);
}

void SignOn::require_patience(const Visitor& visitor) {
    std::vector<std::int64_t> failures;
    accounts_.database().read([&](soci::session& sql) {
        failures = select_failures(sql, address_subject(visitor.address), now() - failures_count_for.count());
    });
    require_no_wait(address_wait(times_of(failures), accounts_.now()));
}

void SignOn::slow_down(const Visitor& visitor) {
    require_patience(visitor);
    accounts_.database().write([&](soci::session& sql) {
        delete_failures_before(sql, now() - failures_count_for.count());
        insert_failure(sql, address_subject(visitor.address), now());
        accounts_.audit().append(sql, visiting({}, visitor), Deed{"link-refused"});
    });
}

void SignOn::require_patience(const std::string& account, const Visitor& visitor) {
    const std::int64_t since = now() - failures_count_for.count();
    std::vector<std::int64_t> of_account;
    std::vector<std::int64_t> of_address;
    accounts_.database().read([&](soci::session& sql) {
        of_account = select_failures(sql, account, since);
        of_address = select_failures(sql, address_subject(visitor.address), since);
    });
    const Instant at = accounts_.now();
    require_no_wait(std::max(account_wait(times_of(of_account), at), address_wait(times_of(of_address), at)));
}

void SignOn::note_failure(const std::string& account, const PersonId& person, const Visitor& visitor) {
    accounts_.database().write([&](soci::session& sql) {
        insert_failure(sql, account, now());
        insert_failure(sql, address_subject(visitor.address), now());
        // What was typed as login may be a password in the wrong field: only known people are named.
        accounts_.audit().append(sql, visiting({}, visitor), Deed{"sign-in-failed", "", person.value});
    });
}

Secret SignOn::sign_in(const std::string& login, const Secret& password, const std::string& code,
                       const Visitor& visitor) {
    const std::string account = account_subject(login);
    require_patience(account, visitor);
    std::optional<Person> person;
    Credential credential;
    accounts_.database().read([&](soci::session& sql) {
        person = accounts::find_login(sql, login);
        if (person) credential = select_credential(sql, person->id);
    });
    const bool may_enter = person && person->disabled_at.empty();
    const bool has_password = may_enter && !credential.password.empty();
    if (!is_right(has_password ? std::optional{credential.password} : std::nullopt, password)) {
        note_failure(account, person ? person->id : PersonId{}, visitor);
        fail();
    }
    if (person->has_second_factor && code.empty())
        throw Forbidden{"second factor needed", Forbidden::Why::second_factor_needed};

    Secret session;
    bool is_wrong_code = false;
    const std::string fresh_hash = needs_rehash(credential.password, limits_.cost) ? hash_of(password) : std::string{};
    accounts_.database().write([&](soci::session& sql) {
        // Read again: of two who use the same code at the same moment, one comes too late.
        Credential current = select_credential(sql, person->id);
        is_wrong_code = current.password != credential.password ||
                        (!current.second_factor_since.empty() && !is_code(sql, current, code));
        if (is_wrong_code) return;
        if (!fresh_hash.empty()) current.password = fresh_hash;
        put_credential(sql, current);
        delete_failures(sql, account);
        session = new_session(sql, person->id, visitor);
    });
    if (is_wrong_code) {
        note_failure(account, person->id, visitor);
        fail();
    }
    return session;
}

bool SignOn::is_code(soci::session& sql, Credential& credential, const std::string& code) {
    const auto key = sealing_.open(credential.second_factor, second_factor_place(credential.person));
    if (key) {
        const auto step = accepted_step(Secret{std::string{*key}}, code, accounts_.now(), credential.last_step);
        if (step) {
            credential.last_step = *step;
            return true;
        }
    }
    const std::vector<std::string> hashes = select_recovery_codes(sql, credential.person);
    const std::optional<std::size_t> used = find_recovery_code(code, hashes);
    if (used) delete_recovery_code(sql, credential.person, hashes[*used]);
    return used.has_value();
}

Secret SignOn::new_session(soci::session& sql, const PersonId& person, const Visitor& visitor) {
    constexpr std::size_t id_bytes = 9;
    constexpr std::size_t most_agent = 200;
    Secret session = new_token(TokenKind::session);
    delete_sessions_before(sql, now() - limits_.longest.count(), now() - limits_.idle.count());
    delete_failures_before(sql, now() - failures_count_for.count());
    insert_session(sql, {.hash = stored_hash(session),
                         .id = random_name(id_bytes),
                         .person = person,
                         .began_at = now(),
                         .seen_at = now(),
                         .address = visitor.address,
                         .agent = visitor.agent.substr(0, most_agent)});
    accounts::set_last_sign_in(sql, person, utc_text(accounts_.now()));
    accounts_.audit().append(sql, visiting(person, visitor), Deed{"sign-in", "", person.value});
    return session;
}

void SignOn::sign_out(const Secret& session, const Visitor& visitor) {
    accounts_.database().write([&](soci::session& sql) {
        const std::optional<SessionRow> row = sign_on::find_session(sql, stored_hash(session));
        if (!row) return;
        delete_session(sql, row->hash);
        accounts_.audit().append(sql, visiting(row->person, visitor), Deed{"sign-out", "", row->person.value});
    });
}

SecondFactor SignOn::second_factor_of(const Person& person) const {
    if (person.has_second_factor) return SecondFactor::active;
    const bool is_demanded = std::ranges::any_of(
        person.memberships, [&](const Membership& one) { return limits_.second_factor_for.contains(one.role); });
    return is_demanded ? SecondFactor::required : SecondFactor::none;
}

std::optional<Known> SignOn::find_session(const Secret& session, const Visitor& visitor, Look look) {
    const std::string hash = stored_hash(session);
    std::optional<SessionRow> row;
    std::optional<Person> person;
    accounts_.database().read([&](soci::session& sql) {
        row = sign_on::find_session(sql, hash);
        if (row) person = accounts::find_person(sql, row->person);
    });
    if (!row || !person || !person->disabled_at.empty()) return std::nullopt;
    const std::int64_t at = now();
    const std::int64_t idle_left = row->seen_at + limits_.idle.count() - at;
    const std::int64_t longest_left = row->began_at + limits_.longest.count() - at;
    if (idle_left <= 0 || longest_left <= 0) {
        accounts_.database().write([&](soci::session& sql) { delete_session(sql, hash); });
        return std::nullopt;
    }
    if (look == Look::use && at - row->seen_at >= seen_is_kept_every.count())
        accounts_.database().write([&](soci::session& sql) { set_seen(sql, hash, at); });
    Known known{.who = visiting(person->id, visitor),
                .second_factor = second_factor_of(*person),
                .idle_left = look == Look::use ? limits_.idle : std::chrono::seconds{idle_left},
                .longest_left = std::chrono::seconds{longest_left},
                .session_id = row->id};
    if (known.second_factor != SecondFactor::required) known.who.memberships = person->memberships;
    return known;
}

Principal SignOn::token_holder(const Secret& token, const Visitor& visitor) {
    const std::string hash = stored_hash(token);
    std::optional<TokenRow> row;
    std::optional<Person> person;
    accounts_.database().read([&](soci::session& sql) {
        row = find_token(sql, hash);
        if (row) person = accounts::find_person(sql, row->person);
    });
    const std::int64_t at = now();
    if (!row || row->expires_at <= at || !person || !person->disabled_at.empty()) return {.address = visitor.address};
    if (at - row->used_at >= seen_is_kept_every.count())
        accounts_.database().write([&](soci::session& sql) { set_used(sql, hash, at); });
    Principal who{.kind = Principal::Kind::token,
                  .person = person->id,
                  .scope = scope_from(row->scope),
                  .address = visitor.address};
    if (second_factor_of(*person) != SecondFactor::required) who.memberships = person->memberships;
    return who;
}

}  // namespace resmon::sign_on
