// A case made ready for computing: checked, hashed, set-backs unrolled, priorities known.
#pragma once

#include "outage/case.hpp"
#include "outage/dimensions.hpp"

#include <cstdint>
#include <vector>

namespace resmon::outage {

/// What the schedule works on: an activity, an attempt at a gate that can fail, or a copy that a failed attempt
/// repeats.
struct Step {
    Index activity = 0;
    std::uint32_t attempt = 0;  ///< 0, 1, 2
    bool is_copy = false;
    std::optional<Index> repeated_by;  ///< gate (activity) whose failed attempts 0 … `failures_needed` − 1 call for it
    std::uint32_t failures_needed = 0;
    std::vector<Index> before;  ///< steps
    std::vector<Index> after;   ///< steps
};

/// One neighbour's help for one service: whoever names it shares its spare capacity.
struct HelperPool {
    std::string id;  ///< `body/service`
    double spare = 0;
    std::optional<Index> provision;  ///< its own; none = outside
    std::vector<Index> named_by;     ///< provisions
};

/// Refers to the case it was made from, which must outlive it.
struct Compiled {
    const Case* outage = nullptr;
    std::vector<std::uint64_t> estimate_hash, owner_hash, activity_hash, resource_hash, backup_hash, provision_hash;
    std::vector<std::uint64_t> activation_hash;  ///< by body × mode: `body/mode`
    std::vector<std::uint64_t> body_hash;        ///< owner factor of activation delays
    std::vector<Step> steps;                     ///< in the byte order of (activity id, attempt, copy)
    std::vector<Index> final_step;               ///< by activity: what its successors wait for
    std::vector<double> priority;                ///< by activity, smallest first; by lot and first come: drawn or timed
    std::vector<Index> by_id;                    ///< provisions in the byte order of (service id, body key)
    std::vector<Index> bodies_by_key;            ///< in byte order
    std::vector<Index> calendars_of_bodies;      ///< each once, in the order of bodies_by_key
    std::vector<Index> resource_rank;            ///< by resource: its place in the byte order of ids
    std::vector<std::vector<Index>> questions_of;             ///< by provision: questions that ask for it
    std::vector<HelperPool> helper_pools;                     ///< by id
    std::vector<std::vector<std::vector<Index>>> helpers_of;  ///< by provision, by mode: helper pools
    std::vector<std::string> labels;                          ///< of chain links, ordered
    std::vector<Index> activity_label, pool_label;            ///< of labels
    Index activation_label = 0, office_hours_label = 0;
    Dimensions dimensions;
};

/// Throws InputError with every contradiction of the case.
[[nodiscard]] Compiled compiled(const Case& outage);

}  // namespace resmon::outage
