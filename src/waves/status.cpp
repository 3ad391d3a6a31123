#include "waves/status.hpp"

#include "base/word.hpp"

#include <map>
#include <numeric>

namespace resmon::waves {

namespace {

template <class Key>
std::vector<Group> groups_of(std::span<const BodyStatus> bodies, Key FrameBody::* key) {
    std::map<Key, Counts> counted;
    for (const BodyStatus& one : bodies)
        if (!one.body.is_removed()) ++counted[one.body.*key][static_cast<std::size_t>(one.standing)];
    std::vector<Group> groups;
    for (const auto& [value, counts] : counted) groups.push_back({std::string{to_string(value)}, counts});
    return groups;
}

}  // namespace

std::string_view to_string(Standing standing) { return word_of(standings, standing); }
Standing standing_from(std::string_view word) { return value_of<Standing>(standings, word); }

long sum_of(const Counts& counts) { return std::reduce(counts.begin(), counts.end()); }

double response_rate(const Counts& counts) {
    const long all = sum_of(counts);
    return all == 0
               ? 0
               : static_cast<double>(counts[static_cast<std::size_t>(Standing::handed_in)]) / static_cast<double>(all);
}

Status status_of(std::span<const BodyStatus> bodies) {
    Status status{.by_state = groups_of(bodies, &FrameBody::state),
                  .by_size = groups_of(bodies, &FrameBody::size),
                  .by_kind = groups_of(bodies, &FrameBody::kind)};
    for (const BodyStatus& one : bodies)
        if (!one.body.is_removed()) ++status.total[static_cast<std::size_t>(one.standing)];
    return status;
}

}  // namespace resmon::waves
