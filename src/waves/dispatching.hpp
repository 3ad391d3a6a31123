// The desk of invitations and reminders: who is written to, once, and what is known of it.
#pragma once

#include "mail/smtp.hpp"
#include "waves/dispatch.hpp"
#include "waves/waves.hpp"

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace resmon::waves {

/// How letters leave this installation.
struct Sending {
    mail::Post post;      ///< none: mail is not set up
    std::string from;     ///< the sender's address
    std::string address;  ///< where the pages are, without a slash at the end: `https://resmon.example`
};

/// Which letters. `address`: where the pages are as the caller reached them, for installations whose settings do not
/// say.
struct Order {
    WaveId wave;
    int stage = invitation_stage;
    std::string address = {};
};

/// What one call did.
struct Progress {
    long sent = 0;
    long refused = 0;
    long unclear = 0;
    long left = 0;  ///< not tried yet: for the next call
    long without_address = 0;
};

/// Of the letters of one stage: how many are in which state.
struct StageState {
    int stage = invitation_stage;
    long sent = 0;
    long sending = 0;
    long refused = 0;
    long unclear = 0;
    long due = 0;  ///< who could get one now
};

enum class Again { no, yes };

class Dispatching {
public:
    Dispatching(Means means, Sending sending) : means_{means}, sending_{std::move(sending)} {}

    [[nodiscard]] std::vector<StageState> stages(const Principal& who, const WaveId& id);
    /// Those of which nobody knows whether they left, and those that were refused.
    [[nodiscard]] std::vector<Dispatch> to_check(const Principal& who, const WaveId& id);

    /// Sends at most `most` letters of the stage to bodies that have not handed in and got none of it yet; a reminder
    /// goes to those who got the letter before. Noted before it leaves: whatever happens, none gets two.
    /// Throws Conflict if the wave is not open, or mail is not set up.
    [[nodiscard]] Progress send(const Principal& who, const Order& order, int most);

    /// The same for letters on paper, all at once. `again`: with new links for those of the stage that were handed out
    /// as a file before, since the file was lost. `proofread` sees them with other links before anything is kept: if it
    /// throws, because one does not fit its paper, no letter counts as written.
    [[nodiscard]] Letters on_paper(const Principal& who, const Order& order, Again again,
                                   const std::function<void(const Letters&)>& proofread = {});

    /// A person looked whether a letter left. Throws Conflict if that is no question.
    void settle(const Principal& who, const WaveId& id, const BodyKey& body, int stage, DispatchState state);

    [[nodiscard]] bool has_mail() const { return static_cast<bool>(sending_.post); }

private:
    struct Due {
        Wave wave;
        std::string owner_name;
        std::vector<FrameBody> bodies;  ///< those first that were not tried yet
        std::size_t untried = 0;
        long without_address = 0;
    };
    [[nodiscard]] Due due(soci::session& sql, const Principal& who, const WaveId& id, int stage, Channel channel) const;
    /// Nothing if it is another's, or no longer due.
    [[nodiscard]] std::optional<Letter> claimed(const Principal& who, const Order& order, const FrameBody& body,
                                                const Dispatch& dispatch);
    [[nodiscard]] Letter letter_to(const FrameBody& body, const Order& order) const;
    /// What would be written now. Nothing is kept.
    [[nodiscard]] Letters proof(const Principal& who, const Order& order, Again again) const;
    /// Letters of the stage that went into a file before, made anew.
    void add_again(soci::session& sql, const Order& order, std::vector<Letter>& letters) const;
    void finish(const WaveId& id, Dispatch dispatch, const mail::Outcome& outcome);
    void check(const Order& order) const;

    Means means_;
    Sending sending_;
};

}  // namespace resmon::waves
