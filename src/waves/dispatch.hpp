// A letter to one body: the invitation or a numbered reminder. At most one per wave, body and stage.
#pragma once

#include "base/body_key.hpp"
#include "mail/message.hpp"
#include "report/document.hpp"
#include "secrets/secret.hpp"
#include "waves/frame.hpp"
#include "waves/wave.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::waves {

inline constexpr int invitation_stage = 0;  ///< the reminders are 1, 2 …
inline constexpr int most_stages = 9;

enum class Channel {
    mail,
    file,  ///< handed to the owner for letters
};

[[nodiscard]] std::string_view to_string(Channel channel);
[[nodiscard]] Channel channel_from(std::string_view word);

enum class DispatchState {
    sending,  ///< noted before it leaves; if it stays so, nobody knows whether it left: a person has to look
    sent,
    refused,  ///< certainly not sent; may be tried again
};

[[nodiscard]] std::string_view to_string(DispatchState state);
[[nodiscard]] DispatchState dispatch_state_from(std::string_view word);

struct Dispatch {
    BodyKey body;
    int stage = invitation_stage;
    Channel channel = Channel::mail;
    DispatchState state = DispatchState::sending;
    std::string attempt;  ///< of which try: only that one may say how it ended
    std::int64_t at = 0;  ///< seconds since 1970, of the last change
    std::string reason;   ///< why it was refused, or what is unknown
};

/// Longer than any try takes (mail/smtp.cpp): what is still being sent then was left by a process that ended.
inline constexpr std::int64_t seconds_until_unknown = 300;

[[nodiscard]] inline bool is_unknown(const Dispatch& dispatch, std::int64_t now) {
    return dispatch.state == DispatchState::sending &&
           (!dispatch.reason.empty() || now - dispatch.at > seconds_until_unknown);
}

/// What goes to one body. The link contains the secret.
struct Letter {
    FrameBody body;
    int stage = invitation_stage;
    Secret link;
};

/// In German, as the offices write; names the wave, its window, its purpose and the day of the deletion.
[[nodiscard]] mail::Message mail_of(const Wave& wave, const std::string& owner, const Letter& letter,
                                    const std::string& from);

/// The letters of one stage, made once: their links stand nowhere else.
struct Letters {
    Wave wave;
    std::string owner;  ///< the name of who asks
    std::vector<Letter> letters;
};

/// For mail merge: `;`, UTF-8 with its mark; body, name of the body, address as far as known, link, window, deletion.
[[nodiscard]] std::string merge_file_of(const Letters& letters);

/// For window envelopes: one page each, with the link as QR code and as text.
[[nodiscard]] report::Document document_of(const Letters& letters, Instant made);

}  // namespace resmon::waves
