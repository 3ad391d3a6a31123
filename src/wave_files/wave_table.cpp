#include "wave_files/wave_table.hpp"

#include "forms/form_reader.hpp"
#include "report/csv.hpp"
#include "spreadsheet/xlsx_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon::wave_files {

namespace {

using spreadsheet::Cell;
using spreadsheet::DrawnCell;
using spreadsheet::DrawnPage;
using spreadsheet::Look;
using waves::BodyStatus;
using waves::FrameBody;
using waves::Wave;

/// What is told of a body beside key and address; of these only the reason to join is read.
constexpr std::array<std::string_view, 10> of_body{"body_name", "state",      "kind",      "size",       "inhabitants",
                                                   "standing",  "last_stage", "added_why", "removed_at", "removed_why"};
constexpr std::array<std::string_view, 5> of_contact{"name", "street", "postcode", "city", "email"};
constexpr std::array<std::string_view, 13> of_wave{
    "wave",      "wave_name", "wave_name_en", "questionnaire", "version", "opens",    "closes",
    "delete_on", "purpose",   "purpose_en",   "previous",      "as_of",   "synthetic"};
constexpr std::array<std::string_view, 3> days{"opens", "closes", "delete_on"};

std::vector<std::string_view> other_columns() {
    std::vector<std::string_view> columns{of_body.begin(), of_body.end()};
    columns.insert(columns.end(), of_wave.begin(), of_wave.end());
    return columns;
}

std::vector<Cell> cells_of(const BodyStatus& one) {
    const FrameBody& body = one.body;
    const waves::Contact& contact = body.contact;
    return {body.body.text(),
            body.name,
            std::string{to_string(body.state)},
            std::string{to_string(body.kind)},
            std::string{to_string(body.size)},
            static_cast<double>(body.inhabitants),
            std::string{to_string(one.standing)},
            one.last_stage < 0 ? Cell{} : Cell{static_cast<double>(one.last_stage)},
            body.added_why,
            body.removed_at,
            body.removed_why,
            contact.name,
            contact.street,
            contact.postcode,
            contact.city,
            contact.email};
}

std::vector<Cell> cells_of(const Wave& wave) {
    return {wave.id.value,
            wave.name.de,
            wave.name.en,
            wave.questionnaire.value,
            static_cast<double>(wave.version),
            wave.opens,
            wave.closes,
            wave.delete_on,
            wave.purpose.de,
            wave.purpose.en,
            wave.previous.value,
            wave.as_of,
            std::string{wave.is_synthetic ? "yes" : "no"}};
}

std::vector<std::vector<Cell>> rows_of(const waves::WorkList& list) {
    std::vector<std::vector<Cell>> rows;
    for (const BodyStatus& one : list.bodies) {
        std::vector<Cell>& row = rows.emplace_back(cells_of(one));
        // Every row says which wave it is and whether it is for practice; the rest once is enough.
        std::vector<Cell> wave = cells_of(list.overview.wave);
        if (rows.size() > 1)
            for (std::size_t place = 1; place + 1 < wave.size(); ++place) wave[place] = {};
        row.insert(row.end(), wave.begin(), wave.end());
    }
    return rows;
}

std::vector<std::string> head() {
    std::vector<std::string> columns{"body"};
    for (const auto& part : {std::span<const std::string_view>{of_body}, std::span<const std::string_view>{of_contact},
                             std::span<const std::string_view>{of_wave}})
        columns.insert(columns.end(), part.begin(), part.end());
    return columns;
}

void add_counts(DrawnPage& page, const char* heading, const std::vector<waves::Group>& groups, Language language) {
    std::vector<DrawnCell>& top = page.rows.emplace_back();
    top.push_back({.value = program_text(heading, language), .look = Look::heading, .list = {}});
    top.push_back({.value = program_text("wave.frame", language), .look = Look::heading, .list = {}});
    for (const std::string_view standing : waves::standings)
        top.push_back({.value = program_text("wave.standing." + std::string{standing}, language),
                       .look = Look::heading,
                       .list = {}});
    for (const waves::Group& group : groups) {
        std::vector<DrawnCell>& row = page.rows.emplace_back();
        row.push_back({.value = program_text("wave.group." + group.word, language), .look = Look::text, .list = {}});
        row.push_back({.value = static_cast<double>(waves::sum_of(group.counts)), .look = Look::text, .list = {}});
        for (const long count : group.counts)
            row.push_back({.value = static_cast<double>(count), .look = Look::text, .list = {}});
    }
    page.rows.emplace_back();
}

std::string xlsx_of(const waves::WorkList& list, Language language) {
    spreadsheet::Book book;
    DrawnPage& frame = book.pages.emplace_back();
    frame.name = "frame";
    frame.frozen_rows = 1;
    constexpr double width = 16;
    frame.widths.assign(head().size(), width);
    std::vector<DrawnCell>& top = frame.rows.emplace_back();
    for (const std::string& column : head()) top.push_back({.value = column, .look = Look::heading, .list = {}});
    for (std::vector<Cell>& cells : rows_of(list)) {
        std::vector<DrawnCell>& row = frame.rows.emplace_back();
        for (Cell& cell : cells) row.push_back({.value = std::move(cell), .look = Look::text, .list = {}});
    }
    const waves::Status& status = list.overview.status;
    DrawnPage& counts = book.pages.emplace_back();
    counts.name = "status";
    counts.widths = {28, 12, 14, 14, 14, 14, 14, 16};
    if (list.overview.wave.is_synthetic)
        counts.rows.push_back({{.value = program_text("wave.synthetic", language), .look = Look::title, .list = {}}});
    add_counts(counts, "wave.total", {{"all", status.total}}, language);
    add_counts(counts, "wave.by-state", status.by_state, language);
    add_counts(counts, "wave.by-size", status.by_size, language);
    add_counts(counts, "wave.by-kind", status.by_kind, language);
    return spreadsheet::xlsx_from(book);
}

std::string csv_of(const waves::WorkList& list, Language language) {
    report::Csv csv{language};
    csv.add_row(head());
    for (const std::vector<Cell>& cells : rows_of(list)) {
        std::vector<std::string> row;
        for (const Cell& cell : cells) {
            const auto* text = std::get_if<std::string>(&cell);
            row.push_back(report::csv_text(text == nullptr ? spreadsheet::shown(cell) : *text));
        }
        csv.add_row(row);
    }
    return csv.text();
}

bool has_column_body(const spreadsheet::Table& table) {
    return std::ranges::any_of(table.rows, [](const spreadsheet::Row& row) {
        return std::ranges::any_of(row, [](const Cell& cell) { return spreadsheet::shown(cell) == "body"; });
    });
}

/// What the rows say of the wave they belong to: once, or the same everywhere.
class WaveColumns {
public:
    WaveColumns(const spreadsheet::Table& table, WaveTable& into, std::vector<Fault>& faults)
        : table_{table}, into_{into}, faults_{faults} {}

    void read() {
        for (const std::string_view column : of_wave)
            if (const auto place = std::ranges::find(into_.frame.head, column); place != into_.frame.head.end())
                read_column(std::string{column}, static_cast<std::size_t>(place - into_.frame.head.begin()));
    }

private:
    void read_column(const std::string& column, std::size_t place) {
        for (const waves::FrameTable::Row& row : into_.frame.rows) {
            const Cell& cell = table_.cell(row.row, place);
            std::string value = spreadsheet::shown(cell);
            if (value.empty()) continue;
            if (std::ranges::find(days, column) != days.end()) {
                const auto day = forms::day_from(cell);
                if (!day) {
                    faults_.push_back(
                        {into_.place(row.row, column), worded("fault.wave-file.day", {{"found", value}})});
                    return;
                }
                value = spreadsheet::day_text(*day);
            }
            const auto [said, is_first] = into_.wave.try_emplace(column, WaveTable::Said{value, row.row, place});
            if (!is_first && said->second.value != value) {
                faults_.push_back({into_.place(row.row, column),
                                   worded("fault.wave-file.same", {{"found", value}, {"before", said->second.value}})});
                return;
            }
        }
    }

    const spreadsheet::Table& table_;
    WaveTable& into_;
    std::vector<Fault>& faults_;
};

std::vector<std::string> column_of(const spreadsheet::Table& table, const waves::FrameTable& frame,
                                   std::string_view column) {
    const auto place = static_cast<std::size_t>(std::ranges::find(frame.head, column) - frame.head.begin());
    std::vector<std::string> texts;
    for (const waves::FrameTable::Row& row : frame.rows)
        texts.push_back(place < frame.head.size() ? spreadsheet::shown(table.cell(row.row, place)) : std::string{});
    return texts;
}

}  // namespace

std::string wave_to_file(const waves::WorkList& list, FileKind kind, Language language) {
    return kind == FileKind::xlsx ? xlsx_of(list, language) : csv_of(list, language);
}

const WaveTable::Said* WaveTable::find(std::string_view column) const {
    const auto found = wave.find(column);
    return found == wave.end() ? nullptr : &found->second;
}

Place WaveTable::place(std::size_t row, std::string_view column) const {
    return waves::place_in(file, frame.head, row,
                           static_cast<std::size_t>(std::ranges::find(frame.head, column) - frame.head.begin()));
}

WaveTable wave_from_file(const catalogue::Register& bodies, std::string_view bytes, const std::string& name) {
    static const std::vector<std::string_view> others = other_columns();
    const spreadsheet::Workbook workbook = forms::workbook_from(bytes);
    const bool is_csv = workbook.tables.size() == 1 && workbook.tables.front().name == "CSV";
    // Whoever sent the bytes over the network reads places as those of a sheet.
    const bool tells_lines = is_csv && !name.empty();
    const auto table = std::ranges::find_if(workbook.tables, has_column_body);
    if (table == workbook.tables.end()) throw InputError{{Fault{{.file = name}, worded("fault.frame.column-body")}}};
    WaveTable read{.file = {.name = name, .sheet = tells_lines ? std::string{} : table->name, .others = others},
                   .frame = {},
                   .reasons = {},
                   .removed = {},
                   .wave = {}};
    std::vector<Fault> faults;
    read.frame = waves::frame_table_from(bodies, *table, read.file, faults);
    WaveColumns{*table, read, faults}.read();
    if (!faults.empty()) throw InputError{std::move(faults)};
    read.reasons = column_of(*table, read.frame, "added_why");
    read.removed = column_of(*table, read.frame, "removed_at");
    return read;
}

}  // namespace resmon::wave_files
