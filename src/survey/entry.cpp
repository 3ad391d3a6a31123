#include "survey/entry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace resmon::survey {

std::vector<Entry> current(std::span<const Entry> entries) {
    std::set<std::int64_t> superseded;
    for (const Entry& entry : entries) superseded.insert(entry.supersedes.begin(), entry.supersedes.end());
    std::vector<Entry> found;
    for (const Entry& entry : entries)
        if (!superseded.contains(entry.number)) found.push_back(entry);
    std::ranges::sort(found, {}, &Entry::number);
    return found;
}

std::vector<std::int64_t> superseded_by(const Answer& answer, const std::vector<std::int64_t>& seen,
                                        std::span<const Entry> entries) {
    std::set<std::int64_t> numbers;
    for (const std::int64_t number : seen) {
        if (std::ranges::find(entries, number, &Entry::number) == entries.end())
            throw InputError{
                {{{.path = "/supersedes"}, fmt::format("must be entries to this question, {} is none", number)}}};
        numbers.insert(number);
    }
    for (const Entry& entry : current(entries))
        if (entry.answer == answer) numbers.insert(entry.number);
    return {numbers.begin(), numbers.end()};
}

Answer holding(std::span<const Entry> current_entries) {
    return current_entries.empty() ? Answer{} : current_entries.back().answer;
}

}  // namespace resmon::survey
