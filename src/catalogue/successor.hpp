// Which body took over from which: mergers and reorganisations, followed from an earlier wave to a later one.
#pragma once

#include "base/body_key.hpp"
#include "base/calendar.hpp"

#include <set>
#include <span>
#include <string>
#include <vector>

namespace resmon::catalogue {

/// A body that ended and the one that does its work since. Several of the same day with one `to` are a merger.
struct Successor {
    BodyKey from;
    BodyKey to;
    Date date;           ///< the first day of the new body
    std::string source;  ///< the law or the notice
};

/// The keys under which a body of `until` stood at `since`: its own, if it had no predecessor meanwhile, else all that
/// went into it, over any number of steps.
[[nodiscard]] std::set<BodyKey> keys_at(std::span<const Successor> successors, const BodyKey& body, Date since,
                                        Date until);

/// The keys under which one and the same body stood until then, newest first, its own at the head: over new keys and
/// over bodies that it took in under its own key. Ends where several went into a new one, for what several answered is
/// the answer of none.
[[nodiscard]] std::vector<BodyKey> continued_keys(std::span<const Successor> successors, const BodyKey& body,
                                                  Date until);

}  // namespace resmon::catalogue
