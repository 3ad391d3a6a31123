// A town hall with accounts, on an empty database of either engine, with a clock that the test sets.
#pragma once

#include "base/error.hpp"
#include "sign_on/sign_on.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>

namespace resmon::sign_on {

class TownHall : public testing::TestWithParam<storage::Engine> {
protected:
    static constexpr const char* right = "vier zufällige Wörter hier";
    const Visitor visitor{.address = "192.0.2.7", .agent = "test"};
    const Principal operator_{.kind = Principal::Kind::local};
    const OrganisationId town{"999900000001"};

    TownHall() {
        accounts_.add_organisation(operator_, {.id = town, .name = "Musterstadt"});
        editor_ = add("vera", {town, Role::editor, {}});
    }

    PersonId add(const std::string& login, const Membership& membership) {
        return sign_on_.add_person(operator_, {.login = login, .name = "Name " + login, .membership = membership},
                                   secret(right), Language::german);
    }
    static Secret secret(std::string text) { return Secret{std::move(text)}; }

    Secret signed_in(const std::string& login = "vera", const std::string& code = "") {
        return sign_on_.sign_in(login, secret(right), code, visitor);
    }
    /// Why it was refused; nothing if it was not.
    std::optional<Forbidden::Why> refusal_of(const std::string& login, const std::string& password,
                                             const std::string& code = "") {
        try {
            (void)sign_on_.sign_in(login, secret(password), code, visitor);
        } catch (const Forbidden& refusal) {
            return refusal.why;
        }
        return std::nullopt;
    }
    Principal who(const Secret& session) {
        const auto known = sign_on_.find_session(session, visitor);
        return known ? known->who : Principal{};
    }
    void wait(std::chrono::seconds time) { now_ += time; }

    Instant now_ = instant_from("2026-11-24T12:00:00Z");
    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "rathaus", [this] { return now_; }};
    accounts::Accounts accounts_{database_, audit_, [](const std::string&, accounts::OrganisationKind) { return true; },
                                 [this] { return now_; }};
    storage::Sealing sealing_{{storage::new_sealing_key()}};
    SignOn sign_on_{accounts_, sealing_, limits()};
    PersonId editor_;

private:
    static Limits limits() {
        Limits limits;
        limits.cost = {.passes = 1, .memory = std::size_t{8} << 10};
        limits.second_factor_for = {Role::installation_administrator};
        return limits;
    }
};

}  // namespace resmon::sign_on
