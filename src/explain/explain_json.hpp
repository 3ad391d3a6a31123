// The JSON of explanations: `Autonomy`, `Comparison`, `Timetable`, `Sensitivity`, `Dependencies`, `Conditional` of
// api/outage.yaml.
#pragma once

#include "catalogue/catalogue.hpp"
#include "explain/bottlenecks.hpp"
#include "explain/comparison.hpp"
#include "explain/conditional.hpp"
#include "explain/dependencies.hpp"
#include "explain/explain.hpp"
#include "explain/sensitivity.hpp"
#include "explain/timetable.hpp"

#include <string>
#include <vector>

namespace resmon::explain {

struct Context {
    const catalogue::Catalogue& catalogue;
    const forecast::CaseRequest& request;
};

[[nodiscard]] std::string autonomy_text(const Context& context, const std::vector<ComparedVariant>& variants);
/// `wished` in the order of `variants`.
[[nodiscard]] std::string comparison_text(const Context& context, const std::vector<WishedVariant>& wished,
                                          const std::vector<ComparedVariant>& variants);
[[nodiscard]] std::string timetable_text(const Context& context, const outage::Sampling& sampling, double horizon,
                                         const std::vector<TimetableRow>& rows);
[[nodiscard]] std::string bottlenecks_text(const Context& context, const outage::Sampling& sampling,
                                           const std::vector<Bottleneck>& rows);
[[nodiscard]] std::string sensitivity_text(const Context& context, const outage::Sampling& sampling,
                                           const Sensitivity& sensitivity);
/// `body` empty: of all.
[[nodiscard]] std::string dependencies_text(const Context& context, const std::string& body,
                                            const Dependencies& dependencies);
[[nodiscard]] std::string conditional_text(const Context& context, std::uint64_t seed, const std::string& body,
                                           const Conditional& conditional);

}  // namespace resmon::explain
