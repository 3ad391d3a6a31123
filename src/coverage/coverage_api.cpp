#include "coverage/coverage_api.hpp"

#include "coverage/coverage_json.hpp"

#include <memory>
#include <mutex>

namespace resmon::coverage {

namespace {

/// The answer is the same until the catalogue changes, and that needs a new start: it is computed once, when somebody
/// asks for the first time.
class Answer {
public:
    explicit Answer(const catalogue::Catalogue& catalogue) : catalogue_{catalogue} {}

    [[nodiscard]] const Replays& replays() {
        std::call_once(computed_, [this] {
            const outage::Sampling sampling{.seed = 1, .replications = 1000};
            replays_ = replays_of(catalogue_, sampling, [&sampling](const outage::Case& outage) {
                return outage::forecast(outage, sampling);
            });
        });
        return *replays_;
    }

private:
    const catalogue::Catalogue& catalogue_;
    std::once_flag computed_;
    std::optional<Replays> replays_;
};

}  // namespace

void add_routes(http::Routes& routes, const catalogue::Catalogue& catalogue) {
    // Handlers are copied, what they know is one.
    const auto answer = std::make_shared<Answer>(catalogue);
    routes.get("/api/v1/coverage", Action::compute_forecast, [answer](const http::Request&) {
        return http::json_response(coverage_to_json(answer->replays()).dump());
    });
    routes.get("/api/v1/coverage/table", Action::compute_forecast, [answer](const http::Request& request) {
        const Language language = http::language_asked(request, Language::german);
        return http::file_response(http::csv_type, coverage_csv(answer->replays(), language), "resmon-coverage.csv");
    });
}

}  // namespace resmon::coverage
