// The house is held against its own rules: src/README.md and ARCHITECTURE's list of heavy headers.
#include "house/house.hpp"

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

namespace resmon::house {

Rooms rooms_from(const std::string& readme) {
    Rooms rooms;
    std::istringstream lines{readme};
    const std::regex row{R"(\| (\d) \| (\w+) \|([^|]*)\|.*)"};
    for (std::string line; std::getline(lines, line);) {
        std::smatch found;
        if (!std::regex_match(line, found, row)) continue;
        Room& room = rooms[found[2]];
        room.rank = std::stoi(found[1]);
        std::istringstream uses{found[3]};
        for (std::string used; uses >> used;) room.may_use.insert(used);
    }
    return rooms;
}

namespace {

std::string room_of(const std::string& path) { return path.substr(0, path.find('/')); }
std::string file_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool fits(const std::string& text, const char* pattern) { return std::regex_match(text, std::regex{pattern}); }

/// Libraries whose headers cost seconds, and the files of src/ that may pay.
struct Heavy {
    const char* include;
    const char* where;
};
constexpr std::array<Heavy, 15> heavy{{{"restinio/.*", "server/restinio_server\\.cpp"},
                                       {"soci/.*", "((archive|storage)/.*|.*_store\\.[ch]pp)"},
                                       {"nlohmann/json\\.hpp",
                                        "(http/.*|schema/.*|.*_json\\.[ch]pp|.*_api\\.cpp|(forecast/"
                                        "forecast|nationwide/outlook)_csv\\.cpp|reading/shape\\.cpp)"},
                                       {"yaml-cpp/.*", "reading/tree_reader\\.cpp"},
                                       {"zip\\.h", "archive/zip_file\\.cpp"},
                                       {"valijson/.*", "schema/.*\\.cpp"},
                                       {"oneapi/tbb/.*", "engine/forecast\\.cpp"},
                                       {"CLI/.*", "cli/(main|outage_words|questionnaire_words|wave_words)\\.cpp"},
                                       {"curl/.*", "mail/smtp\\.cpp"},
                                       {"pugixml\\.hpp", "(spreadsheet/xlsx_reader|exchange/lss_reader)\\.cpp"},
                                       {"xlsxwriter\\.h", "spreadsheet/xlsx_writer\\.cpp"},
                                       {"toml\\+\\+/.*", "cli/settings\\.cpp"},
                                       {"boost/math/.*", "statistics/.*\\.cpp"},
                                       {"(cairo.*|pango/.*|fontconfig/.*)", "report/(canvas|paper_fonts)\\.cpp"},
                                       {"qpdf/.*", "report/pdf_finish\\.cpp"}}};

}  // namespace

std::string wrong_include(const Rooms& rooms, const std::string& path, int line, const std::string& include) {
    const std::string place = "src/" + path + ":" + std::to_string(line) + " includes " + include + ": ";
    for (const Heavy& one : heavy)
        if (fits(include, one.include) && !fits(path, one.where))
            return place + "this heavy header may only stand in " + one.where;
    const std::string here = room_of(path);
    const std::string there = room_of(include);
    if (!rooms.contains(there)) return {};
    if (!rooms.contains(here)) return place + "the room " + here + " does not stand in src/README.md";
    if (here != there && !rooms.at(here).may_use.contains(there)) return place + here + " may not use " + there;
    if (here != there && rooms.at(there).rank > rooms.at(here).rank) return place + "an arrow may not go up";
    const bool is_inner = fits(file_of(include), ".*_(store|api)\\.hpp");
    // site.cpp puts the rooms' APIs together.
    if (here != there && is_inner && path != "cli/site.cpp")
        return place + "of another room only things and the desk may be known";
    const bool is_thing = !fits(file_of(path), ".*_(store|api|json|reader)\\.[ch]pp") &&
                          file_of(path).substr(0, file_of(path).find('.')) != here;
    const bool is_capability = here == "incidents" || here == "forecast" || here == "outage" || here == "engine";
    if (is_capability && is_thing && (there == "storage" || there == "http"))
        return place + "a thing may not know " + there;
    return {};
}

std::string wrong_line(const std::string& path, int number, const std::string& text) {
    const std::string place = "src/" + path + ":" + std::to_string(number) + ": ";
    static const std::regex unfinished{"\\b(TODO|FIXME|XXX)\\b"};
    static const std::regex unworded{R"(\b(InputError|Conflict|NotFound|Unavailable)\{(fmt::format|"[^"]))"};
    // What a fault expects; it may stand on a line of its own.
    static const std::regex expectation{R"("(must|is missing)\b)"};
    if (std::regex_search(text, unfinished)) return place + "unfinished work belongs into an issue";
    if (text.find("catch (...)") != std::string::npos && path != "cli/main.cpp")
        return place + "catch (...) only at the doors and at a thread's entry";
    if (std::regex_search(text, unworded) || std::regex_search(text, expectation))
        return place + "a fault is told in German and English: worded(…), texts/program.*.json";
    static const std::string here = std::filesystem::current_path().string();
    if (text.find("/home/") != std::string::npos || text.find(here) != std::string::npos)
        return place + "a path of one machine";
    return {};
}

std::string with_what_opens(const std::string& before, const std::string& line) {
    if (!before.ends_with('{')) return line;
    return before + line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

std::string wrong_file(const std::string& path, std::size_t lines) {
    constexpr std::size_t most_lines = 500;
    if (lines > most_lines)
        return path + " has " + std::to_string(lines) + " lines, more than " + std::to_string(most_lines);
    if (std::regex_search(path, std::regex{"(^|[/_.])(util|utils|helper|helpers|common|misc|manager|data)([/_.]|$)"}))
        return path + " has a name that says nothing";
    return {};
}

std::string wrong_header(const std::string& path, const std::vector<std::string>& lines) {
    if (lines.empty() || !lines[0].starts_with("// ")) return path + " does not say its purpose in line 1";
    for (std::size_t line = 0; line < std::min<std::size_t>(lines.size(), 8); ++line)
        if (lines[line] == "#pragma once") return {};
    return path + " has no #pragma once";
}

namespace {

namespace fs = std::filesystem;

const fs::path source{"."};  // tests run in the root of the repository

std::vector<std::string> lines_of(const fs::path& path) {
    std::ifstream file{path};
    std::vector<std::string> lines;
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream{path}.rdbuf();
    return text.str();
}

std::vector<fs::path> files_below(const fs::path& folder, const char* pattern) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
        if (entry.is_regular_file() && fits(entry.path().filename().string(), pattern) &&
            entry.path().string().find("/generated/") == std::string::npos)
            files.push_back(entry.path());
    return files;
}

Rooms rooms() { return rooms_from(text_of(source / "src/README.md")); }

TEST(House, ArrowsPointTheWayThatTheTableSays) {
    const std::regex include{R"(\s*#\s*include\s*[<"]([^>"]+)[>"].*)"};
    ASSERT_GE(rooms().size(), 10U);
    for (const fs::path& path : files_below(source / "src", R"(.*\.[ch]pp)")) {
        const std::string name = path.lexically_relative(source / "src").generic_string();
        int number = 0;
        std::string before;
        for (const std::string& line : lines_of(path)) {
            ++number;
            std::smatch found;
            if (std::regex_match(line, found, include))
                if (const std::string wrong = wrong_include(rooms(), name, number, found[1]); !wrong.empty())
                    ADD_FAILURE() << wrong;
            const std::string wrong = wrong_line(name, number, with_what_opens(before, line));
            if (!wrong.empty()) ADD_FAILURE() << wrong;
            before = line;
        }
    }
}

TEST(House, FilesAreShortAndWellNamed) {
    for (const char* folder : {"src", "web/src"})
        for (const fs::path& path : files_below(source / folder, R"(.*\.([ch]pp|ts|svelte|css))")) {
            const std::string name = path.lexically_relative(source).generic_string();
            if (const std::string wrong = wrong_file(name, lines_of(path).size()); !wrong.empty())
                ADD_FAILURE() << wrong;
        }
}

TEST(House, HeadersSayTheirPurpose) {
    for (const fs::path& path : files_below(source / "src", R"(.*\.hpp)"))
        if (const std::string wrong = wrong_header(path.lexically_relative(source).generic_string(), lines_of(path));
            !wrong.empty())
            ADD_FAILURE() << wrong;
}

TEST(House, RoomsHaveAtMostTwelveThings) {
    for (const auto& [room, rules] : rooms()) {
        if (room == "cli") continue;  // one file per subcommand
        std::set<std::string> things;
        for (const fs::path& path : files_below(source / "src" / room, R"(.*\.[ch]pp)"))
            things.insert(path.stem().string());
        EXPECT_LE(things.size(), 12U) << room;
    }
}

TEST(House, TheBuildLinksWhatTheTableAllows) {
    const std::string build = std::regex_replace(text_of(source / "src/CMakeLists.txt"), std::regex{"\\s+"}, " ");
    for (const auto& [room, rules] : rooms()) {
        std::smatch found;
        if (!std::regex_search(build, found,
                               std::regex{"resmon_room\\(" + room + " [^)]*?USES ([a-z_ ]+?)( LIBRARIES|\\))"}))
            continue;
        std::istringstream uses{found[1]};
        std::set<std::string> linked;
        for (std::string used; uses >> used;) linked.insert(used);
        EXPECT_EQ(linked, rules.may_use) << room;
    }
}

TEST(House, TheReadmeOfTheRoomsStaysShort) { EXPECT_LE(lines_of(source / "src/README.md").size(), 60U); }

// The rules themselves, on made-up offenders.
const Rooms made_up{{"base", {0, {}}},
                    {"storage", {1, {"base"}}},
                    {"forecast", {5, {"base", "storage"}}},
                    {"cli", {9, {"base", "forecast"}}}};

TEST(HouseRules, NameTheOffendingLine) {
    EXPECT_EQ(wrong_include(made_up, "base/text.hpp", 3, "storage/row.hpp"),
              "src/base/text.hpp:3 includes storage/row.hpp: base may not use storage");
    EXPECT_EQ(wrong_include(made_up, "forecast/run.hpp", 9, "storage/row.hpp"),
              "src/forecast/run.hpp:9 includes storage/row.hpp: a thing may not know storage");
    EXPECT_EQ(wrong_include(made_up, "forecast/forecast_store.cpp", 9, "storage/row.hpp"), "");
    EXPECT_NE(wrong_include(made_up, "cli/runs.cpp", 1, "forecast/forecast_store.hpp"), "");
    EXPECT_NE(wrong_include(made_up, "forecast/run.cpp", 1, "soci/soci.h"), "");
    EXPECT_NE(wrong_include(made_up, "forecast/run.cpp", 1, "restinio/all.hpp"), "");
}

TEST(HouseRules, KnowUnfinishedWorkAndEmptyNames) {
    const std::string mark = std::string{"TO"} + "DO";
    EXPECT_NE(wrong_line("base/text.cpp", 1, "// " + mark + ": later"), "");
    EXPECT_NE(wrong_line("base/text.cpp", 1, "} catch (...) {"), "");
    EXPECT_EQ(wrong_line("cli/main.cpp", 1, "} catch (...) {"), "");
    EXPECT_NE(wrong_line("base/text.cpp", 1, "throw Conflict{\"is taken\"};"), "");
    EXPECT_EQ(wrong_line("base/text.cpp", 1, "throw Conflict{worded(\"fault.taken\")};"), "");
    EXPECT_NE(wrong_line("reading/x.cpp", 1, "throw Unavailable{fmt::format(\"{} is away\", file)};"), "");
    EXPECT_NE(wrong_line("reading/x.cpp", 2, with_what_opens("    throw NotFound{", "        \"is away\"};")), "");
    EXPECT_EQ(with_what_opens("    first();", "    second();"), "    second();");
    EXPECT_NE(wrong_line("outage/x.cpp", 1, "fault(where, \"must wait\");"), "");
    EXPECT_NE(wrong_line("reading/x.cpp", 1, "    fmt::format(\"must be above {}\", least));"), "");
    EXPECT_NE(wrong_file("src/base/string_utils.hpp", 10), "");
    EXPECT_NE(wrong_file("src/base/text.hpp", 501), "");
    EXPECT_EQ(wrong_file("src/base/database.hpp", 500), "");
    EXPECT_NE(wrong_header("x.hpp", {"#pragma once"}), "");
}

}  // namespace
}  // namespace resmon::house
