#include "waves/frame.hpp"

#include "base/error.hpp"
#include "base/word.hpp"
#include "mail/message.hpp"
#include "spreadsheet/csv_reader.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>

namespace resmon::waves {

namespace {

using catalogue::Body;
using catalogue::BodyKind;

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
    std::vector<std::string_view> parts;
    while (true) {
        const std::size_t end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos) return parts;
        text.remove_prefix(end + 1);
    }
}

/// ISO 3166-2, in the order of the official keys.
constexpr std::array<std::string_view, 16> state_codes{"DE-SH", "DE-HH", "DE-NI", "DE-HB", "DE-NW", "DE-HE",
                                                       "DE-RP", "DE-BW", "DE-BY", "DE-SL", "DE-BE", "DE-BB",
                                                       "DE-MV", "DE-SN", "DE-ST", "DE-TH"};

State state_said(std::string_view word) {
    if (!word.starts_with("DE-")) return state_from(word);
    const auto first = static_cast<int>(State::schleswig_holstein);
    return static_cast<State>(static_cast<int>(value_of<State>(state_codes, word)) + first);
}

std::optional<long> inhabitants_said(std::string_view digits) {
    if (digits.empty()) return std::nullopt;
    long number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size() || number < 0)
        throw InputError{worded("fault.frame.inhabitants", {{"found", digits}})};
    return number;
}

void read_inhabitants(std::string_view word, Selection& selection) {
    const std::size_t dots = word.find("..");
    if (dots == std::string_view::npos) throw InputError{worded("fault.frame.span", {{"found", word}})};
    selection.at_least = inhabitants_said(word.substr(0, dots));
    selection.at_most = inhabitants_said(word.substr(dots + 2));
}

using ReadWord = std::function<void(std::string_view, Selection&)>;

const std::map<std::string_view, ReadWord>& words_of_selection() {
    static const std::map<std::string_view, ReadWord> words{
        {"state", [](std::string_view word, Selection& into) { into.states.insert(state_said(word)); }},
        {"kind", [](std::string_view word, Selection& into) { into.kinds.insert(catalogue::body_kind_from(word)); }},
        {"size", [](std::string_view word, Selection& into) { into.sizes.insert(catalogue::size_class_from(word)); }},
        {"inhabitants", read_inhabitants}};
    return words;
}

bool selects(const Selection& selection, const Body& body) {
    const auto wants = [](const auto& set, const auto& value) { return set.empty() || set.contains(value); };
    if (selection.kinds.empty() && body.kind == BodyKind::district) return false;
    return wants(selection.states, body.state) && wants(selection.kinds, body.kind) &&
           wants(selection.sizes, catalogue::size_class_of(body.population)) &&
           body.population >= selection.at_least.value_or(0) &&
           body.population <= selection.at_most.value_or(body.population);
}

struct Column {
    std::string_view name;
    std::string Contact::* field;
};
constexpr std::array<Column, 5> contact_columns{{{"name", &Contact::name},
                                                 {"street", &Contact::street},
                                                 {"postcode", &Contact::postcode},
                                                 {"city", &Contact::city},
                                                 {"email", &Contact::email}}};

bool is_of_contact(std::string_view column) {
    return std::ranges::find(contact_columns, column, &Column::name) != contact_columns.end();
}

class FrameReader {
public:
    FrameReader(const catalogue::Register& bodies, const FrameFile& file, std::vector<Fault>& faults)
        : bodies_{bodies}, file_{file}, faults_{faults} {}

    FrameTable read(const spreadsheet::Table& table) {
        const std::size_t before = faults_.size();
        for (; row_ < table.rows.size(); ++row_) {
            std::vector<std::string> fields;
            for (const spreadsheet::Cell& cell : table.rows[row_]) fields.push_back(spreadsheet::shown(cell));
            while (!fields.empty() && fields.back().empty()) fields.pop_back();
            if (fields.empty()) continue;
            if (read_.head.empty()) {
                read_.head = std::move(fields);
                if (!is_head_good()) return std::move(read_);
            } else {
                add(std::move(fields));
            }
        }
        row_ = 0;
        if (read_.head.empty())
            (void)is_head_good();
        else if (read_.rows.empty() && faults_.size() == before)
            fault(0, worded("fault.frame.nobody"));
        return std::move(read_);
    }

private:
    [[nodiscard]] std::size_t place_of(std::string_view column) const {
        return static_cast<std::size_t>(std::ranges::find(read_.head, column) - read_.head.begin());
    }

    bool is_head_good() {
        const std::size_t before = faults_.size();
        for (std::size_t column = 0; column < read_.head.size(); ++column) {
            const std::string& name = read_.head[column];
            if (name != "body" && !is_of_contact(name) && std::ranges::find(file_.others, name) == file_.others.end())
                fault(column,
                      worded("fault.frame.no-column", {{"columns", "body, name, street, postcode, city, email"}}));
            if (place_of(name) != column) fault(column, worded("fault.frame.column-once"));
        }
        if (std::ranges::find(read_.head, "body") == read_.head.end())
            faults_.push_back({{file_.name, read_.head.empty() ? 0 : line(), {}}, worded("fault.frame.column-body")});
        return faults_.size() == before;
    }

    void add(std::vector<std::string> fields) {
        if (fields.size() > read_.head.size()) {
            fault(read_.head.size(), worded("fault.columns", {{"wanted", static_cast<double>(read_.head.size())},
                                                              {"found", static_cast<double>(fields.size())}}));
            return;
        }
        fields.resize(read_.head.size());
        const Body* body = body_said(fields);
        if (body == nullptr) return;
        const auto [before, is_new] = lines_.try_emplace(body->key, line());
        if (!is_new) {
            fault("body",
                  worded("fault.frame.once", {{"body", body->name}, {"line", static_cast<double>(before->second)}}));
            return;
        }
        FrameBody found = frame_body_of(*body);
        for (const Column& column : contact_columns)
            if (const std::size_t place = place_of(column.name); place < fields.size())
                found.contact.*column.field = fields[place];
        if (!found.contact.email.empty() && !mail::is_address(found.contact.email))
            fault("email", worded("fault.address"));
        read_.rows.push_back({std::move(found), row_});
    }

    /// The cell of a spreadsheet may have lost the leading zero, or hold it behind an apostrophe or as ="01…".
    const Body* body_said(const std::vector<std::string>& fields) {
        std::string key = fields[place_of("body")];
        std::erase_if(key,
                      [](char letter) { return letter == '\'' || letter == '=' || letter == '"' || letter == ' '; });
        constexpr std::array<std::size_t, 3> shorter{4, 7, 11};
        if (std::ranges::find(shorter, key.size()) != shorter.end()) key.insert(key.begin(), '0');
        try {
            return &bodies_.body(key);
        } catch (const NotFound&) {
            fault("body", worded("fault.frame.key", {{"found", key}}));
        } catch (const InputError& error) {
            fault("body", error.faults().front().expectation);
        }
        return nullptr;
    }

    [[nodiscard]] int line() const { return static_cast<int>(row_) + 1; }
    void fault(std::string_view column, Wording expectation) { fault(place_of(column), std::move(expectation)); }
    void fault(std::size_t column, Wording expectation) {
        faults_.push_back({place_in(file_, read_.head, row_, column), std::move(expectation)});
    }

    const catalogue::Register& bodies_;
    const FrameFile& file_;
    std::vector<Fault>& faults_;
    FrameTable read_;
    std::size_t row_ = 0;
    std::map<BodyKey, int> lines_;
};

}  // namespace

Selection selection_from(std::string_view words) {
    Selection selection;
    std::vector<Fault> faults;
    for (const std::string_view part : parts_of(words, ',')) {
        const std::size_t equals = part.find('=');
        const std::string name{part.substr(0, equals)};
        const auto reading = words_of_selection().find(name);
        if (equals == std::string_view::npos || reading == words_of_selection().end()) {
            faults.push_back({{.path = name}, worded("fault.frame.selection")});
            continue;
        }
        for (const std::string_view word : parts_of(part.substr(equals + 1), '+')) try {
                reading->second(word, selection);
            } catch (const InputError& error) {
                faults.push_back({{.path = name}, error.faults().front().expectation});
            }
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
    return selection;
}

FrameBody frame_body_of(const Body& body) {
    return {.body = body.key,
            .name = body.name,
            .state = body.state,
            .kind = body.kind,
            .size = catalogue::size_class_of(body.population),
            .inhabitants = body.population};
}

std::vector<FrameBody> frame_of(const catalogue::Register& bodies, const Selection& selection) {
    std::vector<FrameBody> found;
    for (const Body& body : bodies.bodies())
        if (selects(selection, body)) found.push_back(frame_body_of(body));
    return found;
}

bool FrameTable::has_contacts() const { return std::ranges::any_of(head, is_of_contact); }

void FrameTable::keep_untold(Contact& told, const Contact& before) const {
    for (const Column& column : contact_columns)
        if (std::ranges::find(head, column.name) == head.end()) told.*column.field = before.*column.field;
}

Place place_in(const FrameFile& file, const std::vector<std::string>& head, std::size_t row, std::size_t column) {
    if (file.sheet.empty())
        return {file.name, static_cast<int>(row) + 1, column < head.size() ? head[column] : std::string{}};
    return {.file = file.name, .line = 0, .path = "/" + file.sheet + "/" + spreadsheet::cell_name(row, column)};
}

FrameTable frame_table_from(const catalogue::Register& bodies, const spreadsheet::Table& table, const FrameFile& file,
                            std::vector<Fault>& faults) {
    return FrameReader{bodies, file, faults}.read(table);
}

std::vector<FrameBody> frame_from_csv(const catalogue::Register& bodies, std::string_view csv,
                                      const std::string& file) {
    std::vector<Fault> faults;
    FrameTable read = frame_table_from(bodies, spreadsheet::table_from_csv(csv), {.name = file}, faults);
    if (!faults.empty()) throw InputError{std::move(faults)};
    std::vector<FrameBody> found;
    for (FrameTable::Row& row : read.rows) found.push_back(std::move(row.body));
    std::ranges::sort(found, {}, &FrameBody::body);
    return found;
}

}  // namespace resmon::waves
