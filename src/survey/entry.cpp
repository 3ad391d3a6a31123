#include "survey/entry.hpp"

#include "base/word.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

namespace resmon::survey {

namespace {

constexpr std::array<std::string_view, 3> sources{"typed", "carried", "imported"};

}  // namespace

std::string_view to_string(Source source) { return word_of(sources, source); }
Source source_from(std::string_view word) { return value_of<Source>(sources, word); }

std::vector<Entry> unsuperseded(std::span<const Entry> entries) {
    std::set<std::int64_t> superseded;
    for (const Entry& entry : entries) superseded.insert(entry.supersedes.begin(), entry.supersedes.end());
    std::vector<Entry> found;
    for (const Entry& entry : entries)
        if (!superseded.contains(entry.number)) found.push_back(entry);
    std::ranges::sort(found, {}, &Entry::number);
    return found;
}

std::vector<Entry> current(std::span<const Entry> entries) {
    std::vector<Entry> found = unsuperseded(entries);
    for (auto entry = found.begin(); entry != found.end();) {
        const bool is_said_later = std::find_if(entry + 1, found.end(), [&](const Entry& later) {
                                       return later.answer == entry->answer;
                                   }) != found.end();
        entry = is_said_later ? found.erase(entry) : entry + 1;
    }
    return found;
}

std::vector<std::int64_t> superseded_by(const std::vector<std::int64_t>& seen, std::span<const Entry> entries) {
    for (const std::int64_t number : seen)
        if (std::ranges::find(entries, number, &Entry::number) == entries.end())
            throw InputError{
                {{{.path = "/supersedes"}, worded("fault.survey.supersedes", {{"number", std::to_string(number)}})}}};
    const std::set<std::int64_t> numbers{seen.begin(), seen.end()};
    return {numbers.begin(), numbers.end()};
}

Answer holding(std::span<const Entry> current_entries) {
    return current_entries.empty() ? Answer{} : current_entries.back().answer;
}

}  // namespace resmon::survey
