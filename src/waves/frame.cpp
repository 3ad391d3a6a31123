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
        throw InputError{fmt::format("must be a number of inhabitants, is {}", digits)};
    return number;
}

void read_inhabitants(std::string_view word, Selection& selection) {
    const std::size_t dots = word.find("..");
    if (dots == std::string_view::npos) throw InputError{fmt::format("must be FROM..TO, is {}", word)};
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

class FrameReader {
public:
    FrameReader(const catalogue::Register& bodies, std::string file) : bodies_{bodies}, file_{std::move(file)} {}

    std::vector<FrameBody> read(std::string_view csv) {
        for (const spreadsheet::Row& row : spreadsheet::table_from_csv(csv).rows) {
            std::vector<std::string> fields;
            for (const spreadsheet::Cell& cell : row) fields.push_back(spreadsheet::shown(cell));
            while (!fields.empty() && fields.back().empty()) fields.pop_back();
            ++line_;
            if (head_.empty()) {
                head_ = std::move(fields);
                check_head();
            } else if (!fields.empty()) {
                add(std::move(fields));
            }
        }
        if (head_.empty()) check_head();
        if (found_.empty() && faults_.empty()) fault({}, "must name at least one body");
        if (!faults_.empty()) throw InputError{std::move(faults_)};
        std::ranges::sort(found_, {}, &FrameBody::body);
        return std::move(found_);
    }

private:
    void check_head() {
        for (const std::string& name : head_)
            if (name != "body" && std::ranges::find(contact_columns, name, &Column::name) == contact_columns.end())
                fault(name, "is no column: known are body, name, street, postcode, city, email");
        if (std::ranges::find(head_, "body") == head_.end()) fault({}, "must have a column body");
        if (!faults_.empty()) throw InputError{std::move(faults_)};
    }

    void add(std::vector<std::string> fields) {
        if (fields.size() > head_.size()) {
            fault({}, fmt::format("must have {} columns, has {}", head_.size(), fields.size()));
            return;
        }
        fields.resize(head_.size());
        const Body* body = body_said(fields);
        if (body == nullptr) return;
        const auto [before, is_new] = lines_.try_emplace(body->key, line_);
        if (!is_new) {
            fault("body", fmt::format("must stand once, {} stands in line {} too", body->name, before->second));
            return;
        }
        found_.push_back(frame_body_of(*body));
        Contact& contact = found_.back().contact;
        for (std::size_t place = 0; place < head_.size(); ++place)
            if (const auto column = std::ranges::find(contact_columns, head_[place], &Column::name);
                column != contact_columns.end())
                contact.*column->field = fields[place];
        if (!contact.email.empty() && !mail::is_address(contact.email))
            fault("email", "must be one address, name@host");
    }

    /// The cell of a spreadsheet may have lost the leading zero, or hold it behind an apostrophe or as ="01…".
    const Body* body_said(const std::vector<std::string>& fields) {
        std::string key = fields[static_cast<std::size_t>(std::ranges::find(head_, "body") - head_.begin())];
        std::erase_if(key,
                      [](char letter) { return letter == '\'' || letter == '=' || letter == '"' || letter == ' '; });
        constexpr std::array<std::size_t, 3> shorter{4, 7, 11};
        if (std::ranges::find(shorter, key.size()) != shorter.end()) key.insert(key.begin(), '0');
        try {
            return &bodies_.body(key);
        } catch (const NotFound&) {
            fault("body", fmt::format("must be the key of a body of the register, is {}", key));
        } catch (const InputError& error) {
            fault("body", error.faults().front().expectation);
        }
        return nullptr;
    }

    void fault(std::string column, std::string expectation) {
        faults_.push_back({{file_, line_, std::move(column)}, std::move(expectation)});
    }

    const catalogue::Register& bodies_;
    std::string file_;
    std::vector<std::string> head_;
    int line_ = 0;
    std::map<BodyKey, int> lines_;
    std::vector<FrameBody> found_;
    std::vector<Fault> faults_;
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
            faults.push_back({{.path = name}, "must be state=…, kind=…, size=… or inhabitants=FROM..TO"});
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

std::vector<FrameBody> frame_from_csv(const catalogue::Register& bodies, std::string_view csv,
                                      const std::string& file) {
    return FrameReader{bodies, file}.read(csv);
}

}  // namespace resmon::waves
