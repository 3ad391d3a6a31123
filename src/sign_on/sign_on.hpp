// The desk of signing in: passwords, second factors, sessions, links and tokens. Every change and its audit line are
// saved in one transaction.
#pragma once

#include "accounts/accounts.hpp"
#include "base/text.hpp"
#include "credentials/password.hpp"
#include "secrets/secret.hpp"
#include "sign_on/sign_on_store.hpp"
#include "storage/sealing.hpp"

#include <chrono>
#include <optional>
#include <semaphore>
#include <set>
#include <string>
#include <vector>

namespace resmon::sign_on {

/// Settings of the installation (docs/operator-guide.md).
struct Limits {
    std::chrono::seconds idle = std::chrono::minutes{30};
    std::chrono::seconds longest = std::chrono::hours{12};
    std::set<Role> second_factor_for;  ///< roles that hold only with a second factor
    int device_days = 14;  ///< how long a browser keeps, encrypted, what it could not send; 0 = it keeps nothing
    PasswordCost cost;
};

/// From where a request comes, and in which language it is answered.
struct Visitor {
    std::string address;
    std::string agent = {};
    Language language = Language::german;
};

enum class SecondFactor {
    none,
    active,
    required,  ///< a role demands it and it is not set up yet: until then no role holds
};

/// Whether a look at a session begins its idle time anew: a page that asks how long it lasts must not make it last.
enum class Look { use, glance };

/// A session and who it is.
struct Known {
    Principal who;
    SecondFactor second_factor = SecondFactor::none;
    std::chrono::seconds idle_left{0};
    std::chrono::seconds longest_left{0};
    std::string session_id = {};
};

struct GivenLink {
    Secret secret;
    std::int64_t expires_at = 0;  ///< seconds since 1970
};

struct Invitation {
    std::string login;  ///< may be empty: the person chooses
    std::string name;
    Membership membership;
    int days = 7;
};

/// What a person who follows a link enters.
struct LinkUse {
    std::string login;
    std::string name;
    Secret password;
};

struct NewSecondFactor {
    Secret key_text;  ///< base32
    Secret uri;
    std::string picture;  ///< SVG
};

/// To which row and column the sealed key of a second factor belongs.
[[nodiscard]] inline std::string second_factor_place(const PersonId& person) {
    return storage::sealed_place("credential", "second_factor", {person.value});
}

class SignOn {
public:
    SignOn(accounts::Accounts& accounts, const storage::Sealing& sealing, Limits limits)
        : accounts_{accounts}, sealing_{sealing}, limits_{std::move(limits)} {}

    /// The session of a new sign-in. Throws Forbidden: too_many_tries, sign_in_failed (the same in word and time for an
    /// unknown login, a wrong password and a closed account), second_factor_needed after a right password only.
    [[nodiscard]] Secret sign_in(const std::string& login, const Secret& password, const std::string& code,
                                 const Visitor& visitor);
    void sign_out(const Secret& session, const Visitor& visitor);
    /// Who has the session; nobody if it is none, has ended, or its account is closed.
    [[nodiscard]] std::optional<Known> find_session(const Secret& session, const Visitor& visitor,
                                                    Look look = Look::use);
    /// The script of a person; nobody as above.
    [[nodiscard]] Principal token_holder(const Secret& token, const Visitor& visitor);

    /// The link by which the first administrator sets up the installation; an earlier one no longer works.
    [[nodiscard]] GivenLink set_up_link();
    [[nodiscard]] GivenLink invite(const Principal& who, const Invitation& invitation);
    /// The former password, sessions and tokens of the person end at once.
    [[nodiscard]] GivenLink reset_password(const Principal& who, const PersonId& person);
    /// Throws NotFound if it was used, has expired or never was.
    [[nodiscard]] LinkRow link(const Secret& secret, const Visitor& visitor);
    /// Sets the password the link is for, and signs in. Throws InputError for what cannot be chosen.
    [[nodiscard]] Secret use_link(const Secret& secret, const LinkUse& use, const Visitor& visitor);
    [[nodiscard]] std::vector<LinkRow> invitations(const Principal& who);
    void withdraw_invitation(const Principal& who, const std::string& id);

    /// Ends the person's other sessions.
    void change_password(const Principal& who, const Secret& session, const Secret& current, const Secret& chosen,
                         const Visitor& visitor);
    [[nodiscard]] NewSecondFactor begin_second_factor(const Principal& who, const Secret& password,
                                                      const Visitor& visitor);
    /// Recovery codes, shown once.
    [[nodiscard]] std::vector<Secret> confirm_second_factor(const Principal& who, const std::string& code);
    /// Throws Conflict where a role demands it.
    void remove_second_factor(const Principal& who, const Secret& password, const Visitor& visitor);
    [[nodiscard]] std::vector<Secret> renew_recovery_codes(const Principal& who, const Secret& password,
                                                           const Visitor& visitor);
    /// Of another person who lost it.
    void reset_second_factor(const Principal& who, const PersonId& person);

    [[nodiscard]] std::vector<SessionRow> sessions(const Principal& who);
    void end_session(const Principal& who, const std::string& id);

    [[nodiscard]] std::vector<TokenRow> tokens(const Principal& who);
    struct NewToken {
        std::string id;
        Secret token;
    };
    [[nodiscard]] NewToken add_token(const Principal& who, const std::string& name, const std::set<Action>& scope,
                                     int days);
    void remove_token(const Principal& who, const std::string& id);

    /// For the command line of the operator: an account with a password, a new password, no second factor.
    PersonId add_person(const Principal& who, const Invitation& wish, const Secret& password, Language language);
    void set_password(const Principal& who, const PersonId& person, const Secret& password, Language language);

    /// For other secrets that are shown to us, after they were found to be wrong: it counts against the address as a
    /// wrong password does. The right one needs no patience: nobody guesses it, and nobody's guesses may hold it up.
    /// Throws Forbidden (too_many_tries) while the address has to wait; then nothing is noted.
    void slow_down(const Visitor& visitor);

    [[nodiscard]] accounts::Accounts& accounts() noexcept { return accounts_; }
    [[nodiscard]] const Limits& limits() const noexcept { return limits_; }

private:
    [[nodiscard]] std::int64_t now() const { return seconds_of(accounts_.now()); }
    [[nodiscard]] bool is_right(const std::optional<std::string>& hash, const Secret& password);
    [[nodiscard]] std::string hash_of(const Secret& password);
    void require_patience(const Visitor& visitor);
    void require_patience(const std::string& account, const Visitor& visitor);
    void note_failure(const std::string& account, const PersonId& person, const Visitor& visitor);
    void require_password(const Principal& who, const Secret& password, const Visitor& visitor);
    void check_choice(const Secret& password, const accounts::Person& person, const char* pointer, Language language);
    [[nodiscard]] bool is_code(soci::session& sql, Credential& credential, const std::string& code);
    [[nodiscard]] Secret new_session(soci::session& sql, const PersonId& person, const Visitor& visitor);
    [[nodiscard]] GivenLink new_link(soci::session& sql, LinkRow row, std::chrono::seconds life);
    /// Throws InputError if the login is taken.
    [[nodiscard]] PersonId add_account(soci::session& sql, accounts::Person person, const Membership& membership);
    void forget_second_factor(soci::session& sql, const PersonId& person);
    [[nodiscard]] std::vector<Secret> new_codes(soci::session& sql, const PersonId& person);
    [[nodiscard]] SecondFactor second_factor_of(const accounts::Person& person) const;

    accounts::Accounts& accounts_;
    const storage::Sealing& sealing_;
    Limits limits_;
    std::counting_semaphore<> hashing_{2};  ///< each takes 64 MiB and a core: more at once would let strangers stop us
};

}  // namespace resmon::sign_on
