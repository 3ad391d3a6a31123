// The desk of accounts: organisations, people and their roles, and who shares what with whom. Every change and its
// audit line are saved in one transaction.
#pragma once

#include "accounts/audit_trail.hpp"
#include "accounts/organisation.hpp"
#include "accounts/permission.hpp"
#include "base/instant.hpp"
#include "storage/database.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace resmon::accounts {

/// Whether a key names a body, and of which kind; the register knows (catalogue/register.hpp).
using IsBody = std::function<bool(const std::string& key, OrganisationKind kind)>;

/// What somebody of another organisation did with the organisation's things.
struct Reader {
    AuditEntry entry;
    std::string person_name;
    std::string organisation_name;  ///< the first in which the person has a role; empty if none
};

class Accounts {
public:
    Accounts(storage::Database& database, AuditTrail& audit, IsBody is_body, Clock clock)
        : database_{database}, audit_{audit}, is_body_{std::move(is_body)}, clock_{std::move(clock)} {}

    /// Those that the person may see, ordered by name.
    [[nodiscard]] std::vector<Organisation> organisations(const Principal& who);
    /// Every organisation but this one: with whom something can be shared. Names alone are no secret among those who
    /// may decide about sharing.
    [[nodiscard]] std::vector<Organisation> partners(const Principal& who, const OrganisationId& organisation);
    /// Throws InputError for an id that is no slug or no key of a body of that kind, Conflict if the id is taken.
    void add_organisation(const Principal& who, const Organisation& organisation);
    /// Throws NotFound, InputError if `office` is no coordination office.
    void add_member(const Principal& who, const OrganisationId& office, const OrganisationId& member);
    void remove_member(const Principal& who, const OrganisationId& office, const OrganisationId& member);

    /// Those that the person may administer, ordered by name.
    [[nodiscard]] std::vector<Person> people(const Principal& who);
    /// Throws NotFound if there is none, or none that `who` may see.
    [[nodiscard]] Person person(const Principal& who, const PersonId& id);
    /// Throws Forbidden if `who` may not give that role there, NotFound if there is no such person or organisation.
    void give_role(const Principal& who, const PersonId& id, const Membership& membership);
    /// Throws Conflict for the last administrator of the installation.
    void take_role(const Principal& who, const PersonId& id, const Membership& membership);
    /// Closes the account and ends its sessions, tokens and links; what the person did stays.
    /// Throws Conflict for the last administrator of the installation.
    void disable(const Principal& who, const PersonId& id);
    void enable(const Principal& who, const PersonId& id);
    /// Everything that is kept about a person, for the person or whoever manages all of the account.
    [[nodiscard]] PersonalData personal_data(const Principal& who, const PersonId& id);
    /// Removes name, login, contact and the contents of the audit lines; tombstones stay, and the chain holds.
    /// `login` is what the person who erases typed: Conflict if it is another.
    void erase(const Principal& who, const PersonId& id, const std::string& login);

    /// After a restore of an older backup: what was erased since is erased again.
    static void erase_again(soci::session& sql, const PersonId& id, const std::string& at);

    [[nodiscard]] std::vector<Share> sharing(const Principal& who, const OrganisationId& organisation);
    void share(const Principal& who, const OrganisationId& organisation, Shareable what, const OrganisationId& with);
    void withdraw(const Principal& who, const OrganisationId& organisation, Shareable what, const OrganisationId& with);
    /// Newest first.
    [[nodiscard]] std::vector<Reader> readers(const Principal& who, const OrganisationId& organisation);

    /// For desks that change accounts too, in their transaction: the person, if `who` may manage all of the account.
    /// Throws NotFound or Forbidden.
    [[nodiscard]] Person whole_person(soci::session& sql, const Principal& who, const PersonId& id);

    /// Whoever it is: for showing people their own account.
    [[nodiscard]] std::optional<Person> find(const PersonId& id);
    /// Empty if there is no such organisation.
    [[nodiscard]] std::string name_of(const OrganisationId& id);
    /// Whether nobody has an account yet.
    [[nodiscard]] bool is_set_up_needed();

    [[nodiscard]] AuditTrail& audit() noexcept { return audit_; }
    [[nodiscard]] storage::Database& database() noexcept { return database_; }
    [[nodiscard]] Instant now() const { return clock_(); }

private:
    storage::Database& database_;
    AuditTrail& audit_;
    IsBody is_body_;
    Clock clock_;
};

}  // namespace resmon::accounts
