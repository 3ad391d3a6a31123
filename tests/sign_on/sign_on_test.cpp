// Signing in on both engines: who comes in, who does not, and what a stranger can learn from the answer.
#include "base/error.hpp"
#include "credentials/totp.hpp"
#include "sign_on/town_hall.hpp"

#include <gmock/gmock.h>

#include <array>

namespace resmon::sign_on {
namespace {

using Why = Forbidden::Why;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

class SignInOn : public TownHall {
protected:
    /// The key of the second factor that the person set up.
    Secret with_second_factor(const Principal& person) {
        const NewSecondFactor made = sign_on_.begin_second_factor(person, secret(right), visitor);
        key_ = key_from(made.key_text);
        codes_ = sign_on_.confirm_second_factor(person, code());
        return key_;
    }
    std::string code() {
        const auto step = std::chrono::duration_cast<seconds>(now_.time_since_epoch()).count() / 30;
        return std::string{totp_code(key_, step).revealed()};
    }

    Secret key_;
    std::vector<Secret> codes_;

private:
    /// RFC 4648 §6, decoded here by hand: what an authenticator app does with the text.
    static Secret key_from(const Secret& base32) {
        std::string bytes;
        unsigned buffer = 0;
        int bits = 0;
        for (const char letter : base32.revealed()) {
            const unsigned value = static_cast<unsigned>(letter >= 'A' ? letter - 'A' : letter - '2' + 26);
            buffer = (buffer << 5U) | value;
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes += static_cast<char>((buffer >> static_cast<unsigned>(bits)) & 0xFFU);
            }
        }
        return Secret{std::move(bytes)};
    }
};

TEST_P(SignInOn, LetsInWithTheRightPasswordWhateverTheCaseOfTheLogin) {
    const Principal vera = who(sign_on_.sign_in("VERA", secret(right), "", visitor));
    EXPECT_EQ(vera.person, editor_);
    ASSERT_EQ(vera.memberships.size(), 1U);
    EXPECT_EQ(vera.memberships[0].role, Role::editor);
}

TEST_P(SignInOn, SaysTheSameOfAWrongPasswordAnUnknownLoginAndAClosedAccount) {
    const PersonId closed = add("carl", {town, Role::viewer, {}});
    accounts_.disable(operator_, closed);
    EXPECT_EQ(refusal_of("vera", "falsch"), Why::sign_in_failed);
    EXPECT_EQ(refusal_of("niemand", right), Why::sign_in_failed);
    EXPECT_EQ(refusal_of("carl", right), Why::sign_in_failed);
    EXPECT_EQ(refusal_of("", ""), Why::sign_in_failed);
}

TEST_P(SignInOn, SlowsDownGuessesForKnownAndUnknownLoginsAlike) {
    for (const char* login : {"vera", "niemand"}) {
        int tries = 0;
        while (refusal_of(login, "falsch") == Why::sign_in_failed && tries < 20) ++tries;
        EXPECT_EQ(tries, 4) << login << ": three are free, the fourth begins the waiting";
        EXPECT_EQ(refusal_of(login, right), Why::too_many_tries) << "also the right one has to wait";
    }
    wait(seconds{5});
    EXPECT_EQ(refusal_of("vera", right), std::nullopt);
}

TEST_P(SignInOn, ASessionEndsWhenIdleAndAtItsLongest) {
    const Secret idle = signed_in();
    wait(minutes{29});
    EXPECT_EQ(who(idle).kind, Principal::Kind::person);
    wait(minutes{29});
    EXPECT_EQ(who(idle).kind, Principal::Kind::person) << "use begins the idle time anew";
    wait(minutes{30});
    EXPECT_EQ(who(idle).kind, Principal::Kind::nobody);

    const Secret used = signed_in();
    for (int step = 0; step < 35; ++step) {
        wait(minutes{20});
        EXPECT_EQ(who(used).kind, Principal::Kind::person);
    }
    wait(minutes{20});
    EXPECT_EQ(who(used).kind, Principal::Kind::nobody) << "twelve hours";
}

TEST_P(SignInOn, AskingHowLongASessionLastsDoesNotMakeItLast) {
    const Secret session = signed_in();
    wait(minutes{20});
    EXPECT_EQ(sign_on_.find_session(session, visitor, Look::glance)->idle_left, minutes{10});
    wait(minutes{10});
    EXPECT_FALSE(sign_on_.find_session(session, visitor, Look::glance));
}

TEST_P(SignInOn, ASessionThatWasSignedOutOrRevokedIsNone) {
    const Secret one = signed_in();
    const Secret other = signed_in();
    sign_on_.sign_out(one, visitor);
    EXPECT_EQ(who(one).kind, Principal::Kind::nobody);
    const auto sessions = sign_on_.sessions(who(other));
    ASSERT_EQ(sessions.size(), 1U);
    sign_on_.end_session(who(other), sessions[0].id);
    EXPECT_EQ(who(other).kind, Principal::Kind::nobody);
}

TEST_P(SignInOn, NobodyEndsTheSessionOfAnother) {
    const Secret veras = signed_in();
    const std::string id = sign_on_.sessions(who(veras)).at(0).id;
    add("carl", {town, Role::viewer, {}});
    EXPECT_THROW(sign_on_.end_session(who(signed_in("carl")), id), NotFound);
    EXPECT_EQ(who(veras).kind, Principal::Kind::person);
}

TEST_P(SignInOn, AClosedAccountIsOutAtOnce) {
    const Secret session = signed_in();
    const auto token = sign_on_.add_token(who(session), "Skript", {Action::read_runs}, 1).token;
    accounts_.disable(operator_, editor_);
    EXPECT_EQ(who(session).kind, Principal::Kind::nobody);
    EXPECT_EQ(sign_on_.token_holder(token, visitor).kind, Principal::Kind::nobody);
    accounts_.enable(operator_, editor_);
    EXPECT_EQ(who(session).kind, Principal::Kind::nobody) << "what ended does not begin again";
}

TEST_P(SignInOn, AsksForTheSecondFactorAfterARightPasswordOnly) {
    with_second_factor(who(signed_in()));
    EXPECT_EQ(refusal_of("vera", "falsch"), Why::sign_in_failed);
    EXPECT_EQ(refusal_of("vera", right), Why::second_factor_needed);
    wait(seconds{30});
    EXPECT_EQ(refusal_of("vera", right, code()), std::nullopt);
}

TEST_P(SignInOn, TakesACodeOnceAndARecoveryCodeOnce) {
    with_second_factor(who(signed_in()));
    wait(seconds{30});
    const std::string once = code();
    EXPECT_EQ(refusal_of("vera", right, once), std::nullopt);
    EXPECT_EQ(refusal_of("vera", right, once), Why::sign_in_failed) << "replayed";
    ASSERT_EQ(codes_.size(), 10U);
    const std::string recovery{codes_[3].revealed()};
    EXPECT_EQ(refusal_of("vera", right, recovery), std::nullopt);
    EXPECT_EQ(refusal_of("vera", right, recovery), Why::sign_in_failed);
    EXPECT_EQ(refusal_of("vera", right, "000000"), Why::sign_in_failed);
}

TEST_P(SignInOn, TheKeyOfASecondFactorIsSealedInTheDatabase) {
    with_second_factor(who(signed_in()));
    std::string stored;
    database_.read([&](soci::session& sql) { sql << "SELECT second_factor FROM credential", soci::into(stored); });
    EXPECT_EQ(stored.find(std::string{key_.revealed()}), std::string::npos);
    EXPECT_GT(stored.size(), 40U);
    database_.write([&](soci::session& sql) {
        sql << "UPDATE credential SET second_factor = (SELECT second_factor FROM credential WHERE second_factor <> '')";
    });
    EXPECT_TRUE(sealing_.open(stored, second_factor_place(editor_)));
    EXPECT_FALSE(sealing_.open(stored, second_factor_place({"somebody-else"}))) << "moved to another row";
}

TEST_P(SignInOn, ARoleThatDemandsASecondFactorHoldsOnlyWithOne) {
    const PersonId administrator = add("bea", {{}, Role::installation_administrator, {}});
    const Secret session = signed_in("bea");
    const auto before = sign_on_.find_session(session, visitor);
    ASSERT_TRUE(before);
    EXPECT_EQ(before->second_factor, SecondFactor::required);
    EXPECT_TRUE(before->who.memberships.empty());
    with_second_factor(before->who);
    const auto after = sign_on_.find_session(session, visitor);
    EXPECT_EQ(after->second_factor, SecondFactor::active);
    EXPECT_EQ(after->who.memberships.size(), 1U);
    EXPECT_THROW(sign_on_.remove_second_factor(after->who, secret(right), visitor), Conflict);
    sign_on_.reset_second_factor(operator_, administrator);
    EXPECT_EQ(sign_on_.find_session(session, visitor)->second_factor, SecondFactor::required);
}

TEST_P(SignInOn, ALinkWorksOnceAndNotAfterItsEnd) {
    const GivenLink given =
        sign_on_.invite(operator_, {.name = "Bernd", .membership = {town, Role::viewer, {}}, .days = 2});
    EXPECT_EQ(sign_on_.link(given.secret, visitor).name, "Bernd");
    const auto use = [&](const Secret& link, const char* password) {
        return sign_on_.use_link(link, {.login = "bernd", .name = "", .password = secret(password)}, visitor);
    };
    EXPECT_THROW((void)use(given.secret, "kurz"), InputError) << "the link is still good after a bad choice";
    EXPECT_EQ(who(use(given.secret, right)).memberships.at(0).role, Role::viewer);
    EXPECT_THROW((void)use(given.secret, right), NotFound);

    const GivenLink late =
        sign_on_.invite(operator_, {.name = "Late", .membership = {town, Role::viewer, {}}, .days = 2});
    wait(hours{48});
    EXPECT_THROW((void)sign_on_.link(late.secret, visitor), NotFound);
}

TEST_P(SignInOn, AResetEndsTheFormerPasswordAndItsSessions) {
    const Secret session = signed_in();
    const GivenLink given = sign_on_.reset_password(operator_, editor_);
    EXPECT_EQ(who(session).kind, Principal::Kind::nobody);
    EXPECT_EQ(refusal_of("vera", right), Why::sign_in_failed);
    const Secret fresh = sign_on_.use_link(
        given.secret, {.login = "", .name = "", .password = secret("ganz andere vier Wörter")}, visitor);
    EXPECT_EQ(who(fresh).person, editor_);
}

TEST_P(SignInOn, ASetUpLinkIsForTheFirstPersonOnly) {
    const GivenLink given = sign_on_.set_up_link();
    EXPECT_THROW(
        (void)sign_on_.use_link(given.secret, {.login = "eve", .name = "Eve", .password = secret(right)}, visitor),
        NotFound)
        << "there are accounts already";
}

TEST_P(SignInOn, ATokenHasItsScopeUntilItsEnd) {
    const Principal vera = who(signed_in());
    EXPECT_THROW((void)sign_on_.add_token(vera, "alles", {Action::change_own_account}, 1), InputError);
    const auto made = sign_on_.add_token(vera, "Skript", {Action::read_runs}, 2);
    const Principal script = sign_on_.token_holder(made.token, visitor);
    EXPECT_TRUE(accounts::may(script, Action::read_runs, {.organisation = town}));
    EXPECT_FALSE(accounts::may(script, Action::start_run, {.organisation = town}));
    wait(hours{48});
    EXPECT_EQ(sign_on_.token_holder(made.token, visitor).kind, Principal::Kind::nobody);
}

TEST_P(SignInOn, AChangedPasswordEndsTheOtherSessions) {
    const Secret here = signed_in();
    const Secret elsewhere = signed_in();
    EXPECT_THROW(sign_on_.change_password(who(here), here, secret("falsch"), secret("neue vier Wörter hier"), visitor),
                 InputError);
    sign_on_.change_password(who(here), here, secret(right), secret("neue vier Wörter hier"), visitor);
    EXPECT_EQ(who(here).kind, Principal::Kind::person);
    EXPECT_EQ(who(elsewhere).kind, Principal::Kind::nobody);
}

TEST_P(SignInOn, LeavesAnIntactTrailWithoutASecret) {
    (void)refusal_of("vera", "falsch");
    with_second_factor(who(signed_in()));
    const auto entries = audit_.entries(operator_, {.limit = 500});
    EXPECT_EQ(audit_.verify().broken, std::nullopt);
    for (const accounts::AuditEntry& entry : entries)
        for (const std::string& text : {entry.content.object, entry.content.detail}) {
            EXPECT_EQ(text.find("falsch"), std::string::npos);
            EXPECT_EQ(text.find(right), std::string::npos);
        }
    const auto has = [&](const char* action) {
        return std::ranges::any_of(entries, [&](const auto& entry) { return entry.content.action == action; });
    };
    EXPECT_TRUE(has("sign-in-failed"));
    EXPECT_TRUE(has("sign-in"));
    EXPECT_TRUE(has("second-factor-added"));
}

INSTANTIATE_TEST_SUITE_P(On, SignInOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::sign_on
