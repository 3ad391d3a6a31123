// Numbers with their unit, and names that cannot be mixed up.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace resmon {

/// Days since a disruption, or a duration in days; infinity means never.
struct Days {
    double value = 0;
    auto operator<=>(const Days&) const = default;
};

struct Kilometres {
    double value = 0;
    auto operator<=>(const Kilometres&) const = default;
};

struct EuroCents {
    std::int64_t value = 0;
    auto operator<=>(const EuroCents&) const = default;
};

/// A number from 0 to 1. Throws InputError for any other, also for NaN.
class Share {
public:
    constexpr Share() = default;
    explicit Share(double value);

    [[nodiscard]] constexpr double value() const noexcept { return value_; }
    auto operator<=>(const Share&) const = default;

private:
    double value_ = 0;
};

/// A stable name of a thing of one kind: kebab-case in the catalogue. Ordered by bytes, in every locale.
template <class Thing>
struct Id {
    std::string value;
    auto operator<=>(const Id&) const = default;
};

using ServiceId = Id<struct ServiceTag>;
using ResourceId = Id<struct ResourceTag>;
using ScenarioId = Id<struct ScenarioTag>;
using RegionId = Id<struct RegionTag>;
using ProviderId = Id<struct ProviderTag>;
using IncidentId = Id<struct IncidentTag>;
using RunId = Id<struct RunTag>;
using QuestionnaireId = Id<struct QuestionnaireTag>;
using QuestionId = Id<struct QuestionTag>;

}  // namespace resmon
