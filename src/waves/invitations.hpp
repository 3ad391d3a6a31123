// The desk of those who are asked: what a wave wants, taking part, comparing or not, withdrawing with a proof.
#pragma once

#include "accounts/filter.hpp"
#include "links/shared_transaction.hpp"
#include "survey/survey.hpp"
#include "waves/participation.hpp"
#include "waves/waves.hpp"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace resmon::waves {

/// A wave as a body that it asks sees it.
struct Invitation {
    Wave wave;
    std::string owner_name;
    BodyKey body;
    std::string body_name;
    std::optional<Participation> participation;
    bool has_handed_in = false;
    std::optional<Withdrawal> withdrawal;
    std::optional<Obstacle> to_take_part;  ///< why it cannot begin now
};

/// What the use of an invitation opened.
struct OpenedInvitation {
    Invitation invitation;
    /// A link for the response, given out once; empty if the body has accounts here: then one signs in.
    Secret link;
};

enum class Comparing { no, yes };

struct Invited;

class Invitations {
public:
    /// Told of the address from which a wrong token came; throws Forbidden if that address has to wait.
    using WrongToken = std::function<void(const std::string& address)>;

    /// The survey must outlive the desk.
    Invitations(Means means, survey::Survey& survey, WrongToken wrong = {})
        : means_{means}, survey_{survey}, wrong_{std::move(wrong)} {}

    /// Of open waves and those in which one takes part; of the bodies for which the person answers.
    [[nodiscard]] std::vector<Invitation> list(const Principal& who);

    /// The use of a token from a letter, once. Without account the body gets an organisation, to which nobody belongs,
    /// a response, and a link for it that only this caller learns: whoever wrote the letter knows the token, and must
    /// not be able to read with it what is answered. Throws NotFound for an unknown token or an ended wave, Conflict if
    /// it was used, Forbidden as WrongToken.
    [[nodiscard]] OpenedInvitation open(const Principal& who, const std::string& token);

    /// Throws NotFound, or Conflict with the obstacle.
    Participation take_part(const Principal& who, const WaveId& id, const survey::ResponseId& response,
                            Comparing comparing);
    Participation set_comparing(const Principal& who, const WaveId& id, const BodyKey& body, Comparing comparing);
    /// Whenever it takes part, also after the end of the wave. The receipt is given out once: its salt is kept nowhere.
    [[nodiscard]] WithdrawalReceipt withdraw(const Principal& who, const WaveId& id, const BodyKey& body,
                                             Withdrawn what);
    /// Whether it is what was given out.
    [[nodiscard]] bool is_genuine(const WithdrawalReceipt& receipt);

private:
    [[nodiscard]] Invitation invitation_of(soci::session& sql, const Wave& wave, const BodyKey& body) const;
    /// Takes the token for the body that nobody has an account of; what it opens is empty.
    [[nodiscard]] Secret claimed(const Principal& who, const Invited& invited, const std::string& hash,
                                 const Invitation& invitation);
    /// The bodies for which the person answers: an organisation of a body has the key of the body as its id.
    [[nodiscard]] accounts::Filter asked(soci::session& sql, const Principal& who) const;
    /// What the link opens by which the principal came; nothing for others.
    [[nodiscard]] std::optional<links::Grant> grant_of(soci::session& sql, const Principal& who) const;
    [[nodiscard]] Participation found(soci::session& sql, const Principal& who, const WaveId& id,
                                      const BodyKey& body) const;
    void require_part(soci::session& sql, const Principal& who, const survey::Response& response) const;
    void append(soci::session& sql, const Principal& who, const char* action, const Participation& participation,
                std::string detail = {});

    Means means_;
    survey::Survey& survey_;
    WrongToken wrong_;
};

}  // namespace resmon::waves
