#include "credentials/throttle.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>

namespace resmon::sign_on {

namespace {

struct Recent {
    std::size_t count = 0;
    FailureTime last;
};

Recent recent_of(std::span<const FailureTime> failures, FailureTime now) {
    Recent recent;
    for (const FailureTime& failure : failures) {
        const FailureTime time = std::min(failure, now);
        if (time <= now - failures_count_for) continue;
        recent.last = recent.count == 0 ? time : std::max(recent.last, time);
        ++recent.count;
    }
    return recent;
}

/// `first` doubled so many times, but not above the longest.
std::chrono::seconds doubled(std::chrono::seconds first, std::size_t times, std::chrono::seconds longest) {
    std::chrono::seconds wait = std::min(first, longest);
    for (std::size_t time = 0; time < times && wait < longest; ++time) wait = std::min(2 * wait, longest);
    return wait;
}

std::chrono::seconds left(FailureTime last, std::chrono::seconds wait, FailureTime now) {
    return std::max(std::chrono::seconds{0}, std::chrono::ceil<std::chrono::seconds>(last + wait - now));
}

}  // namespace

std::chrono::seconds account_wait(std::span<const FailureTime> failures, FailureTime now, const AccountLimits& limits) {
    const Recent recent = recent_of(failures, now);
    if (recent.count <= limits.free_failures) return std::chrono::seconds{0};
    if (recent.count >= limits.failures_until_lock) return left(recent.last, limits.lock, now);
    return left(recent.last, doubled(limits.first_wait, recent.count - limits.free_failures - 1, limits.lock), now);
}

std::chrono::seconds address_wait(std::span<const FailureTime> failures, FailureTime now, const AddressLimits& limits) {
    const Recent recent = recent_of(failures, now);
    if (recent.count <= limits.free_failures) return std::chrono::seconds{0};
    const std::size_t doublings = (recent.count - limits.free_failures - 1) / limits.failures_per_doubling;
    return left(recent.last, doubled(limits.first_wait, doublings, limits.longest_wait), now);
}

std::string counted_address(std::string_view address) {
    std::string text{address};
    in_addr four{};
    if (inet_pton(AF_INET, text.c_str(), &four) == 1) return text;
    in6_addr six{};
    if (inet_pton(AF_INET6, text.c_str(), &six) != 1) return text;
    std::array<char, INET6_ADDRSTRLEN> name{};
    if (IN6_IS_ADDR_V4MAPPED(&six)) {
        std::memcpy(&four, &six.s6_addr[12], sizeof four);
        return inet_ntop(AF_INET, &four, name.data(), name.size());
    }
    std::fill(std::begin(six.s6_addr) + 8, std::end(six.s6_addr), std::uint8_t{0});
    return std::string{inet_ntop(AF_INET6, &six, name.data(), name.size())} + "/64";
}

}  // namespace resmon::sign_on
