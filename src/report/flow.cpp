#include "report/flow.hpp"

#include <algorithm>

namespace resmon::report {

namespace {

constexpr TextStyle small_print{.size = 8, .tone = Tone::quiet};

void draw_head(Canvas& canvas, const Document& document) {
    const double y = from_millimetres(13);
    canvas.draw(canvas.text(document.head, small_print, Flow::width - from_millimetres(45)), Flow::left, y, 0, 1);
    canvas.line(Flow::left, y + 14, Flow::left + Flow::width, y + 14, Tone::rule);
}

void draw_foot(Canvas& canvas, const Document& document, int page, int pages) {
    const double y = page_height - from_millimetres(14);
    canvas.line(Flow::left, y - 5, Flow::left + Flow::width, y - 5, Tone::rule);
    const double number_width = from_millimetres(35);
    canvas.draw(canvas.text(document.foot, small_print, Flow::width - number_width), Flow::left, y, 0, 1);
    TextStyle style = small_print;
    style.align = Align::right;
    const std::string number = program_text(
        "paper.page", document.language, {{"page", static_cast<double>(page)}, {"pages", static_cast<double>(pages)}});
    canvas.draw(canvas.text(number, style, number_width), Flow::left + Flow::width - number_width, y);
}

/// Part of the text on the first page: who hears the paper must know it too.
void draw_mark(Canvas& canvas, const Document& document, int page) {
    const TextStyle style{.size = 8.5, .weight = Weight::strong, .align = Align::centre};
    const double width = from_millimetres(42);
    const Area frame{Flow::left + Flow::width - width, from_millimetres(11.3), width, 15};
    const TextBlock words = canvas.text(program_text("paper.synthetic", document.language), style, width);
    canvas.fill(frame, Tone::white);
    canvas.frame(frame, Tone::ink);
    if (page == 1) canvas.begin_tag("P");
    canvas.draw(words, frame.x, frame.y + 2);
    if (page == 1) canvas.end_tag("P");
}

}  // namespace

void Flow::begin_page() {
    ++page_;
    y_ = top;
    space_ = 0;
    is_at_top_ = true;
    if (furniture_ == Furniture::head_and_foot) {
        draw_head(*canvas_, *document_);
        draw_foot(*canvas_, *document_, page_, plan_->pages);
    }
    if (document_->origin == Document::Origin::synthetic) draw_mark(*canvas_, *document_, page_);
}

void Flow::begin_section(double scale, Furniture furniture) {
    if (page_ > 0) canvas_->end_page();
    scale_ = scale;
    furniture_ = furniture;
    begin_page();
}

void Flow::next_page() {
    canvas_->end_page();
    begin_page();
}

void Flow::end() {
    if (page_ > 0) canvas_->end_page();
}

double Flow::place(double height) {
    if (!is_at_top_ && height > room()) next_page();
    if (!is_at_top_) y_ += space_;
    space_ = 0;
    is_at_top_ = false;
    const double upper = y_;
    y_ += height;
    return upper;
}

void Flow::move_to(double y) {
    y_ = std::max(y_, y);
    space_ = 0;
}

int Flow::next_heading() {
    if (!is_trial_) {
        if (plan_->heading_pages.size() <= static_cast<std::size_t>(headings_)) plan_->heading_pages.push_back(page_);
        plan_->heading_pages[static_cast<std::size_t>(headings_)] = page_;
    }
    return headings_++;
}

Flow Flow::trial() const {
    Flow trial{*this};
    trial.canvas_ = ruler_;
    trial.bottom_ = std::numeric_limits<double>::infinity();
    trial.is_trial_ = true;
    return trial;
}

}  // namespace resmon::report
