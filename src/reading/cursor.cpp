#include "reading/cursor.hpp"

#include "schema/check.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>

namespace resmon::catalogue {

namespace {

std::size_t edit_distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t place = 1; place <= one.size(); ++place) {
        std::size_t diagonal = row[0];
        row[0] = place;
        for (std::size_t column = 1; column <= other.size(); ++column) {
            const std::size_t changed = diagonal + (one[place - 1] == other[column - 1] ? 0 : 1);
            diagonal = row[column];
            row[column] = std::min({changed, row[column] + 1, row[column - 1] + 1});
        }
    }
    return row.back();
}

/// The key of what the bounds ask for; none if the value keeps them.
const char* broken_bounds(double value, Bounds bounds) {
    switch (bounds) {
        case Bounds::any: return nullptr;
        case Bounds::not_negative: return value >= 0 ? nullptr : "fault.read.not-negative";
        case Bounds::positive: return value > 0 ? nullptr : "fault.read.positive";
        case Bounds::share: return value >= 0 && value <= 1 ? nullptr : "fault.read.share";
    }
    return nullptr;
}

constexpr std::array<std::string_view, 3> figure_kinds{"measured", "statute", "estimate"};

}  // namespace

std::optional<std::string> meant(std::string_view word, std::span<const std::string_view> words) {
    std::optional<std::string> nearest;
    std::size_t least = std::max<std::size_t>(2, word.size() / 3) + 1;
    for (const std::string_view known : words) {
        // Letters that one has more must all be put in: of very long words none is looked at.
        if (known.size() + least <= word.size() || word.size() + least <= known.size()) continue;
        if (const std::size_t distance = edit_distance(word, known); distance < least) {
            least = distance;
            nearest = known;
        }
    }
    return nearest;
}

Place Cursor::place() const { return {file_->file, tree_ == nullptr ? line_of_parent_ : tree_->line, path_}; }

void Cursor::fault(Wording expectation) const { file_->faults->push_back({place(), std::move(expectation)}); }

Cursor Cursor::named(const std::string& name) const {
    Cursor same = *this;
    same.path_ = name;
    return same;
}

Cursor Cursor::at(const std::string& key) const {
    const std::string path = path_.empty() ? key : path_ + "." + key;
    const int line = tree_ == nullptr ? line_of_parent_ : tree_->line;
    return {is_mapping() ? tree_->find(key) : nullptr, path, file_, line};
}

std::vector<Cursor> Cursor::items() const {
    std::vector<Cursor> found;
    if (!is_list()) {
        fault(worded(exists() ? "fault.read.list" : "fault.read.no-list"));
        return found;
    }
    for (std::size_t place = 0; place < tree_->items.size(); ++place)
        found.emplace_back(&tree_->items[place], fmt::format("{}.{}", path_, place), file_, tree_->line);
    return found;
}

std::vector<std::pair<std::string, Cursor>> Cursor::entries() const {
    std::vector<std::pair<std::string, Cursor>> found;
    if (!is_mapping()) {
        fault(worded(exists() ? "fault.read.mapping" : "fault.read.no-mapping"));
        return found;
    }
    for (const TreeEntry& entry : tree_->entries) found.emplace_back(entry.key, at(entry.key));
    return found;
}

void Cursor::only(std::initializer_list<std::string_view> keys) const {
    if (!is_mapping()) {
        fault(worded(exists() ? "fault.read.mapping" : "fault.read.no-mapping"));
        return;
    }
    for (const TreeEntry& entry : tree_->entries) {
        if (std::ranges::find(keys, entry.key) != keys.end()) continue;
        const auto nearest = meant(entry.key, std::span{keys.begin(), keys.size()});
        const std::string path = path_.empty() ? entry.key : path_ + "." + entry.key;
        file_->faults->push_back(
            {{file_->file, entry.line, path},
             nearest ? worded("fault.read.unknown-near", {{"near", *nearest}}) : worded("fault.read.unknown")});
    }
}

std::string Cursor::text() const {
    if (!is_text() || tree_->scalar.empty()) {
        fault(worded(exists() && !is_text() ? "fault.read.text" : "fault.read.no-text"));
        return {};
    }
    return tree_->scalar;
}

std::string Cursor::text_or(std::string_view otherwise) const { return exists() ? text() : std::string{otherwise}; }

Text Cursor::both_languages() const {
    if (!is_mapping()) {
        fault(worded("fault.read.both-languages"));
        return {};
    }
    only({"de", "en"});
    return {at("de").text(), at("en").text()};
}

Text Cursor::both_languages_or_none() const { return exists() ? both_languages() : Text{}; }

std::optional<double> Cursor::parsed(const Tree& scalar) const {
    double value = 0;
    const char* end = scalar.scalar.data() + scalar.scalar.size();
    const auto [stop, error] = std::from_chars(scalar.scalar.data(), end, value);
    if (scalar.kind != Tree::Kind::scalar || scalar.is_quoted || error != std::errc{} || stop != end ||
        !std::isfinite(value))
        return std::nullopt;
    return value;
}

bool Cursor::is_number() const { return exists() && parsed(*tree_).has_value(); }

double Cursor::number(Bounds bounds) const {
    if (!exists()) {
        fault(worded("fault.read.no-number"));
        return 0;
    }
    const std::optional<double> value = parsed(*tree_);
    if (!value) {
        fault(is_text() ? worded("fault.read.number-is", {{"found", schema::shortened(tree_->scalar)}})
                        : worded("fault.read.number"));
        return 0;
    }
    if (const char* const broken = broken_bounds(*value, bounds); broken != nullptr)
        fault(worded(broken, {{"found", schema::shortened(tree_->scalar)}}));
    return *value;
}

double Cursor::number_or(double otherwise, Bounds bounds) const { return exists() ? number(bounds) : otherwise; }

bool Cursor::flag_or(bool otherwise) const {
    if (!exists()) return otherwise;
    if (is_text() && tree_->scalar == "true") return true;
    if (!is_text() || tree_->scalar != "false") fault(worded("fault.read.flag"));
    return false;
}

std::optional<std::string> Cursor::digits(std::size_t count) const {
    if (!is_text()) {
        fault(worded("fault.read.no-digits", {{"count", std::to_string(count)}}));
        return std::nullopt;
    }
    if (!tree_->is_quoted) {
        fault(worded("fault.read.digits-unquoted", {{"found", schema::shortened(tree_->scalar)}}));
        return std::nullopt;
    }
    const bool is_key = tree_->scalar.size() == count &&
                        std::ranges::all_of(tree_->scalar, [](char digit) { return digit >= '0' && digit <= '9'; });
    if (!is_key) {
        fault(worded("fault.read.digits",
                     {{"count", std::to_string(count)}, {"found", schema::shortened(tree_->scalar)}}));
        return std::nullopt;
    }
    return tree_->scalar;
}

std::size_t Cursor::one_of(std::span<const std::string_view> words) const {
    const auto found = is_text() ? std::ranges::find(words, std::string_view{tree_->scalar}) : words.end();
    if (found != words.end()) return static_cast<std::size_t>(found - words.begin());
    const std::string list = fmt::format("{}", fmt::join(words, ", "));
    fault(is_text() ? worded("fault.read.one-of", {{"words", list}, {"found", schema::shortened(tree_->scalar)}})
                    : worded("fault.read.no-one-of", {{"words", list}}));
    return 0;
}

Figure Cursor::missing_figure() const {
    fault(worded(exists() ? "fault.read.figure" : "fault.read.no-figure"));
    return {.place = place()};
}

Figure Cursor::figure(Bounds bounds, Spread spread) const {
    if (!is_mapping()) return missing_figure();
    only({"value", "low", "high", "kind", "source", "derived_from", "unit"});
    Figure figure = figure_source();
    figure.id = file_->figure_prefix + "/" + path_;
    std::ranges::replace(figure.id, '.', '/');
    figure.place = place();
    // The figure itself is what is wrong, not its part: people look for `demand_per_1000`.
    figure.value = at("value").named(path_).number(bounds);
    figure.low = at("low").number_or(figure.value, bounds);
    figure.high = at("high").number_or(figure.value, bounds);
    if (!(figure.low <= figure.value && figure.value <= figure.high))
        fault(worded("fault.read.order", {{"low", fmt::format("{}", figure.low)},
                                          {"value", fmt::format("{}", figure.value)},
                                          {"high", fmt::format("{}", figure.high)}}));
    figure.spread = figure.low > 0 ? spread : Spread::uniform;
    return figure;
}

Figure Cursor::figure_source() const {
    Figure figure;
    figure.kind = static_cast<FigureKind>(at("kind").one_of(figure_kinds));
    figure.source = at("source").text();
    if (at("derived_from").exists())
        for (const Cursor& incident : at("derived_from").items()) figure.derived_from.push_back({incident.text()});
    return figure;
}

std::optional<Figure> Cursor::figure_or_none(Bounds bounds, Spread spread) const {
    return exists() ? std::optional{figure(bounds, spread)} : std::nullopt;
}

}  // namespace resmon::catalogue
