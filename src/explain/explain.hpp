// The desk of explanations: why the forecast of a run is as it is. Recomputed from its seed and inputs, never kept.
#pragma once

#include "explain/conditional.hpp"
#include "forecast/forecast.hpp"

#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace resmon::explain {

/// A what-if beside others: what it is called and what it changes.
struct WishedVariant {
    std::string name;
    forecast::Overrides overrides;
};

/// Of one request: what all variants share, and the variants, the one to compare with first.
struct WishedComparison {
    forecast::CaseRequest request;
    outage::Sampling sampling;
    std::vector<WishedVariant> variants;
};

/// The shared providers of the case. A body alone is its own provider.
[[nodiscard]] std::vector<std::string> providers_of(const catalogue::Catalogue& catalogue,
                                                    const forecast::CaseRequest& request);

/// Everything here answers JSON of api/outage.yaml. Of a run, the first `courses` of its courses are looked at, at most
/// all of them. Throws NotFound for a run that the person may not see.
class Explanations {
public:
    /// The desk must outlive this one.
    explicit Explanations(forecast::Runs& runs) : runs_{runs} {}

    [[nodiscard]] std::string autonomy(const Principal& who, const RunId& run, std::uint32_t courses);
    [[nodiscard]] std::string timetable(const Principal& who, const RunId& run, std::uint32_t courses,
                                        const std::string& service);
    [[nodiscard]] std::string bottlenecks(const Principal& who, const RunId& run, std::uint32_t courses);
    [[nodiscard]] std::string sensitivity(const Principal& who, const RunId& run, std::uint32_t courses);
    [[nodiscard]] std::string dependencies(const Principal& who, const RunId& run, const std::string& body);
    /// Without a forecast, but with the counts, if too few courses fit what is known.
    [[nodiscard]] std::string conditional(const Principal& who, const RunId& run, const Known& known,
                                          const Patience& patience);
    [[nodiscard]] std::string comparison(const Principal& who, const WishedComparison& wished);

private:
    struct Asked;
    [[nodiscard]] std::string answered(const Principal& who, const RunId& run, const std::string& what,
                                       const std::function<std::string(const Asked&)>& compute);

    forecast::Runs& runs_;
    std::mutex mutex_;  ///< guards the next
    /// Answers by run and question, the latest first: they never change, and a page asks again when somebody comes
    /// back.
    std::list<std::pair<std::string, std::string>> latest_;
};

}  // namespace resmon::explain
