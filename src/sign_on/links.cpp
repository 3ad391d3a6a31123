// Links that let people in: set-up, invitation, reset of a password. Each works once.
#include "accounts/shared_transaction.hpp"
#include "base/error.hpp"
#include "credentials/secret_token.hpp"
#include "secrets/digest.hpp"
#include "sign_on/sign_on.hpp"

#include <algorithm>

namespace resmon::sign_on {

namespace {

using accounts::Deed;
using accounts::Person;

constexpr const char* set_up = "set-up";
constexpr const char* invitation_purpose = "invitation";
constexpr const char* reset = "password-reset";
constexpr std::chrono::seconds life_of_set_up = std::chrono::hours{24};
constexpr std::chrono::seconds life_of_reset = std::chrono::hours{24};
constexpr std::chrono::seconds day = std::chrono::hours{24};

[[noreturn]] void no_such_link() { throw NotFound{worded("fault.sign-on.link-gone")}; }

void require_text(const std::string& text, const char* pointer, std::vector<Fault>& faults) {
    const bool is_blank = std::ranges::all_of(text, [](char letter) { return letter == ' ' || letter == '\t'; });
    if (is_blank) faults.push_back({{.path = pointer}, worded("fault.missing")});
}

}  // namespace

GivenLink SignOn::new_link(soci::session& sql, LinkRow row, std::chrono::seconds life) {
    constexpr std::size_t id_bytes = 9;
    GivenLink given{.secret = new_token(TokenKind::link), .expires_at = now() + life.count()};
    row.hash = stored_hash(given.secret);
    row.id = random_name(id_bytes);
    row.expires_at = given.expires_at;
    insert_link(sql, row);
    return given;
}

GivenLink SignOn::set_up_link() {
    GivenLink given;
    accounts_.database().write([&](soci::session& sql) {
        delete_links(sql, set_up, {});
        given =
            new_link(sql, {.purpose = set_up, .membership = {{}, Role::installation_administrator}}, life_of_set_up);
    });
    return given;
}

GivenLink SignOn::invite(const Principal& who, const Invitation& invitation) {
    const Membership& membership = invitation.membership;
    accounts::require(who, Action::manage_people, {.organisation = membership.organisation});
    GivenLink given;
    accounts_.database().write([&](soci::session& sql) {
        if (!membership.organisation.value.empty() && !accounts::find_organisation(sql, membership.organisation))
            throw NotFound{worded("fault.no-organisation", {{"id", membership.organisation.value}})};
        given = new_link(sql,
                         {.purpose = invitation_purpose,
                          .login = invitation.login,
                          .name = invitation.name,
                          .membership = membership},
                         day * invitation.days);
        accounts_.audit().append(
            sql, who,
            Deed{"invited", membership.organisation.value, invitation.name, std::string{to_string(membership.role)}});
    });
    return given;
}

GivenLink SignOn::reset_password(const Principal& who, const PersonId& id) {
    GivenLink given;
    accounts_.database().write([&](soci::session& sql) {
        const Person person = accounts_.whole_person(sql, who, id);
        Credential credential = select_credential(sql, id);
        credential.password.clear();
        put_credential(sql, credential);
        accounts::end_access(sql, id);
        given =
            new_link(sql, {.purpose = reset, .person = id, .login = person.login, .name = person.name}, life_of_reset);
        accounts_.audit().append(sql, who, Deed{"password-reset", "", id.value});
    });
    return given;
}

LinkRow SignOn::link(const Secret& secret, const Visitor& visitor) {
    std::optional<LinkRow> row;
    accounts_.database().read([&](soci::session& sql) { row = find_link(sql, stored_hash(secret)); });
    if (!row || row->expires_at <= now()) {
        slow_down(visitor);
        no_such_link();
    }
    return *row;
}

Secret SignOn::use_link(const Secret& secret, const LinkUse& use, const Visitor& visitor) {
    const LinkRow row = link(secret, visitor);
    const Person wished{.id = row.person,
                        .login = row.login.empty() ? use.login : row.login,
                        .name = row.name.empty() ? use.name : row.name};
    std::vector<Fault> faults;
    require_text(wished.login, "/login", faults);
    require_text(wished.name, "/name", faults);
    if (!faults.empty()) throw InputError{std::move(faults)};
    check_choice(use.password, wished, "/password", visitor.language);
    const std::string hash = hash_of(use.password);

    Secret session;
    accounts_.database().write([&](soci::session& sql) {
        if (!delete_link(sql, row.hash)) no_such_link();
        // A set-up link is for the first person, and for nobody after.
        if (row.purpose == set_up && accounts::count_people(sql) > 0) no_such_link();
        PersonId id = row.person;
        if (row.purpose != reset) {
            id = add_account(sql, wished, row.membership);
            const Principal who{.kind = Principal::Kind::person, .person = id, .address = visitor.address};
            accounts_.audit().append(sql, who,
                                     Deed{"account-begun", row.membership.organisation.value, id.value, row.purpose});
        }
        Credential credential = select_credential(sql, id);
        credential.password = hash;
        put_credential(sql, credential);
        session = new_session(sql, id, visitor);
    });
    return session;
}

PersonId SignOn::add_account(soci::session& sql, Person person, const Membership& membership) {
    constexpr std::size_t id_bytes = 9;
    person.id = {random_name(id_bytes)};
    if (!accounts::insert_person(sql, person, utc_text(accounts_.now())))
        throw InputError{{Fault{{.path = "/login"}, worded("fault.sign-on.taken")}}};
    accounts::insert_membership(sql, person.id, membership);
    return person.id;
}

std::vector<LinkRow> SignOn::invitations(const Principal& who) {
    std::vector<LinkRow> found;
    accounts_.database().read([&](soci::session& sql) { found = select_links(sql, invitation_purpose); });
    std::erase_if(found, [&](const LinkRow& row) {
        return row.expires_at <= now() ||
               !accounts::may(who, Action::read_people, {.organisation = row.membership.organisation});
    });
    return found;
}

void SignOn::withdraw_invitation(const Principal& who, const std::string& id) {
    const std::vector<LinkRow> visible = invitations(who);
    const auto found = std::ranges::find(visible, id, &LinkRow::id);
    if (found == visible.end()) throw NotFound{worded("fault.sign-on.no-invitation")};
    accounts::require(who, Action::manage_people, {.organisation = found->membership.organisation});
    accounts_.database().write([&](soci::session& sql) {
        if (!delete_link(sql, found->hash)) throw NotFound{worded("fault.sign-on.no-invitation")};
        accounts_.audit().append(sql, who,
                                 Deed{"invitation-withdrawn", found->membership.organisation.value, found->name});
    });
}

}  // namespace resmon::sign_on
