#include "forecast/result_parts_json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <string>
#include <thread>

namespace resmon::forecast {

using Json = nlohmann::ordered_json;

Json about_to_json(const About& about) {
    Json json = {{"run_id", about.run.value.empty() ? Json(nullptr) : Json(about.run.value)},
                 {"started", about.started}};
    json.update(effort_to_json(about.effort));
    return json;
}

Json effort_to_json(const Effort& effort) {
    return {{"seconds", effort.seconds},
            {"peak_bytes", peak_bytes()},
            {"threads", effort.threads > 0 ? effort.threads : std::thread::hardware_concurrency()},
            {"ranks", effort.ranks}};
}

std::int64_t peak_bytes() {
    // Not getrusage: its figure outlives exec, so it tells of whoever started us if that was larger.
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::stoll(line.substr(line.find(':') + 1)) * std::int64_t{1024};
    return 0;
}

ResultParts parts_of(const ResultContext& context, const outage::Forecast& forecast, const About& about) {
    ResultParts parts{{"summary", result_text(context, forecast, about)}};
    for (const outage::BodyForecast& body : forecast.bodies)
        parts["body/" + body.key] = body_result_to_json(context, body).dump();
    for (const outage::ServiceForecast& service : forecast.services)
        parts["map/" + service.id] = map_to_json(forecast, service.id).dump();
    return parts;
}

std::string result_text(const ResultContext& context, const outage::Forecast& forecast, const About& about) {
    Json result = result_to_json(context, forecast);
    result["about"] = about_to_json(about);
    return result.dump();
}

std::string course_text(const outage::Case& outage, const outage::Sampling& sampling, std::uint32_t number) {
    return course_to_json(outage, outage::course(outage, sampling, number), number).dump();
}

}  // namespace resmon::forecast
