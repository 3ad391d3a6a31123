// Whom a wave asks: bodies of the register by selection or from a file, with what the register says on that day.
#pragma once

#include "base/body_key.hpp"
#include "catalogue/register.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::waves {

/// Where letters and mail go. Of an office, not of a person, as far as the owner can help it; sealed in the database.
struct Contact {
    std::string name;
    std::string street;
    std::string postcode;
    std::string city;
    std::string email;

    bool operator==(const Contact&) const = default;
};

struct FrameBody {
    BodyKey body;
    std::string name;
    State state = State::nordrhein_westfalen;
    catalogue::BodyKind kind = catalogue::BodyKind::municipality;
    catalogue::SizeClass size = catalogue::SizeClass::below_5000;
    long inhabitants = 0;
    Contact contact;
    std::string added_at;    ///< UTC
    std::string added_why;   ///< empty for those of the beginning
    std::string removed_at;  ///< UTC; empty while it belongs to the frame
    std::string removed_why;
    std::string opened_at;  ///< UTC, of the first use of an invitation

    [[nodiscard]] bool is_removed() const { return !removed_at.empty(); }
};

/// What is empty selects everything; of kinds every town hall, but no district.
struct Selection {
    std::set<State> states;
    std::set<catalogue::BodyKind> kinds;
    std::set<catalogue::SizeClass> sizes;
    std::optional<long> at_least;  ///< inhabitants
    std::optional<long> at_most;
};

/// `state=DE-NW+DE-HE,kind=municipality+independent-city,size=from-5000+from-10000,inhabitants=5000..20000`
/// Throws InputError with every fault.
[[nodiscard]] Selection selection_from(std::string_view words);

/// Ordered by key.
[[nodiscard]] std::vector<FrameBody> frame_of(const catalogue::Register& bodies, const Selection& selection);
[[nodiscard]] FrameBody frame_body_of(const catalogue::Body& body);

/// CSV with `,` or `;` and a head: `body` (a key that means one body) and, as far as known, name, street, postcode,
/// city and email of the office to write to. Throws InputError with every fault: line and column, keys that the
/// register does not have, bodies that stand twice.
[[nodiscard]] std::vector<FrameBody> frame_from_csv(const catalogue::Register& bodies, std::string_view csv,
                                                    const std::string& file);

}  // namespace resmon::waves
