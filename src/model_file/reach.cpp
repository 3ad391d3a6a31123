#include "model_file/reach.hpp"

namespace resmon::model_file {

using Kind = outage::Requirement::Kind;

std::optional<std::string> never_met(const outage::Case& outage, const outage::Requirement& needs) {
    if (needs.kind == Kind::resource) {
        const outage::Resource& resource = outage.resources[needs.resource];
        const bool is_gone =
            resource.restored_by.empty() && resource.fails && outage.estimates[*resource.fails].low >= 1;
        return is_gone ? std::optional{resource.id} : std::nullopt;
    }
    std::size_t lost = 0;
    std::optional<std::string> first;
    for (const outage::Requirement& part : needs.of)
        if (const auto gone = never_met(outage, part); gone) {
            ++lost;
            if (!first) first = gone;
        }
    const std::size_t wanted = needs.kind == Kind::all ? needs.of.size() : (needs.kind == Kind::any ? 1 : needs.count);
    return needs.of.size() - lost < wanted ? first : std::nullopt;
}

}  // namespace resmon::model_file
