// How long somebody has to wait before the next try to sign in. Pure: the store keeps when tries failed.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace resmon::sign_on {

using FailureTime = std::chrono::system_clock::time_point;

/// Failures older than this count for nothing: the store may delete them.
inline constexpr std::chrono::seconds failures_count_for = std::chrono::hours{1};

/// The figures are expert estimates; docs/decisions/0012-slowing-down-guesses.md says why.
struct AccountLimits {
    std::size_t free_failures = 3;
    std::chrono::seconds first_wait{1};  ///< after the fourth failure; doubles with each further one
    std::size_t failures_until_lock = 10;
    std::chrono::seconds lock = std::chrono::minutes{15};  ///< from the last failure on
};

/// An address may be a whole town hall: it is slowed down, never locked.
struct AddressLimits {
    std::size_t free_failures = 60;
    std::size_t failures_per_doubling = 20;
    std::chrono::seconds first_wait{1};
    std::chrono::seconds longest_wait{30};
};

/// Seconds until the next try for this account, rounded up; 0: now. `failures` in any order, of the account since its
/// last right sign-in (that resets them) and of logins that do not exist alike, or the difference would tell which do.
/// A try that had to wait is refused unseen and is no failure: else a lock could be kept up for nothing.
/// A failure that lies in the future (the clock was set back) counts as one of this moment.
[[nodiscard]] std::chrono::seconds account_wait(std::span<const FailureTime> failures, FailureTime now,
                                                const AccountLimits& limits = {});

/// The same for an address, with the failures of all accounts that were tried from there. Nothing resets them: one
/// account of his own would let an attacker begin anew.
[[nodiscard]] std::chrono::seconds address_wait(std::span<const FailureTime> failures, FailureTime now,
                                                const AddressLimits& limits = {});

/// Under which name an address is counted: IPv4 as it is (also if written as IPv6), IPv6 by its first 64 bits, since
/// one line has all the others. What is no address stays as it is.
[[nodiscard]] std::string counted_address(std::string_view address);

}  // namespace resmon::sign_on
