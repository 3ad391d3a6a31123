// Whom a wave asks: bodies of the register by selection or from a file, with what the register says on that day.
#pragma once

#include "base/body_key.hpp"
#include "base/error.hpp"
#include "catalogue/register.hpp"
#include "spreadsheet/workbook.hpp"

#include <optional>
#include <set>
#include <span>
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

/// Whether a list of bodies says where to write to.
enum class Addresses { not_told, told };

/// What became of a list that was added to a frame.
struct Extended {
    bool is_replanned = false;  ///< the wave has another window, name or text
    std::size_t added = 0;
    std::size_t readdressed = 0;
    std::size_t unchanged = 0;
};

/// A table of bodies in a file, and how its places are told.
struct FrameFile {
    std::string name;                               ///< of the file
    std::string sheet = {};                         ///< empty: the places are lines and columns, as in CSV
    std::span<const std::string_view> others = {};  ///< columns that may stand there too, for whoever asks
};

struct FrameTable {
    struct Row {
        FrameBody body;
        std::size_t row = 0;  ///< of the table, from 0
    };
    std::vector<std::string> head;
    std::vector<Row> rows;  ///< as in the file

    [[nodiscard]] bool has_contacts() const;
    /// What of an address the file has no column for stays as it was.
    void keep_untold(Contact& told, const Contact& before) const;
};

/// `frame.csv:4: email`, or `frame.xlsx: /frame/E4`. Row and column count from 0.
[[nodiscard]] Place place_in(const FrameFile& file, const std::vector<std::string>& head, std::size_t row,
                             std::size_t column);

/// As `frame_from_csv`; every fault is added to `faults`.
[[nodiscard]] FrameTable frame_table_from(const catalogue::Register& bodies, const spreadsheet::Table& table,
                                          const FrameFile& file, std::vector<Fault>& faults);

}  // namespace resmon::waves
