#include "report/table_block.hpp"

#include <algorithm>
#include <numeric>

namespace resmon::report {

namespace {

constexpr double padding = 4;

struct SetCell {
    TextBlock text;
    const Cell* cell = nullptr;
    double x = 0;
    double width = 0;
    double indent = 0;  ///< for what stands before the words
    int done = 0;       ///< lines on earlier pages

    [[nodiscard]] bool is_done() const { return done == text.lines(); }
    /// The first line behind those that fit.
    [[nodiscard]] int end_within(double height) const {
        // A height that was added up and taken apart again is not the same to the last digit.
        constexpr double rounding = 0.01;
        int end = text.lines();
        while (end > done && text.height(done, end) > height + rounding) --end;
        return end;
    }
};

using SetRow = std::vector<SetCell>;

class TableSetter {
public:
    TableSetter(Flow& flow, const Table& table) : flow_{flow}, table_{table} {
        const double shares = std::accumulate(table.columns.begin(), table.columns.end(), 0.0,
                                              [](double sum, const Column& one) { return sum + one.share; });
        double x = Flow::left;
        for (const Column& column : table.columns) {
            xs_.push_back(x);
            widths_.push_back(column.share / shares * Flow::width);
            x += widths_.back();
        }
    }

    void set() {
        Canvas& canvas = flow_.canvas();
        canvas.begin_tag("Table");
        const double first = table_.rows.empty() ? 0 : height_of(row_of(table_.rows.front()));
        if (head_height() + first > flow_.room() && !flow_.is_at_top()) flow_.next_page();
        canvas.begin_tag("TR");
        draw_head(Again::no);
        canvas.end_tag("TR");
        for (const std::vector<Cell>& cells : table_.rows) set_row(row_of(cells));
        canvas.end_tag("Table");
        flow_.space(flow_.scaled(8));
    }

private:
    enum class Again { no, yes };

    [[nodiscard]] TextStyle head_style(const Column& column) const {
        return {.size = flow_.scaled(8.5),
                .weight = Weight::medium,
                .tone = Tone::quiet,
                .align = column.align,
                .spacing = 1.25};
    }

    [[nodiscard]] double inner(std::size_t column) const { return widths_[column] - 2 * padding; }

    [[nodiscard]] double head_height() const {
        double height = 0;
        for (std::size_t place = 0; place < table_.columns.size(); ++place) {
            const Column& column = table_.columns[place];
            height = std::max(height, flow_.canvas().text(column.heading, head_style(column), inner(place)).height());
        }
        return height + padding;
    }

    /// On later pages it is decoration: the head is read once.
    void draw_head(Again again) {
        Canvas& canvas = flow_.canvas();
        const double height = head_height();
        const double y = flow_.place(height);
        for (std::size_t place = 0; place < table_.columns.size(); ++place) {
            const Column& column = table_.columns[place];
            const TextBlock text = canvas.text(column.heading, head_style(column), inner(place));
            if (again == Again::no) canvas.begin_tag("TH");
            canvas.draw(text, xs_[place] + padding, y + height - padding - text.height());
            if (again == Again::no) canvas.end_tag("TH");
        }
        canvas.line(Flow::left, y + height, Flow::left + Flow::width, y + height, Tone::accent);
    }

    [[nodiscard]] double step_size() const { return flow_.scaled(7.5); }

    [[nodiscard]] SetRow row_of(const std::vector<Cell>& cells) const {
        SetRow row;
        for (std::size_t place = 0; place < table_.columns.size(); ++place) {
            const Cell& cell = cells.at(place);
            SetCell& set = row.emplace_back();
            set.cell = &cell;
            set.x = xs_[place] + padding;
            set.width = inner(place);
            if (cell.steps) set.indent = cell.steps->highest * (step_size() + 2) + 5;
            const TextStyle style{.size = flow_.scaled(9.2),
                                  .weight = place == 0 ? Weight::medium : Weight::regular,
                                  .align = table_.columns[place].align,
                                  .spacing = 1.3};
            set.text = flow_.canvas().text(cell.words, style, set.width - set.indent);
        }
        return row;
    }

    [[nodiscard]] static double height_of(const SetRow& row) {
        double height = 0;
        for (const SetCell& cell : row) height = std::max(height, cell.text.height(cell.done, cell.text.lines()));
        return height + 2 * padding;
    }

    void draw_steps(const SetCell& cell, double y) {
        Canvas& canvas = flow_.canvas();
        const double size = step_size();
        const double upper = y + (cell.text.height(0, 1) - size) / 2;
        for (int step = 0; step < cell.cell->steps->highest; ++step) {
            const Area area{cell.x + step * (size + 2), upper, size, size};
            if (cell.cell->steps->reached && step < *cell.cell->steps->reached) canvas.fill(area, Tone::accent);
            canvas.frame(area, cell.cell->steps->reached ? Tone::accent : Tone::rule);
        }
    }

    void draw_cell(SetCell& cell, const char* tag, double y, double height) {
        Canvas& canvas = flow_.canvas();
        const int end = cell.end_within(height);
        canvas.begin_tag(tag);
        if (cell.cell->steps && cell.done == 0) draw_steps(cell, y);
        if (cell.cell->is_box) {
            const double side = flow_.scaled(9);
            canvas.frame({cell.x + (cell.width - side) / 2, y + 1, side, side}, Tone::ink);
        }
        canvas.draw(cell.text, cell.x + cell.indent, y, cell.done, end);
        canvas.end_tag(tag);
        cell.done = end;
    }

    void set_row(SetRow row) {
        Canvas& canvas = flow_.canvas();
        canvas.begin_tag("TR");
        while (true) {
            if (height_of(row) > flow_.room() && !is_below_head_) {
                flow_.next_page();
                draw_head(Again::yes);
                is_below_head_ = true;
            }
            // A row higher than a page goes on upon the next one.
            const double height = std::min(height_of(row), flow_.room());
            const double y = flow_.place(height) + padding;
            for (SetCell& cell : row)
                draw_cell(cell, cell.cell == row.front().cell ? "TH" : "TD", y, height - 2 * padding);
            canvas.line(Flow::left, y - padding + height, Flow::left + Flow::width, y - padding + height, Tone::rule);
            is_below_head_ = false;
            if (std::ranges::all_of(row, &SetCell::is_done)) break;
        }
        canvas.end_tag("TR");
    }

    Flow& flow_;
    const Table& table_;
    std::vector<double> xs_;
    std::vector<double> widths_;
    bool is_below_head_ = true;  ///< nothing stands on this page but the head: a row too high begins here
};

}  // namespace

void set_table(Flow& flow, const Table& table) { TableSetter{flow, table}.set(); }

}  // namespace resmon::report
