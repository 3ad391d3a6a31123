#include "catalogue/register.hpp"

#include "base/error.hpp"
#include "base/word.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

namespace resmon::catalogue {

namespace {

constexpr std::array<std::string_view, 4> body_kinds{"municipality", "joint-administration", "district",
                                                     "independent-city"};
constexpr std::array<std::string_view, 6> size_classes{"below-5000", "from-5000",  "from-10000",
                                                       "from-20000", "from-50000", "from-100000"};

constexpr std::array<std::string_view, 15> columns{"ags",
                                                   "ars",
                                                   "name",
                                                   "kind",
                                                   "population",
                                                   "area_km2",
                                                   "postcode",
                                                   "lat",
                                                   "lon",
                                                   "district_key",
                                                   "district_name",
                                                   "district_kind",
                                                   "association_key",
                                                   "association_name",
                                                   "association_kind"};

/// Records of RFC 4180; a quoted field may hold separators and line breaks.
class CsvReader {
public:
    explicit CsvReader(std::string_view text) : text_{text} {}

    /// False at the end. `line` is where the record began.
    bool next(std::vector<std::string>& fields, int& line) {
        fields.clear();
        if (at_ >= text_.size()) return false;
        line = line_;
        fields.emplace_back();
        bool in_quotes = false;
        for (; at_ < text_.size(); ++at_) {
            const char character = text_[at_];
            if (character == '\n') ++line_;
            if (in_quotes) {
                if (character != '"')
                    fields.back() += character;
                else if (at_ + 1 < text_.size() && text_[at_ + 1] == '"')
                    fields.back() += text_[++at_];
                else
                    in_quotes = false;
            } else if (character == '"')
                in_quotes = true;
            else if (character == ',')
                fields.emplace_back();
            else if (character == '\n')
                break;
            else if (character != '\r')
                fields.back() += character;
        }
        ++at_;
        return true;
    }

private:
    std::string_view text_;
    std::size_t at_ = 0;
    int line_ = 1;
};

class RowReader {
public:
    RowReader(const std::vector<std::string>& fields, const std::string& file, int line, std::vector<Fault>& faults)
        : fields_{fields}, file_{file}, line_{line}, faults_{faults} {}

    template <class Number>
    Number number(std::size_t column, Number least) {
        Number value{};
        const std::string& text = fields_[column];
        const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc{} || stop != text.data() + text.size() || !(value >= least)) {
            fault(column, worded("fault.number-least", {{"least", fmt::format("{}", least)}, {"found", text}}));
            return least;
        }
        return value;
    }

    std::string digits(std::size_t column, std::size_t count) {
        const std::string& text = fields_[column];
        const bool is_key =
            text.size() == count && std::ranges::all_of(text, [](char digit) { return digit >= '0' && digit <= '9'; });
        if (!is_key) fault(column, worded("fault.digits", {{"count", std::to_string(count)}, {"found", text}}));
        return is_key ? text : std::string(count, '0');
    }

    void fault(std::size_t column, Wording expectation) {
        faults_.push_back({{file_, line_, std::string{columns.at(column)}}, std::move(expectation)});
    }

private:
    const std::vector<std::string>& fields_;
    const std::string& file_;
    int line_;
    std::vector<Fault>& faults_;
};

Municipality municipality_from(const std::vector<std::string>& fields, RowReader& row) {
    Municipality municipality;
    municipality.ags = Ags{row.digits(0, 8)};
    municipality.ars = Ars{row.digits(1, 12)};
    municipality.name = fields[2];
    if (municipality.name.empty()) row.fault(2, worded("fault.missing"));
    municipality.kind = row.number<int>(3, 0);
    municipality.population = row.number<long>(4, 0);
    municipality.area_km2 = row.number<double>(5, 0);
    municipality.postcode = row.digits(6, 5);
    municipality.latitude = row.number<double>(7, -90);
    municipality.longitude = row.number<double>(8, -180);
    if (row.digits(9, 5) != municipality.ars.text().substr(0, 5))
        row.fault(9, worded("fault.register.begins", {{"ars", municipality.ars.text()}, {"found", fields[9]}}));
    municipality.district_name = fields[10];
    municipality.district_kind = row.number<int>(11, 40);
    if (row.digits(12, 9) != municipality.ars.text().substr(0, 9))
        row.fault(12, worded("fault.register.begins", {{"ars", municipality.ars.text()}, {"found", fields[12]}}));
    municipality.association_name = fields[13];
    municipality.association_kind = row.number<int>(14, 50);
    return municipality;
}

bool is_independent_city(const Municipality& municipality) {
    return municipality.district_kind == 41 || municipality.district_kind == 42;
}

/// In these two states a joint administration leaves each member its own town hall (docs/decisions/0002).
bool keeps_own_town_hall(const Municipality& municipality) {
    const State state = state_of(municipality.ars);
    return municipality.association_kind != 50 && (state == State::baden_wuerttemberg || state == State::sachsen);
}

/// Official names carry their rank after a comma: `Lüdenscheid, Stadt`.
std::string spoken(const std::string& name) { return name.substr(0, name.find(", ")); }

void add_municipality(std::map<BodyKey, Body>& bodies, const BodyKey& key, const Municipality& municipality,
                      std::map<BodyKey, long>& largest) {
    Body& body = bodies[key];
    body.key = key;
    body.state = state_of(municipality.ars);
    body.district = district_of(municipality.ars);
    body.population += municipality.population;
    body.municipalities.push_back(municipality.ags);
    if (municipality.population >= largest[key]) {
        largest[key] = municipality.population;
        body.latitude = municipality.latitude;
        body.longitude = municipality.longitude;
    }
}

std::vector<Body> bodies_of(const std::vector<Municipality>& municipalities) {
    std::map<BodyKey, Body> bodies;
    std::map<BodyKey, long> largest;
    for (const Municipality& municipality : municipalities) {
        const bool alone = keeps_own_town_hall(municipality);
        const BodyKey key = alone ? municipality.ars : body_key_of(association_of(municipality.ars));
        add_municipality(bodies, key, municipality, largest);
        Body& town_hall = bodies[key];
        const bool is_joint = !alone && municipality.association_kind != 50;
        town_hall.kind = is_independent_city(municipality) ? BodyKind::independent_city
                         : is_joint                        ? BodyKind::joint_administration
                                                           : BodyKind::municipality;
        town_hall.name = spoken(is_joint ? municipality.association_name : municipality.name);
        if (is_independent_city(municipality)) continue;
        const BodyKey district = body_key_of(district_of(municipality.ars));
        add_municipality(bodies, district, municipality, largest);
        bodies[district].kind = BodyKind::district;
        bodies[district].name = spoken(municipality.district_name);
    }
    std::vector<Body> ordered;
    for (auto& [key, body] : bodies) ordered.push_back(std::move(body));
    return ordered;
}

}  // namespace

std::string_view to_string(BodyKind kind) { return word_of(body_kinds, kind); }
BodyKind body_kind_from(std::string_view word) { return value_of<BodyKind>(body_kinds, word); }

std::string_view to_string(SizeClass size) { return word_of(size_classes, size); }
SizeClass size_class_from(std::string_view word) { return value_of<SizeClass>(size_classes, word); }

SizeClass size_class_of(long inhabitants) {
    constexpr std::array<long, 5> edges{5'000, 10'000, 20'000, 50'000, 100'000};
    return static_cast<SizeClass>(std::ranges::upper_bound(edges, inhabitants) - edges.begin());
}

Register Register::from_csv(std::string_view csv, const std::string& file_name) {
    std::vector<Fault> faults;
    Register read;
    CsvReader reader{csv.starts_with("\xEF\xBB\xBF") ? csv.substr(3) : csv};
    std::vector<std::string> fields;
    int line = 0;
    if (!reader.next(fields, line) || !std::ranges::equal(fields, columns))
        throw InputError{
            {{{file_name, 1, {}},
              worded("fault.register.columns", {{"columns", fmt::format("{}", fmt::join(columns, ","))}})}}};
    while (reader.next(fields, line)) {
        if (fields.size() == 1 && fields[0].empty()) continue;
        if (fields.size() != columns.size()) {
            faults.push_back({{file_name, line, {}},
                              worded("fault.columns", {{"wanted", std::to_string(columns.size())},
                                                       {"found", std::to_string(fields.size())}})});
            continue;
        }
        RowReader row{fields, file_name, line, faults};
        read.municipalities_.push_back(municipality_from(fields, row));
        const std::string_view state = std::string_view{read.municipalities_.back().ars.text()}.substr(0, 2);
        if (state < "01" || state > "16") row.fault(1, worded("fault.state-number", {{"found", fields[1]}}));
    }
    if (read.municipalities_.empty()) faults.push_back({{file_name, 1, {}}, worded("fault.register.empty")});
    std::ranges::sort(read.municipalities_, {}, &Municipality::ars);
    for (std::size_t place = 1; place < read.municipalities_.size(); ++place)
        if (read.municipalities_[place].ars == read.municipalities_[place - 1].ars && faults.empty())
            faults.push_back(
                {{file_name, 0, "ars"}, worded("fault.twice", {{"found", read.municipalities_[place].ars.text()}})});
    if (!faults.empty()) throw InputError{std::move(faults)};
    read.bodies_ = bodies_of(read.municipalities_);
    return read;
}

const Body* Register::find_body(const BodyKey& key) const {
    const auto found = std::ranges::lower_bound(bodies_, key, {}, &Body::key);
    return found != bodies_.end() && found->key == key ? &*found : nullptr;
}

const Body& Register::body(std::string_view key) const {
    if (key.size() == 12) {
        if (const Body* found = find_body(BodyKey{key})) return *found;
        throw NotFound{worded("fault.body.none", {{"key", key}})};
    }
    std::vector<const Body*> candidates;
    for (const Body& body : bodies_) {
        const bool serves = key.size() == 8 &&
                            std::ranges::any_of(body.municipalities, [&](const Ags& ags) { return ags.text() == key; });
        const bool is_district = key.size() == 5 && body.kind == BodyKind::district && body.district.text() == key;
        if ((serves && body.kind != BodyKind::district) || is_district) candidates.push_back(&body);
    }
    if (candidates.size() == 1) return *candidates.front();
    if (candidates.empty()) throw NotFound{worded("fault.body.none", {{"key", key}})};
    std::vector<std::string> names;
    for (const Body* candidate : candidates) names.push_back(candidate->key.text() + " " + candidate->name);
    throw InputError{
        worded("fault.body.several", {{"key", key}, {"names", fmt::format("{}", fmt::join(names, ", "))}})};
}

}  // namespace resmon::catalogue
