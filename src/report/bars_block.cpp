#include "report/bars_block.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::report {

namespace {

constexpr double label_share = 0.27;
constexpr double text_share = 0.27;

struct SetBar {
    const Bar* bar;
    TextBlock label;
    TextBlock text;
    double height;
};

class BarsSetter {
public:
    BarsSetter(Flow& flow, const Bars& bars) : flow_{flow}, bars_{bars} {
        const TextStyle label{.size = flow.scaled(9.2), .weight = Weight::medium, .spacing = 1.25};
        const TextStyle text{.size = flow.scaled(9.2), .spacing = 1.25};
        for (const Bar& bar : bars.bars) {
            SetBar one{&bar, flow.canvas().text(bar.label, label, label_share * Flow::width - 8),
                       flow.canvas().text(bar.text, text, text_share * Flow::width - 10), 0};
            one.height = std::max({one.label.height(), one.text.height(), flow.scaled(16)}) + flow.scaled(7);
            rows_.push_back(std::move(one));
            for (const double value : {bar.middle, bar.high})
                if (std::isfinite(value)) highest_ = std::max(highest_, value);
        }
        set_marks();
    }

    void set() {
        double height = axis_height();
        for (const SetBar& row : rows_) height += row.height;
        double y = flow_.place(height);
        flow_.canvas().begin_tag("Figure", bars_.alternative);
        draw_axis(y, y + height - axis_height());
        for (const SetBar& row : rows_) {
            draw(row, y);
            y += row.height;
        }
        flow_.canvas().end_tag("Figure");
        flow_.space(flow_.scaled(8));
    }

private:
    /// The axis ends at a mark.
    void set_marks() {
        step_ = distance_of_marks(highest_);
        marks_ = std::max(1, static_cast<int>(std::ceil(highest_ / step_)));
        highest_ = marks_ * step_;
    }

    [[nodiscard]] double axis_height() const { return flow_.scaled(26); }
    [[nodiscard]] static double from() { return Flow::left + label_share * Flow::width; }
    [[nodiscard]] static double length() { return (1 - label_share - text_share) * Flow::width; }
    [[nodiscard]] double x_of(double value) const { return from() + std::clamp(value / highest_, 0.0, 1.0) * length(); }

    void draw_axis(double upper, double lower) {
        Canvas& canvas = flow_.canvas();
        const TextStyle style{.size = flow_.scaled(8), .tone = Tone::quiet, .align = Align::centre};
        constexpr double wide = 40;
        for (int mark = 0; mark <= marks_; ++mark) {
            const double value = mark * step_;
            canvas.line(x_of(value), upper, x_of(value), lower + 3, Tone::rule);
            canvas.draw(canvas.text(number_text(value, step_ < 1 ? 1 : 0, flow_.document().language), style, wide),
                        x_of(value) - wide / 2, lower + 3);
        }
        canvas.draw(canvas.text(bars_.axis, style, length() + 2 * wide), from() - wide, lower + 3 + flow_.scaled(10));
    }

    void draw(const SetBar& row, double y) {
        Canvas& canvas = flow_.canvas();
        const double middle = y + row.height / 2;
        const double thick = flow_.scaled(11);
        const bool is_strong = row.bar->tone == Bar::Tone::strong;
        canvas.draw(row.label, Flow::left, middle - row.label.height() / 2);
        const double low = x_of(row.bar->low);
        canvas.fill({low, middle - thick / 2, std::max(x_of(row.bar->high) - low, 1.5), thick},
                    is_strong ? Tone::accent : Tone::soft);
        if (std::isfinite(row.bar->middle)) {
            canvas.fill({x_of(row.bar->middle) - 1.6, middle - thick / 2 - 3, 3.2, thick + 6}, Tone::white);
            canvas.fill({x_of(row.bar->middle) - 0.8, middle - thick / 2 - 3, 1.6, thick + 6}, Tone::ink);
        }
        canvas.draw(row.text, Flow::left + (1 - text_share) * Flow::width + 10, middle - row.text.height() / 2);
    }

    Flow& flow_;
    const Bars& bars_;
    std::vector<SetBar> rows_;
    double highest_ = 0;
    double step_ = 1;
    int marks_ = 1;
};

}  // namespace

double distance_of_marks(double highest) {
    if (!(highest > 0)) return 1;
    constexpr double marks = 5;
    const double power = std::pow(10, std::floor(std::log10(highest / marks)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (highest / (factor * power) <= marks + 1) return factor * power;
    return 10 * power;
}

void set_bars(Flow& flow, const Bars& bars) { BarsSetter{flow, bars}.set(); }

}  // namespace resmon::report
