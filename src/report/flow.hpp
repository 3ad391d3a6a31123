// Where the next thing stands: fills page after page, from top to bottom. Lengths as in report/canvas.hpp.
#pragma once

#include "report/canvas.hpp"

#include <limits>
#include <string>
#include <vector>

namespace resmon::report {

/// What is known of a document once it was set for the first time.
struct Plan {
    int pages = 0;
    std::vector<double> scales;      ///< of the type, by section
    std::vector<int> heading_pages;  ///< by heading, in order
};

enum class Furniture {
    head_and_foot,
    none  ///< of a letter; the mark of synthetic data stands all the same
};

/// Copied for a trial: see `height_of`.
class Flow {
public:
    Flow(Canvas& canvas, Canvas& ruler, const Document& document, Plan& plan)
        : canvas_{&canvas}, ruler_{&ruler}, document_{&document}, plan_{&plan} {}

    static constexpr double left = from_millimetres(25);
    static constexpr double width = page_width - from_millimetres(25 + 20);
    static constexpr double top = from_millimetres(26);
    static constexpr double lowest = page_height - from_millimetres(22);

    [[nodiscard]] Canvas& canvas() const noexcept { return *canvas_; }
    [[nodiscard]] const Document& document() const noexcept { return *document_; }
    [[nodiscard]] const Plan& plan() const noexcept { return *plan_; }
    [[nodiscard]] double scaled(double length) const noexcept { return length * scale_; }
    [[nodiscard]] int page() const noexcept { return page_; }

    /// On a new page.
    void begin_section(double scale, Furniture furniture);
    void next_page();
    void end();

    /// At least that much between what was placed and what comes; nothing at the top of a page.
    void space(double length) { space_ = std::max(space_, length); }
    /// What is left of the page for what comes.
    [[nodiscard]] double room() const noexcept { return bottom_ - next_y(); }
    [[nodiscard]] bool is_at_top() const noexcept { return is_at_top_; }
    /// The upper edge of a new thing of that height, on the next page if this one has no room.
    double place(double height);
    /// Moves down to there, if it is not passed yet.
    void move_to(double y);

    /// The number of the heading that is set now, from 0.
    int next_heading();

    /// A copy that draws nothing and has a page without end.
    [[nodiscard]] Flow trial() const;
    [[nodiscard]] double y() const noexcept { return y_; }
    /// The upper edge of what comes.
    [[nodiscard]] double next_y() const noexcept { return is_at_top_ ? y_ : y_ + space_; }

private:
    void begin_page();

    Canvas* canvas_;
    Canvas* ruler_;
    const Document* document_;
    Plan* plan_;
    Furniture furniture_ = Furniture::head_and_foot;
    double scale_ = 1;
    double y_ = top;
    double bottom_ = lowest;
    double space_ = 0;
    bool is_at_top_ = true;
    bool is_trial_ = false;
    int page_ = 0;
    int headings_ = 0;
};

}  // namespace resmon::report
