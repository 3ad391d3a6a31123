#include "storage/erasures.hpp"

#include "archive/row_json.hpp"
#include "archive/safe_file.hpp"
#include "base/error.hpp"

#include <fstream>
#include <vector>

namespace resmon::storage {

namespace {

std::filesystem::path file_of(const Location& location) { return location.folder / "erasures.jsonl"; }

void note(soci::session& sql, const Erasure& erasure) {
    sql << "INSERT INTO erasure (person, at) VALUES (:person, :at) ON CONFLICT DO NOTHING", soci::use(erasure.person),
        soci::use(erasure.at);
}

std::string text_in(const archive::Row& row, const char* name) {
    const auto found = row.find(name);
    const auto* text = found == row.end() ? nullptr : std::get_if<std::string>(&found->second);
    if (text == nullptr) throw InputError{{Fault{{.path = name}, worded("fault.archive.text")}}};
    return *text;
}

std::vector<Erasure> remembered(const std::filesystem::path& file) {
    std::vector<Erasure> erasures;
    std::vector<Fault> faults;
    std::ifstream stream{file};
    int number = 0;
    for (std::string line; std::getline(stream, line);) {
        ++number;
        // What a power cut left unfinished was never acknowledged; a whole line ends with its brace.
        if (!line.ends_with('}')) continue;
        try {
            const archive::Row row = archive::row_of(line);
            erasures.push_back({.person = text_in(row, "person"), .at = text_in(row, "at")});
        } catch (const InputError& error) {
            for (const Fault& fault : error.faults())
                faults.push_back(
                    {{.file = file.string(), .line = number, .path = fault.place.path}, fault.expectation});
        }
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
    return erasures;
}

}  // namespace

void remember_erasure(soci::session& sql, const Location& location, const Erasure& erasure) {
    archive::append_safely(file_of(location),
                           "\n" + archive::line_of({{"person", erasure.person}, {"at", erasure.at}}) + "\n");
    note(sql, erasure);
}

std::size_t replay_erasures(Database& database, const Erase& erase) {
    std::size_t erased = 0;
    for (const Erasure& erasure : remembered(file_of(database.location())))
        database.write([&](soci::session& sql) {
            long long known = 0;
            sql << "SELECT COUNT(*) FROM erasure WHERE person = :person", soci::into(known), soci::use(erasure.person);
            if (known > 0) return;
            erase(sql, erasure);
            note(sql, erasure);
            ++erased;
        });
    return erased;
}

}  // namespace resmon::storage
