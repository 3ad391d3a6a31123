#include "report/envelope_block.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace resmon::report {

namespace {

// DIN 5008:2020, form B: the window begins 45 mm below the edge; 17.7 mm of it are for the sender, 27.3 mm for the
// address; the text begins at 98.5 mm; sheets are folded at 105 and 210 mm and punched at 148.5 mm.
constexpr double window_top = from_millimetres(45);
constexpr double sender_height = from_millimetres(17.7);
constexpr double address_height = from_millimetres(27.3);
constexpr double window_left = from_millimetres(25);
constexpr double window_width = from_millimetres(80);
constexpr double text_top = from_millimetres(98.5);
constexpr std::size_t most_lines = 6;

void draw_marks(Canvas& canvas) {
    const auto mark = [&](double millimetres, double length) {
        const double y = from_millimetres(millimetres);
        canvas.line(from_millimetres(4), y, from_millimetres(4 + length), y, Tone::quiet);
    };
    mark(105, 4);
    mark(148.5, 6);
    mark(210, 4);
}

std::string joined(const std::vector<std::string>& lines) { return fmt::format("{}", fmt::join(lines, "\n")); }

/// The largest type in which every line fits.
TextBlock fitted_address(const Canvas& canvas, const std::vector<std::string>& lines) {
    for (const double size : {11.0, 10.0, 9.0, 8.0}) {
        TextBlock text = canvas.text(joined(lines), {.size = size, .spacing = 1.17}, window_width);
        if (text.height() <= address_height) return text;
    }
    throw InputError{worded("fault.letter.address", {{"address", fmt::format("{}", fmt::join(lines, ", "))}})};
}

/// One line of it.
TextBlock fitted_sender(const Canvas& canvas, const std::string& line) {
    for (const double size : {7.5, 7.0, 6.5}) {
        TextBlock text = canvas.text(line, {.size = size, .tone = Tone::quiet, .spacing = 1.2}, window_width);
        if (text.lines() == 1) return text;
    }
    return canvas.text(line, {.size = 6, .tone = Tone::quiet, .spacing = 1.2}, window_width);
}

}  // namespace

void set_envelope(Flow& flow, const Envelope& envelope) {
    if (envelope.address.empty() || envelope.address.size() > most_lines)
        throw InputError{worded("fault.letter.lines", {{"most", std::to_string(most_lines)},
                                                       {"found", std::to_string(envelope.address.size())}})};
    Canvas& canvas = flow.canvas();
    draw_marks(canvas);
    if (!envelope.sender.empty()) {
        canvas.begin_tag("P");
        canvas.draw(canvas.text(envelope.sender.front(), {.size = 14, .weight = Weight::strong, .tone = Tone::accent},
                                Flow::width),
                    Flow::left, from_millimetres(22));
        canvas.end_tag("P");
        const TextBlock sender = fitted_sender(canvas, fmt::format("{}", fmt::join(envelope.sender, " · ")));
        const double y = window_top + sender_height - sender.height() - 4;
        canvas.begin_tag("P");
        canvas.draw(sender, window_left, y);
        canvas.end_tag("P");
        canvas.line(window_left, window_top + sender_height - 2.5, window_left + window_width,
                    window_top + sender_height - 2.5, Tone::rule);
    }
    canvas.begin_tag("P");
    canvas.draw(fitted_address(canvas, envelope.address), window_left, window_top + sender_height);
    canvas.end_tag("P");
    if (!envelope.date.empty()) {
        const double width = from_millimetres(65);
        canvas.begin_tag("P");
        canvas.draw(canvas.text(envelope.date, {.size = 10, .align = Align::right}, width),
                    Flow::left + Flow::width - width, from_millimetres(83));
        canvas.end_tag("P");
    }
    flow.move_to(text_top);
}

}  // namespace resmon::report
