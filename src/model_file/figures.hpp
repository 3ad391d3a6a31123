// The figures of a model file: numbers, ranges and shared estimates become estimates of the case.
#pragma once

#include "model_file/names.hpp"
#include "outage/case.hpp"
#include "reading/cursor.hpp"

#include <optional>
#include <unordered_map>

namespace resmon::model_file {

/// Bounds that a figure keeps, and how a range of it is drawn unless it says so itself.
struct FigureShape {
    catalogue::Bounds bounds = catalogue::Bounds::not_negative;
    catalogue::Spread spread = catalogue::Spread::uniform;
    double most = 1e6;
};

inline constexpr FigureShape a_duration{.spread = catalogue::Spread::logarithmic};
inline constexpr FigureShape a_multiplier{.spread = catalogue::Spread::logarithmic};
/// Beyond it a duration is no figure any more: exp(10) = 22,000.
inline constexpr FigureShape a_sigma{.most = 10};
inline constexpr FigureShape an_amount{};
inline constexpr FigureShape a_share{.bounds = catalogue::Bounds::share, .most = 1};

class Figures {
public:
    explicit Figures(outage::Case& outage) : case_{outage} {}

    /// The section of shared estimates, before any figure is read.
    void read_estimates(const Cursor& list);
    [[nodiscard]] Index figure(const Cursor& from, const FigureShape& shape);
    [[nodiscard]] Index figure_or(double otherwise, const Cursor& from, const FigureShape& shape);
    [[nodiscard]] std::optional<Index> figure_if_given(const Cursor& from, const FigureShape& shape);
    /// median, sigma, multipliers and loadings of a mapping.
    [[nodiscard]] outage::Duration duration(const Cursor& from);
    /// A delay: that, or the figure of its median alone.
    [[nodiscard]] outage::Duration delay(const Cursor& from);
    [[nodiscard]] const Names& names() const noexcept { return names_; }

private:
    /// Certain: one estimate for each number, however often it stands.
    [[nodiscard]] Index certain(double value);
    [[nodiscard]] Index range(const Cursor& from, const FigureShape& shape);
    void read_factors(const Cursor& list);

    outage::Case& case_;
    Names names_{"estimate"};
    std::unordered_map<double, Index> certain_;
};

}  // namespace resmon::model_file
