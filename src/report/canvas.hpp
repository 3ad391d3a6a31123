// Pages to set text and draw on. Lengths are points (1/72 inch) from the upper left corner of a page.
#pragma once

#include "report/document.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct _PangoLayout;  // NOLINT(bugprone-reserved-identifier): Pango's own name

namespace resmon::report {

inline constexpr double page_width = 595.276;  ///< A4
inline constexpr double page_height = 841.89;

[[nodiscard]] constexpr double from_millimetres(double millimetres) { return millimetres * 72 / 25.4; }

/// All differ in lightness: nothing is told by colour alone.
enum class Tone { ink, quiet, accent, soft, rule, tint, white };

enum class Weight { regular, medium, strong };

struct TextStyle {
    double size = 10;
    Weight weight = Weight::regular;
    Tone tone = Tone::ink;
    Align align = Align::left;
    double spacing = 1.3;  ///< distance of lines, in sizes
};

struct Area {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
};

/// Text in lines, ready to be drawn.
class TextBlock {
public:
    [[nodiscard]] int lines() const noexcept { return static_cast<int>(lines_.size()); }
    /// Of lines first … last − 1.
    [[nodiscard]] double height(int first, int last) const;
    [[nodiscard]] double height() const { return height(0, lines()); }
    /// Of the longest line, without what is free beside it.
    [[nodiscard]] double width() const;

private:
    friend class Canvas;
    struct Release {
        void operator()(_PangoLayout* layout) const noexcept;
    };
    struct Line {
        double top = 0, bottom = 0, baseline = 0;
    };
    std::unique_ptr<_PangoLayout, Release> layout_;
    std::vector<Line> lines_;
    std::vector<Piece> pieces_;
    TextStyle style_;
};

class Canvas {
public:
    enum class Purpose {
        measuring,  ///< nothing is drawn
        drawing
    };
    Canvas(const Document& document, Purpose purpose);
    ~Canvas();
    Canvas(const Canvas&) = delete;
    Canvas& operator=(const Canvas&) = delete;

    /// Breaks at words, inside a word only if it is longer than the line.
    [[nodiscard]] TextBlock text(const Words& words, const TextStyle& style, double width) const;

    /// Lines first … last − 1, the first at (x, y).
    void draw(const TextBlock& block, double x, double y, int first, int last);
    void draw(const TextBlock& block, double x, double y) { draw(block, x, y, 0, block.lines()); }
    void fill(const Area& area, Tone tone);
    void frame(const Area& area, Tone tone);
    void line(double x1, double y1, double x2, double y2, Tone tone);
    /// A circle around (x, y).
    void dot(double x, double y, double radius, Tone tone);

    /// Structure of the document (PDF 1.7, 14.8.4): what is drawn between is its content; what is drawn outside of all
    /// is decoration. `alternative` is kept for figures.
    void begin_tag(const char* tag, std::string alternative = {});
    void end_tag(const char* tag);

    /// Where links lead to and what the bookmarks show.
    void mark(const std::string& anchor);
    void bookmark(int level, const std::string& text, const std::string& anchor);
    /// Until `end_link`; to an anchor of this document, or to an address.
    void begin_link_to_anchor(const std::string& anchor, std::string alternative);
    void begin_link_to_address(const std::string& address);
    void end_link();

    void end_page();

    /// Ends the last page. Not finished for screen readers yet: see report/pdf_finish.hpp.
    [[nodiscard]] std::string finish();
    /// What figures and links say to who cannot see them, in the order drawn.
    struct Alternatives {
        std::vector<std::string> figures;
        std::vector<std::string> links;
    };
    [[nodiscard]] const Alternatives& alternatives() const noexcept { return alternatives_; }

private:
    struct State;
    std::unique_ptr<State> state_;
    Alternatives alternatives_;
};

}  // namespace resmon::report
