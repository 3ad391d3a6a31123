#include "cli/what_if.hpp"

#include "base/error.hpp"
#include "forecast/words.hpp"

#include <algorithm>
#include <charconv>

namespace resmon::cli {

namespace {

constexpr int most_crews = 1000;

/// `platform=12`
std::pair<catalogue::CrewKind, int> crews_from(const std::string& said) {
    const std::size_t sign = said.find('=');
    int number = 0;
    const char* const end = said.data() + said.size();
    const bool has_number = sign != std::string::npos;
    const auto [stop, error] = std::from_chars(has_number ? said.data() + sign + 1 : end, end, number);
    const auto kind = forecast::crew_kind_from(said.substr(0, sign));
    const bool is_of_provider = kind != catalogue::CrewKind::none && kind != catalogue::CrewKind::local;
    if (!has_number || error != std::errc{} || stop != end || number < 1 || number > most_crews || !is_of_provider)
        throw InputError{worded("fault.cli.crews", {{"found", said}})};
    return {kind, number};
}

}  // namespace

forecast::Overrides overrides_of(const WhatIf& wished) {
    forecast::Overrides overrides{.backups_survive = wished.backups_survive,
                                  .delays = wished.delays,
                                  .reached = wished.reached,
                                  .start = wished.start};
    for (const std::string& said : wished.crews) {
        const auto [kind, number] = crews_from(said);
        overrides.crews[kind] = number;
    }
    for (const std::string& mode : wished.without) {
        const catalogue::ModeKind kind = forecast::mode_kind_from(mode);
        if (kind == catalogue::ModeKind::normal || kind == catalogue::ModeKind::down)
            throw InputError{worded("fault.cli.without", {{"found", mode}})};
        overrides.without_modes.push_back(kind);
    }
    std::ranges::sort(overrides.without_modes);
    const auto again = std::ranges::unique(overrides.without_modes);
    overrides.without_modes.erase(again.begin(), again.end());
    return overrides;
}

}  // namespace resmon::cli
