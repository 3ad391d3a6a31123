#include "risk/risk_api.hpp"

#include "base/error.hpp"
#include "risk/risk_json.hpp"

#include <map>
#include <memory>
#include <mutex>

namespace resmon::risk {

namespace {

/// The answer to a place is the same until the catalogue changes, and that needs a new start: each is computed once.
class Answers {
public:
    explicit Answers(const catalogue::Catalogue& catalogue) : catalogue_{catalogue} {}

    [[nodiscard]] RiskReport of(const Place& place) {
        const std::string key = place.body ? place.body->text() : place.region.value;
        {
            const std::lock_guard lock{mutex_};
            if (const auto known = known_.find(key); known != known_.end()) return known->second;
        }
        RiskReport report = risk_of(catalogue_, place, {});
        const std::lock_guard lock{mutex_};
        constexpr std::size_t most = 500;
        if (known_.size() >= most) known_.clear();
        return known_.emplace(key, std::move(report)).first->second;
    }

private:
    const catalogue::Catalogue& catalogue_;
    std::mutex mutex_;
    std::map<std::string, RiskReport> known_;
};

Place place_in(const catalogue::Catalogue& catalogue, const http::Request& request) {
    const auto body = request.query.find("body");
    const auto region = request.query.find("region");
    if ((body == request.query.end()) == (region == request.query.end()))
        throw InputError{{{{.path = "/query"}, worded("fault.risk.place")}}};
    if (region != request.query.end()) return {.region = catalogue.region({region->second}).id};
    return {.body = catalogue.bodies.body(body->second).key};
}

}  // namespace

void add_routes(http::Routes& routes, const catalogue::Catalogue& catalogue) {
    // Handlers are copied, what they know is one.
    const auto answers = std::make_shared<Answers>(catalogue);
    routes.get("/api/v1/risk", Action::compute_forecast, [&catalogue, answers](const http::Request& request) {
        const RiskReport report = answers->of(place_in(catalogue, request));
        return http::json_response(risk_to_json(catalogue, report).dump());
    });
    routes.get("/api/v1/risk/curve", Action::compute_forecast, [&catalogue, answers](const http::Request& request) {
        const Language language = http::language_asked(request, Language::german);
        return http::file_response(http::csv_type, risk_csv(answers->of(place_in(catalogue, request)), language),
                                   "resmon-risk.csv");
    });
}

}  // namespace resmon::risk
