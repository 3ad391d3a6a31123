// What people do with their own account: password, second factor, sessions, tokens.
#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "credentials/qr_svg.hpp"
#include "credentials/recovery_code.hpp"
#include "credentials/secret_token.hpp"
#include "credentials/totp.hpp"
#include "secrets/digest.hpp"
#include "sign_on/sign_on.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon::sign_on {

namespace {

using accounts::Deed;
using accounts::Person;

constexpr std::string_view issuer = "Resilienzmonitor";

void require_own(const Principal& who, Action action) { accounts::require(who, action, {.person = who.person}); }

Person own(soci::session& sql, const Principal& who) {
    std::optional<Person> person = accounts::find_person(sql, who.person);
    if (!person) throw NotFound{worded("fault.sign-on.no-account")};
    return std::move(*person);
}

}  // namespace

void SignOn::check_choice(const Secret& password, const Person& person, const char* pointer, Language language) {
    std::vector<std::string> names;
    accounts_.database().read([&](soci::session& sql) {
        names = {person.login, person.name};
        for (const Membership& membership : person.memberships)
            if (const auto organisation = accounts::find_organisation(sql, membership.organisation))
                names.push_back(organisation->name);
    });
    if (const auto obstacle = find_obstacle(password, names))
        throw InputError{{Fault{{.path = pointer}, program_text(text_key(*obstacle), language)}}};
}

void SignOn::require_password(const Principal& who, const Secret& password, const Visitor& visitor) {
    Person person;
    Credential credential;
    accounts_.database().read([&](soci::session& sql) {
        person = own(sql, who);
        credential = select_credential(sql, who.person);
    });
    const std::string account = "account " + accounts::login_key(person.login);
    require_patience(account, visitor);
    if (is_right(credential.password, password)) return;
    note_failure(account, person.id, visitor);
    throw InputError{{Fault{{.path = "/password"}, program_text("sign-on.wrong-password", visitor.language)}}};
}

void SignOn::change_password(const Principal& who, const Secret& session, const Secret& current, const Secret& chosen,
                             const Visitor& visitor) {
    require_own(who, Action::change_own_account);
    require_password(who, current, visitor);
    Person person;
    accounts_.database().read([&](soci::session& sql) { person = own(sql, who); });
    check_choice(chosen, person, "/new", visitor.language);
    const std::string hash = hash_of(chosen);
    accounts_.database().write([&](soci::session& sql) {
        Credential credential = select_credential(sql, who.person);
        credential.password = hash;
        put_credential(sql, credential);
        delete_other_sessions(sql, who.person, stored_hash(session));
        accounts_.audit().append(sql, who, Deed{"password-changed", "", who.person.value});
    });
}

NewSecondFactor SignOn::begin_second_factor(const Principal& who, const Secret& password, const Visitor& visitor) {
    require_own(who, Action::change_own_account);
    require_password(who, password, visitor);
    const Secret key = new_totp_key();
    Person person;
    accounts_.database().write([&](soci::session& sql) {
        person = own(sql, who);
        Credential credential = select_credential(sql, who.person);
        if (!credential.second_factor_since.empty())
            throw Conflict{program_text("sign-on.remove-first", visitor.language)};
        credential.second_factor = sealing_.seal(key.revealed(), second_factor_place(who.person));
        put_credential(sql, credential);
    });
    const Secret uri = otpauth_uri(key, {.issuer = issuer, .account = person.login});
    return {.key_text = base32_of(key), .uri = uri, .picture = qr_svg(uri.revealed())};
}

std::vector<Secret> SignOn::confirm_second_factor(const Principal& who, const std::string& code) {
    require_own(who, Action::change_own_account);
    std::vector<Secret> codes;
    accounts_.database().write([&](soci::session& sql) {
        Credential credential = select_credential(sql, who.person);
        const auto key = sealing_.open(credential.second_factor, second_factor_place(who.person));
        const auto step =
            key ? accepted_step(Secret{std::string{*key}}, code, accounts_.now(), std::nullopt) : std::nullopt;
        if (!step) throw InputError{{Fault{{.path = "/code"}, worded("fault.sign-on.code")}}};
        credential.last_step = *step;
        credential.second_factor_since = utc_text(accounts_.now());
        put_credential(sql, credential);
        codes = new_codes(sql, who.person);
        accounts_.audit().append(sql, who, Deed{"second-factor-added", "", who.person.value});
    });
    return codes;
}

std::vector<Secret> SignOn::new_codes(soci::session& sql, const PersonId& person) {
    std::vector<Secret> codes = new_recovery_codes();
    std::vector<std::string> hashes;
    for (const Secret& code : codes) hashes.push_back(*recovery_code_hash(code.revealed()));
    put_recovery_codes(sql, person, hashes);
    return codes;
}

void SignOn::remove_second_factor(const Principal& who, const Secret& password, const Visitor& visitor) {
    require_own(who, Action::change_own_account);
    require_password(who, password, visitor);
    accounts_.database().write([&](soci::session& sql) {
        Person person = own(sql, who);
        person.has_second_factor = false;
        if (second_factor_of(person) == SecondFactor::required)
            throw Conflict{program_text("sign-on.role-demands-it", visitor.language)};
        forget_second_factor(sql, who.person);
        accounts_.audit().append(sql, who, Deed{"second-factor-removed", "", who.person.value});
    });
}

void SignOn::forget_second_factor(soci::session& sql, const PersonId& person) {
    Credential credential = select_credential(sql, person);
    credential.second_factor.clear();
    credential.second_factor_since.clear();
    credential.last_step = 0;
    put_credential(sql, credential);
    put_recovery_codes(sql, person, {});
}

std::vector<Secret> SignOn::renew_recovery_codes(const Principal& who, const Secret& password, const Visitor& visitor) {
    require_own(who, Action::change_own_account);
    require_password(who, password, visitor);
    std::vector<Secret> codes;
    accounts_.database().write([&](soci::session& sql) {
        if (!own(sql, who).has_second_factor)
            throw Conflict{program_text("sign-on.no-second-factor", visitor.language)};
        codes = new_codes(sql, who.person);
        accounts_.audit().append(sql, who, Deed{"recovery-codes-renewed", "", who.person.value});
    });
    return codes;
}

void SignOn::reset_second_factor(const Principal& who, const PersonId& id) {
    accounts_.database().write([&](soci::session& sql) {
        (void)accounts_.whole_person(sql, who, id);
        forget_second_factor(sql, id);
        accounts_.audit().append(sql, who, Deed{"second-factor-reset", "", id.value});
    });
}

std::vector<SessionRow> SignOn::sessions(const Principal& who) {
    require_own(who, Action::read_own_account);
    std::vector<SessionRow> found;
    accounts_.database().read([&](soci::session& sql) { found = select_sessions(sql, who.person); });
    return found;
}

void SignOn::end_session(const Principal& who, const std::string& id) {
    require_own(who, Action::change_own_account);
    accounts_.database().write([&](soci::session& sql) {
        if (!delete_session(sql, who.person, id)) throw NotFound{worded("fault.sign-on.no-session")};
        accounts_.audit().append(sql, who, Deed{"session-ended", "", who.person.value});
    });
}

std::vector<TokenRow> SignOn::tokens(const Principal& who) {
    require_own(who, Action::read_own_account);
    std::vector<TokenRow> found;
    accounts_.database().read([&](soci::session& sql) { found = select_tokens(sql, who.person); });
    return found;
}

SignOn::NewToken SignOn::add_token(const Principal& who, const std::string& name, const std::set<Action>& scope,
                                   int days) {
    require_own(who, Action::change_own_account);
    // A token that could make tokens would outlive its end and its scope.
    if (scope.contains(Action::change_own_account) || scope.contains(Action::use_session))
        throw InputError{{Fault{{.path = "/scope"}, worded("fault.sign-on.scope")}}};
    constexpr std::size_t id_bytes = 9;
    NewToken made{.id = random_name(id_bytes), .token = new_token(TokenKind::api)};
    std::string words;
    for (const Action action : scope) words += fmt::format("{}{}", words.empty() ? "" : " ", to_string(action));
    const std::int64_t life = std::chrono::seconds{std::chrono::days{days}}.count();
    accounts_.database().write([&](soci::session& sql) {
        (void)own(sql, who);
        insert_token(sql, {.hash = stored_hash(made.token),
                           .id = made.id,
                           .person = who.person,
                           .name = name,
                           .scope = words,
                           .created_at = now(),
                           .expires_at = now() + life});
        accounts_.audit().append(sql, who, Deed{"token-added", "", who.person.value, words});
    });
    return made;
}

void SignOn::remove_token(const Principal& who, const std::string& id) {
    require_own(who, Action::change_own_account);
    accounts_.database().write([&](soci::session& sql) {
        if (!delete_token(sql, who.person, id)) throw NotFound{worded("fault.sign-on.no-token")};
        accounts_.audit().append(sql, who, Deed{"token-removed", "", who.person.value});
    });
}

PersonId SignOn::add_person(const Principal& who, const Invitation& wish, const Secret& password, Language language) {
    accounts::require(who, Action::manage_people, {.organisation = wish.membership.organisation});
    const Person person{.id = {}, .login = wish.login, .name = wish.name, .memberships = {wish.membership}};
    check_choice(password, person, "/password", language);
    const std::string hash = hash_of(password);
    PersonId id;
    accounts_.database().write([&](soci::session& sql) {
        id = add_account(sql, person, wish.membership);
        put_credential(sql, {.person = id, .password = hash});
        accounts_.audit().append(sql, who, Deed{"account-added", wish.membership.organisation.value, id.value});
    });
    return id;
}

void SignOn::set_password(const Principal& who, const PersonId& id, const Secret& password, Language language) {
    check_choice(password, accounts_.person(who, id), "/password", language);
    const std::string hash = hash_of(password);
    accounts_.database().write([&](soci::session& sql) {
        (void)accounts_.whole_person(sql, who, id);
        Credential credential = select_credential(sql, id);
        credential.password = hash;
        put_credential(sql, credential);
        accounts::end_access(sql, id);
        accounts_.audit().append(sql, who, Deed{"password-set", "", id.value});
    });
}

}  // namespace resmon::sign_on
