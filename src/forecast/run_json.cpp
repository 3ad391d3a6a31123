#include "forecast/run_json.hpp"

#include "forecast/forecast_json.hpp"

#include <nlohmann/json.hpp>

namespace resmon::forecast {

using Json = nlohmann::ordered_json;

Json run_to_json(const RunStatus& status) {
    const Run& run = status.run;
    return {{"id", run.id.value},
            {"organisation", run.organisation.value.empty() ? Json(nullptr) : Json(run.organisation.value)},
            {"state", to_string(run.state)},
            {"progress", status.progress},
            {"doing", to_string(status.doing)},
            {"incident", run.request.incident ? Json(run.request.incident->value) : Json(nullptr)},
            {"scenario", run.request.scenario.value},
            {"region", run.request.region.value},
            {"seed", run.sampling.seed},
            {"replications", run.sampling.replications},
            {"overrides", overrides_to_json(run.request.overrides)},
            {"model_version", run.model_version},
            {"catalogue_version", run.catalogue_version},
            {"created_at", run.created_at},
            {"ended_at", run.ended_at.empty() ? Json(nullptr) : Json(run.ended_at)},
            {"seconds_left", status.seconds_left ? Json(*status.seconds_left) : Json(nullptr)},
            {"failure", run.failure.empty() ? Json(nullptr) : Json(run.failure)},
            {"current", status.is_current}};
}

std::string runs_text(std::span<const RunStatus> runs) {
    Json list = {{"runs", Json::array()}};
    for (const RunStatus& status : runs) list["runs"].push_back(run_to_json(status));
    return list.dump();
}

}  // namespace resmon::forecast
