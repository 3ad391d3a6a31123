// resmon user: accounts from the command line of the machine, without mail and without a browser.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/installation.hpp"
#include "cli/passphrase.hpp"
#include "cli/terminal.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace resmon::cli {

namespace {

using accounts::Person;

constexpr std::size_t generated_bytes = 15;  ///< 20 characters, 120 bits

/// Nobody types a password into a command line: other people of the machine could read it there.
/// From the file, else a new one that is printed once.
struct Choice {
    Secret password;
    bool is_generated = false;
};
Choice choice_of(const UserWish& wish) {
    if (!wish.password_file.empty()) return {first_line(wish.password_file), false};
    return {Secret{random_name(generated_bytes)}, true};
}

Person person_of(accounts::Accounts& accounts, const std::string& login) {
    const std::vector<Person> people = accounts.people(at_the_command_line());
    const auto found = std::ranges::find(people, folded(login), [](const Person& one) { return folded(one.login); });
    if (found == people.end()) throw NotFound{worded("fault.user.none", {{"login", login}})};
    return *found;
}

std::string roles_of(const Person& person) {
    std::vector<std::string> roles;
    for (const Membership& membership : person.memberships)
        roles.push_back(membership.organisation.value.empty()
                            ? std::string{to_string(membership.role)}
                            : fmt::format("{}@{}", to_string(membership.role), membership.organisation.value));
    return fmt::format("{}", fmt::join(roles, ", "));
}

void tell(const Options& options, const std::string& key, const std::string& login, const Choice* choice = nullptr) {
    std::string text = program_text(key, options.language, {{"login", login}}) + "\n";
    if (choice != nullptr && choice->is_generated)
        text +=
            program_text("user.password-once", options.language, {{"password", choice->password.revealed()}}) + "\n";
    write_output(options, text);
}

}  // namespace

int add_user(const Options& options, const UserWish& wish) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Installation installation{options, catalogue.bodies};
    const Choice choice = choice_of(wish);
    (void)installation.sign_on.add_person(at_the_command_line(),
                                          {.login = wish.login,
                                           .name = wish.name.empty() ? wish.login : wish.name,
                                           .membership = {{wish.organisation}, role_from(wish.role)}},
                                          choice.password, options.language);
    tell(options, "user.added", wish.login, &choice);
    return exit_done;
}

int list_users(const Options& options) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Installation installation{options, catalogue.bodies};
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    std::vector<std::vector<std::string>> rows;
    for (const Person& person : installation.accounts.people(at_the_command_line()))
        rows.push_back({person.login, person.name, roles_of(person),
                        text(person.has_second_factor ? "user.yes" : "user.no"), person.last_sign_in,
                        text(person.disabled_at.empty() ? "user.open" : "user.disabled-state")});
    if (rows.empty()) {
        write_output(options, text("user.none") + "\n");
        return exit_done;
    }
    write_output(options, text_table({{text("user.login")},
                                      {text("user.name")},
                                      {text("user.roles")},
                                      {text("user.second-factor")},
                                      {text("user.last-sign-in")},
                                      {text("user.state")}},
                                     rows));
    return exit_done;
}

int disable_user(const Options& options, const UserWish& wish) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Installation installation{options, catalogue.bodies};
    installation.accounts.disable(at_the_command_line(), person_of(installation.accounts, wish.login).id);
    tell(options, "user.disabled", wish.login);
    return exit_done;
}

int set_user_password(const Options& options, const UserWish& wish) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Installation installation{options, catalogue.bodies};
    const Choice choice = choice_of(wish);
    installation.sign_on.set_password(at_the_command_line(), person_of(installation.accounts, wish.login).id,
                                      choice.password, options.language);
    tell(options, "user.password-set", wish.login, &choice);
    return exit_done;
}

int reset_user_second_factor(const Options& options, const UserWish& wish) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Installation installation{options, catalogue.bodies};
    installation.sign_on.reset_second_factor(at_the_command_line(), person_of(installation.accounts, wish.login).id);
    tell(options, "user.second-factor-reset", wish.login);
    return exit_done;
}

int add_organisation(const Options& options, const OrganisationWish& wish) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    Installation installation{options, catalogue.bodies};
    const accounts::OrganisationKind kind = accounts::organisation_kind_from(wish.kind);
    accounts::Organisation organisation{.id = {wish.id}, .kind = kind, .name = wish.name};
    if (organisation.is_body()) {
        const catalogue::Body& body = catalogue.bodies.body(wish.id);
        organisation.id = {body.key.text()};
        if (organisation.name.empty()) organisation.name = body.name;
    }
    for (const std::string& member : wish.members) organisation.members.push_back({member});
    installation.accounts.add_organisation(at_the_command_line(), organisation);
    write_output(options, program_text("organisation.added", options.language,
                                       {{"name", organisation.name}, {"id", organisation.id.value}}) +
                              "\n");
    return exit_done;
}

}  // namespace resmon::cli
