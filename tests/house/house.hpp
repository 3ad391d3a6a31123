// The rules of the house as functions of paths and lines, so that they can be tested on made-up offenders.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

namespace resmon::house {

struct Room {
    int rank = 0;
    std::set<std::string> may_use;
};
using Rooms = std::map<std::string, Room>;

/// The table of src/README.md: `| 1 | storage | base | … |`
[[nodiscard]] Rooms rooms_from(const std::string& readme);

/// What is wrong with an include, `src/survey/answer.hpp:9 includes storage/row.hpp: …`; empty if nothing is.
[[nodiscard]] std::string wrong_include(const Rooms& rooms, const std::string& path, int line,
                                        const std::string& include);

/// What is wrong with a line, empty if nothing is: unfinished work, `catch (...)` away from a door.
[[nodiscard]] std::string wrong_line(const std::string& path, int number, const std::string& text);

/// The line behind the one before if that opens what it ends: an error's name and what it says.
[[nodiscard]] std::string with_what_opens(const std::string& before, const std::string& line);

/// What is wrong with a file's name or length; empty if nothing is.
[[nodiscard]] std::string wrong_file(const std::string& path, std::size_t lines);

/// What a header's text lacks: a purpose in its first line, `#pragma once` in its first lines.
[[nodiscard]] std::string wrong_header(const std::string& path, const std::vector<std::string>& lines);

}  // namespace resmon::house
