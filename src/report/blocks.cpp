#include "report/blocks.hpp"

#include "qr_code/qr_matrix.hpp"
#include "report/bars_block.hpp"
#include "report/table_block.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon::report {

namespace {

struct HeadingLook {
    TextStyle style;
    double before;
    double after;
    const char* tag;
};

const HeadingLook& look_of(const Heading& heading) {
    static constexpr std::array<HeadingLook, 3> looks{
        {{{.size = 19, .weight = Weight::strong, .tone = Tone::accent, .spacing = 1.2}, 0, 6, "H1"},
         {{.size = 12.5, .weight = Weight::strong, .tone = Tone::accent, .spacing = 1.25}, 14, 5, "H2"},
         {{.size = 10, .weight = Weight::strong, .spacing = 1.3}, 10, 2, "H3"}}};
    return looks.at(static_cast<std::size_t>(heading.level - 1));
}

TextStyle scaled(const Flow& flow, TextStyle style) {
    style.size = flow.scaled(style.size);
    return style;
}

std::string anchor_of(int heading) { return fmt::format("heading-{}", heading); }

/// Lines of a text over as many pages as they need: never one alone at the end or the beginning of a page.
void set_lines(Flow& flow, const TextBlock& text, double indent) {
    int first = 0;
    while (first < text.lines()) {
        int last = text.lines();
        while (last > first && text.height(first, last) > flow.room()) --last;
        const int left = text.lines() - last;
        if (left > 0) {
            if (left == 1) --last;
            if (last - first < 2 && !flow.is_at_top()) {
                flow.next_page();
                continue;
            }
            last = std::max(last, first + 1);
        }
        const double y = flow.place(text.height(first, last));
        flow.canvas().draw(text, Flow::left + indent, y, first, last);
        if (last < text.lines()) flow.next_page();
        first = last;
    }
}

void set(Flow& flow, const Heading& heading) {
    const HeadingLook& look = look_of(heading);
    Canvas& canvas = flow.canvas();
    const TextBlock text = canvas.text(heading.text, scaled(flow, look.style), Flow::width);
    flow.space(flow.scaled(look.before));
    const double y = flow.place(text.height());
    const std::string anchor = anchor_of(flow.next_heading());
    canvas.begin_tag(look.tag);
    canvas.mark(anchor);
    canvas.draw(text, Flow::left, y);
    canvas.end_tag(look.tag);
    canvas.bookmark(heading.level, heading.text, anchor);
    flow.space(flow.scaled(look.after));
}

TextStyle style_of(Paragraph::Role role) {
    switch (role) {
        case Paragraph::Role::body: return {.size = 10, .spacing = 1.38};
        case Paragraph::Role::lead: return {.size = 12, .weight = Weight::medium, .spacing = 1.38};
        case Paragraph::Role::note: return {.size = 8.5, .tone = Tone::quiet, .spacing = 1.35};
        case Paragraph::Role::typed: return {.size = 10, .spacing = 1.38};
    }
    return {};
}

TextBlock text_of(const Flow& flow, const Canvas& canvas, const Paragraph& paragraph) {
    TextStyle style = scaled(flow, style_of(paragraph.role));
    TextBlock text = canvas.text(paragraph.words, style, Flow::width);
    if (paragraph.role != Paragraph::Role::typed) return text;
    constexpr double smallest = 6.5;
    constexpr double step = 0.5;
    while (text.lines() > 1 && style.size > smallest) {
        style.size -= step;
        text = canvas.text(paragraph.words, style, Flow::width);
    }
    return text;
}

void set(Flow& flow, const Paragraph& paragraph) {
    const TextBlock text = text_of(flow, flow.canvas(), paragraph);
    flow.canvas().begin_tag("P");
    set_lines(flow, text, 0);
    flow.canvas().end_tag("P");
    flow.space(flow.scaled(6));
}

void draw_marker(Flow& flow, List::Marker marker, int number, double x, double y) {
    Canvas& canvas = flow.canvas();
    const double size = flow.scaled(10);
    switch (marker) {
        case List::Marker::bullet: canvas.dot(x + size * 0.35, y + size * 0.72, size * 0.16, Tone::accent); return;
        case List::Marker::box: canvas.frame({x + 1, y + size * 0.28, size * 0.85, size * 0.85}, Tone::ink); return;
        case List::Marker::number:
            canvas.draw(
                canvas.text(fmt::format("{}.", number),
                            {.size = size, .weight = Weight::strong, .tone = Tone::accent, .spacing = 1.38}, 40),
                x, y);
            return;
    }
}

struct BesideItem {
    TextBlock text;
    int number;
    double x;
};

void set_line(Flow& flow, const List& list, const std::vector<BesideItem>& line, double indent) {
    Canvas& canvas = flow.canvas();
    double height = 0;
    for (const BesideItem& item : line) height = std::max(height, item.text.height());
    const double y = flow.place(height);
    for (const BesideItem& item : line) {
        canvas.begin_tag("LI");
        canvas.begin_tag("Lbl");
        draw_marker(flow, list.marker, item.number, Flow::left + item.x, y);
        canvas.end_tag("Lbl");
        canvas.begin_tag("LBody");
        canvas.draw(item.text, Flow::left + item.x + indent, y);
        canvas.end_tag("LBody");
        canvas.end_tag("LI");
    }
}

void set_beside(Flow& flow, const List& list) {
    const double indent = flow.scaled(14);
    const double gap = flow.scaled(14);
    std::vector<BesideItem> line;
    double x = 0;
    int number = 0;
    flow.canvas().begin_tag("L");
    for (const Words& item : list.items) {
        TextStyle style = scaled(flow, style_of(Paragraph::Role::note));
        style.size = flow.scaled(9);
        TextBlock text = flow.canvas().text(item, style, Flow::width - indent);
        if (x > 0 && x + indent + text.width() > Flow::width) {
            set_line(flow, list, line, indent);
            line.clear();
            x = 0;
        }
        const double width = text.width();
        line.push_back({std::move(text), ++number, x});
        x += indent + width + gap;
    }
    if (!line.empty()) set_line(flow, list, line, indent);
    flow.canvas().end_tag("L");
    flow.space(flow.scaled(5));
}

void set(Flow& flow, const List& list) {
    if (list.arrangement == List::Arrangement::beside) return set_beside(flow, list);
    Canvas& canvas = flow.canvas();
    const double indent = flow.scaled(16);
    int number = 0;
    canvas.begin_tag("L");
    for (const Words& item : list.items) {
        const TextBlock text = canvas.text(item, scaled(flow, style_of(Paragraph::Role::body)), Flow::width - indent);
        if (text.height(0, std::min(2, text.lines())) > flow.room() && !flow.is_at_top()) flow.next_page();
        canvas.begin_tag("LI");
        canvas.begin_tag("Lbl");
        draw_marker(flow, list.marker, ++number, Flow::left, flow.place(0));
        canvas.end_tag("Lbl");
        canvas.begin_tag("LBody");
        set_lines(flow, text, indent);
        canvas.end_tag("LBody");
        canvas.end_tag("LI");
        flow.space(flow.scaled(2.5));
    }
    canvas.end_tag("L");
    flow.space(flow.scaled(6));
}

void set(Flow& flow, const QrCode& code) {
    const QrMatrix matrix = qr_matrix(code.text);
    Canvas& canvas = flow.canvas();
    const double side = from_millimetres(30);
    const double module = side / (matrix.side + 2 * qr_quiet_zone);
    // The margin of the paper is quiet enough: the code stands under the edge of the text.
    const TextBlock words =
        canvas.text(code.beside, scaled(flow, style_of(Paragraph::Role::body)), Flow::width - side - 12);
    const double y = flow.place(std::max(side, words.height()));
    canvas.begin_tag("Figure", code.alternative);
    for (int row = 0; row < matrix.side; ++row)
        for (int column = 0; column < matrix.side;) {
            int end = column;
            while (end < matrix.side && matrix.is_dark(end, row)) ++end;
            if (end > column)
                canvas.fill(
                    {Flow::left + column * module, y + (row + qr_quiet_zone) * module, (end - column) * module, module},
                    Tone::ink);
            column = end + 1;
        }
    canvas.end_tag("Figure");
    canvas.begin_tag("P");
    canvas.draw(words, Flow::left + side + 12, y + std::max(0.0, (side - words.height()) / 2));
    canvas.end_tag("P");
    flow.space(flow.scaled(8));
}

void set(Flow& flow, const WriteLines& lines) {
    const double distance = from_millimetres(8);
    for (int line = 0; line < lines.count; ++line) {
        const double y = flow.place(distance) + distance;
        flow.canvas().line(Flow::left, y, Flow::left + Flow::width, y, Tone::soft);
    }
    flow.space(flow.scaled(6));
}

/// Of the whole document, in order.
void add_headings(std::span<const Block> blocks, std::vector<const Heading*>& headings) {
    for (const Block& block : blocks) {
        if (const auto* heading = std::get_if<Heading>(&block)) headings.push_back(heading);
        if (const auto* together = std::get_if<Together>(&block)) add_headings(together->blocks, headings);
    }
}

void set(Flow& flow, const Contents&) {
    std::vector<const Heading*> headings;
    for (const Section& section : flow.document().sections) add_headings(section.blocks, headings);
    Canvas& canvas = flow.canvas();
    TextStyle style = scaled(flow, style_of(Paragraph::Role::body));
    const double number_width = 40;
    canvas.begin_tag("TOC");
    for (std::size_t number = 0; number < headings.size(); ++number) {
        if (headings[number]->level != 2) continue;
        const TextBlock text = canvas.text(headings[number]->text, style, Flow::width - number_width);
        const double y = flow.place(text.height());
        const auto& pages = flow.plan().heading_pages;
        TextStyle at_the_right = style;
        at_the_right.align = Align::right;
        const std::string page = number < pages.size() ? std::to_string(pages[number]) : "";
        canvas.begin_tag("TOCI");
        canvas.begin_link_to_anchor(anchor_of(static_cast<int>(number)), headings[number]->text);
        canvas.draw(text, Flow::left, y);
        canvas.draw(canvas.text(page, at_the_right, number_width), Flow::left + Flow::width - number_width, y);
        canvas.end_link();
        canvas.end_tag("TOCI");
        flow.space(flow.scaled(2));
    }
    canvas.end_tag("TOC");
    flow.space(flow.scaled(8));
}

void set(Flow& flow, const PageBreak&) {
    if (!flow.is_at_top()) flow.next_page();
}

void set(Flow& flow, const Together& together) {
    const double height = height_of(flow, together.blocks);
    if (height > flow.room() && !flow.is_at_top()) flow.next_page();
    set_blocks(flow, together.blocks);
}

void set(Flow& flow, const Table& table) { set_table(flow, table); }
void set(Flow& flow, const Bars& bars) { set_bars(flow, bars); }

}  // namespace

void set_block(Flow& flow, const Block& block) {
    std::visit([&](const auto& one) { set(flow, one); }, block);
}

void set_blocks(Flow& flow, std::span<const Block> blocks) {
    // Two lines of a paragraph, or the head of a table with its first row.
    const double enough = flow.scaled(48);
    for (std::size_t place = 0; place < blocks.size(); ++place) {
        if (std::holds_alternative<Heading>(blocks[place]) && place + 1 < blocks.size() && !flow.is_at_top()) {
            const double alone = height_of(flow, blocks.subspan(place, 1));
            const double with_next = height_of(flow, blocks.subspan(place, 2));
            if (std::min(with_next, alone + enough) > flow.room()) flow.next_page();
        }
        set_block(flow, blocks[place]);
    }
}

double height_of(const Flow& flow, std::span<const Block> blocks) {
    Flow trial = flow.trial();
    const double from = trial.next_y();
    for (const Block& block : blocks) set_block(trial, block);
    return trial.y() - from;
}

}  // namespace resmon::report
