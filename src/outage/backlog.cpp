#include "outage/backlog.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::outage {

namespace {

/// Constant rates from `at` until the next segment.
struct Segment {
    double at = 0;
    double arrivals = 0;  ///< a: those that do not vanish
    double service = 0;   ///< rate at which the queue is served
    double arrived = 0;   ///< N(at)
    double served = 0;    ///< S(at)
};

class Queue {
public:
    explicit Queue(const QueueInput& input) : input_{input} {}

    QueueResult result() {
        for (std::size_t stretch = 0; stretch < input_.stretches.size(); ++stretch) {
            const double end =
                stretch + 1 < input_.stretches.size() ? input_.stretches[stretch + 1].begin : input_.back;
            serve(input_.stretches[stretch], std::min(end, input_.back));
        }
        result_.backlog_at_return = backlog_;
        result_.arrived = arrived_ + result_.lost;
        result_.served = served_;
        if (input_.back < never)
            clear();
        else
            result_.reentry = 0;  // it begins with the return
        result_.late = late();
        return std::move(result_);
    }

private:
    /// One stretch before the return; its end may be infinite.
    void serve(const CapacityStretch& stretch, double end) {
        const double capacity = stretch.capacity;
        const double unserved = std::max(0.0, 1 - capacity);
        const double arrivals = 1 - input_.vanishing * unserved;
        double from = stretch.begin;
        if (backlog_ > 0 && capacity > arrivals) {
            const double empty = from + backlog_ / (capacity - arrivals);
            advance(from, std::min(empty, end), arrivals, capacity, stretch.reentry);
            from = std::min(empty, end);
            if (from < end) backlog_ = 0;
        }
        if (from < end)
            advance(from, end, arrivals, backlog_ > 0 ? capacity : std::min(arrivals, capacity), stretch.reentry);
        result_.lost += counted(stretch.begin, end) * input_.vanishing * unserved;
    }

    void advance(double from, double to, double arrivals, double service, double reentry) {
        segments_.push_back({from, arrivals, service, arrived_, served_});
        bend(from, arrivals - service);
        if (!std::isfinite(to)) {
            // Never normal again: what follows has no end, figures that would grow without bound are infinite.
            result_.cleared = never;
            if (arrivals > service) result_.peak = never;
            if (arrivals > service || backlog_ > 0) result_.waiting = never;
            return;
        }
        const double length = to - from;
        const double next = std::max(0.0, backlog_ + (arrivals - service) * length);
        result_.waiting += (backlog_ + next) / 2 * length;
        result_.reentry += reentry * service * length;
        backlog_ = next;
        arrived_ += arrivals * length;
        served_ += service * length;
        result_.peak = std::max(result_.peak, backlog_);
    }

    /// From the return on: 1 + o while cases wait, then re-entry at rate o.
    void clear() {
        const bool was_out = !input_.stretches.empty();
        result_.reentry += was_out ? input_.lost_data : 0;
        double done = input_.back;
        if (backlog_ > 0) {
            const double empty = input_.overtime > 0 ? input_.back + backlog_ / input_.overtime : never;
            segments_.push_back({input_.back, 1, 1 + input_.overtime, arrived_, served_});
            bend(input_.back, -input_.overtime);
            result_.waiting += input_.overtime > 0 ? backlog_ * backlog_ / 2 / input_.overtime : never;
            done = empty;
        }
        if (std::isfinite(done)) {
            const double wait = done - input_.back;
            segments_.push_back({done, 1, 1, arrived_ + wait, served_ + wait * (1 + input_.overtime)});
            bend(done, 0);
        }
        if (result_.reentry > 0) done = input_.overtime > 0 ? done + result_.reentry / input_.overtime : never;
        result_.cleared = was_out ? done : 0;
    }

    void bend(double at, double slope) { result_.bends.push_back({at, slope}); }

    /// The part of [from, to) whose arrivals count.
    [[nodiscard]] double counted(double from, double to) const {
        return std::max(0.0, std::min(to, input_.arrivals_until) - from);
    }

    /// ∫ a(x) · 1{S⁻¹(N(x)) − x > D} dx. On the common refinement of the breakpoints of N and of N⁻¹∘S the wait is
    /// linear.
    [[nodiscard]] double late() const {
        if (!std::isfinite(input_.deadline) || segments_.empty()) return 0;
        double cases = 0;
        for (std::size_t here = 0; here < segments_.size(); ++here) {
            const double end =
                std::min(here + 1 < segments_.size() ? segments_[here + 1].at : never, input_.arrivals_until);
            if (segments_[here].at < end) cases += late_in(segments_[here], end);
        }
        return cases;
    }

    [[nodiscard]] double late_in(const Segment& arriving, double end) const {
        if (arriving.arrivals <= 0) return 0;
        std::vector<double> cuts{arriving.at, end};
        for (const Segment& serving : segments_) {
            const double cut = arriving.at + (serving.served - arriving.arrived) / arriving.arrivals;
            if (arriving.at < cut && cut < end) cuts.push_back(cut);
        }
        std::ranges::sort(cuts);
        double length = 0;
        for (std::size_t cut = 0; cut + 1 < cuts.size(); ++cut)
            if (cuts[cut] < cuts[cut + 1]) length += late_between(arriving, cuts[cut], cuts[cut + 1]);
        return length * arriving.arrivals;
    }

    /// Where S serves the arrivals of (from, to) at one rate: the part of the interval whose wait exceeds the deadline.
    [[nodiscard]] double late_between(const Segment& arriving, double from, double to) const {
        const double middle = std::isfinite(to) ? (from + to) / 2 : from + 1;
        const double number = arriving.arrived + arriving.arrivals * (middle - arriving.at);
        const Segment* serving = nullptr;
        for (const Segment& segment : segments_)
            if (segment.served <= number && segment.service > 0) serving = &segment;
        const bool is_served = serving != nullptr && served_at_end_of(*serving) > number;
        if (!is_served) return to - from;
        const auto wait = [&](double x) {
            const double n = arriving.arrived + arriving.arrivals * (x - arriving.at);
            return serving->at + (n - serving->served) / serving->service - x;
        };
        // Rounding must not make those late who do not wait at all.
        constexpr double tolerance = 1e-9;
        const double limit = input_.deadline + tolerance;
        if (!std::isfinite(to)) return wait(middle) > limit ? never : 0;
        const double first = wait(from);
        const double last = wait(to);
        if (first <= limit && last <= limit) return 0;
        if (first > limit && last > limit) return to - from;
        const double crossing = (limit - first) / (last - first) * (to - from);
        return first > limit ? crossing : to - from - crossing;
    }

    [[nodiscard]] double served_at_end_of(const Segment& segment) const {
        const auto next = segments_.begin() + (&segment - segments_.data()) + 1;
        return next == segments_.end() ? never : next->served;
    }

    const QueueInput& input_;
    QueueResult result_;
    std::vector<Segment> segments_;
    double backlog_ = 0;
    double arrived_ = 0;
    double served_ = 0;
};

}  // namespace

QueueResult queue(const QueueInput& input) { return Queue{input}.result(); }

}  // namespace resmon::outage
