// A run: a forecast that is kept, with everything needed to understand and repeat it.
#pragma once

#include "base/quantity.hpp"
#include "outage/forecast.hpp"
#include "region/region.hpp"

#include <optional>
#include <string>

namespace resmon::forecast {

enum class RunState { queued, running, done, cancelled, failed, interrupted };

[[nodiscard]] std::string_view to_string(RunState state);
/// Throws InputError for another word.
[[nodiscard]] RunState run_state_from(std::string_view word);

struct Run {
    RunId id;
    RunState state = RunState::queued;
    CaseRequest request;
    outage::Sampling sampling;
    std::string model_version;
    std::string catalogue_version;
    std::string catalogue_hash;
    std::string created_at;       ///< UTC, ISO 8601
    std::string ended_at;         ///< empty while it has not ended
    std::string failure;          ///< why it failed, else empty
    std::string idempotency_key;  ///< empty if none was given
};

[[nodiscard]] bool has_ended(RunState state);

}  // namespace resmon::forecast
