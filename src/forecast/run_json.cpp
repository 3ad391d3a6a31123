#include "forecast/run_json.hpp"

#include "forecast/forecast_json.hpp"

#include <nlohmann/json.hpp>

#include <array>
#include <string_view>

namespace resmon::forecast {

using Json = nlohmann::ordered_json;

namespace {

constexpr std::array<std::string_view, 4> doing_words{"waiting", "computing", "storing", "nothing"};

}  // namespace

Json run_to_json(const RunStatus& status) {
    const Run& run = status.run;
    return {{"id", run.id.value},
            {"state", to_string(run.state)},
            {"progress", status.progress},
            {"doing", doing_words.at(static_cast<std::size_t>(status.doing))},
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
