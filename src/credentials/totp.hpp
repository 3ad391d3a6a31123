// Six digits from a telephone that change every 30 seconds: the second factor (RFC 6238).
#pragma once

#include "secrets/secret.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace resmon::sign_on {

using TimeStep = std::int64_t;  ///< half minutes since 1970: RFC 6238 §4.2 with X = 30, T0 = 0

/// 20 random bytes: the length of the hash, as RFC 4226 §4 (R6) recommends.
[[nodiscard]] Secret new_totp_key();

/// The step whose code was given: the current one, the one before (slow typing) or the one after (a clock that is
/// fast), as RFC 6238 §5.2 allows. Nothing if the code is wrong, or if its step is not after `last_used`: a code works
/// once. Store the result as the next `last_used` in the same transaction. Spaces in the code do not count. All three
/// steps are computed and compared in any case, in constant time.
[[nodiscard]] std::optional<TimeStep> accepted_step(const Secret& key, std::string_view code,
                                                    std::chrono::system_clock::time_point now,
                                                    std::optional<TimeStep> last_used);

/// The code of a step: six digits, HMAC-SHA-1 (what every authenticator app can do).
[[nodiscard]] Secret totp_code(const Secret& key, TimeStep step);

/// The key as people type it into an app that has no camera: 32 letters and digits (RFC 4648 §6).
[[nodiscard]] Secret base32_of(const Secret& key);

/// Whose code it is, as the app shows it.
struct TotpLabel {
    std::string_view issuer;
    std::string_view account;
};

/// `otpauth://totp/Issuer:account?secret=…`: what the QR code says.
/// Form: Key URI Format of google-authenticator's wiki, the only description that the apps follow.
[[nodiscard]] Secret otpauth_uri(const Secret& key, const TotpLabel& label);

}  // namespace resmon::sign_on
