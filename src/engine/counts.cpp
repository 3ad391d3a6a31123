#include "engine/counts.hpp"

namespace resmon::outage {

const statistics::Scale& share_scale() {
    static const auto scale = statistics::Scale::even(0.001, 1);
    return scale;
}
const statistics::Scale& percent_scale() {
    static const auto scale = statistics::Scale::even(0.01, 1);
    return scale;
}
const statistics::Scale& case_scale() {
    static const auto scale = statistics::Scale::geometric(0.01, 1.02, 1e9);
    return scale;
}
const statistics::Scale& body_case_scale() {
    static const auto scale = statistics::Scale::geometric(0.01, 1.05, 1e9);
    return scale;
}
statistics::Scale day_scale(double horizon) { return statistics::Scale::even(1, horizon); }

Samples::Samples(const Case& outage, std::uint32_t replications)
    : services(outage.services.size()), bodies(outage.bodies.size()),
      questions(outage.questions.size(), std::vector<double>(replications)) {
    for (auto* values : {&loss, &ability_half, &ability_most, &ability_all, &services_half, &services_most,
                         &services_all, &late_cases, &missed_dates, &hours_beyond})
        values->resize(replications);
    for (auto& service : services)
        for (auto& values : service) values.resize(replications);
    for (auto& body : bodies)
        for (auto& values : body) values.resize(replications);
}

void Counts::prepare(const Compiled& compiled) {
    const Case& outage = *compiled.outage;
    const std::size_t days = days_of(outage);
    const std::size_t provisions = outage.provisions.size();
    ability.assign(days * share_scale().bins(), 0);
    services_normal.assign(days * share_scale().bins(), 0);
    backlog.assign(days * case_scale().bins(), 0);
    body_ability.assign(outage.bodies.size() * days * percent_scale().bins(), 0);
    modes.assign(provisions * mode_count * (days + 1), 0);
    for (auto* counted : {&first_mode, &normal, &cleared})
        counted->assign(provisions * day_scale(outage.horizon).bins(), 0);
    for (auto* counted : {&peak, &late, &lost, &reentry, &missed, &hours})
        counted->assign(provisions * body_case_scale().bins(), 0);
    capacity.assign(provisions * mode_count * percent_scale().bins(), 0);
    chains.assign(provisions * compiled.labels.size() * 2, {});
    returns.assign(provisions, 0);
}

}  // namespace resmon::outage
