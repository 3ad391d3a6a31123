#include "cli/terminal.hpp"

#include "base/error.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>

namespace resmon::cli {

namespace {

/// Code points, not bytes: every byte but the continuations of UTF-8.
std::size_t width(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string padded(std::string_view text, std::size_t to, Align align) {
    const std::string space(to - std::min(to, width(text)), ' ');
    return align == Align::left ? std::string{text} + space : space + std::string{text};
}

}  // namespace

std::string text_table(const std::vector<TableColumn>& columns, const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const TableColumn& column : columns) widths.push_back(width(column.heading));
    for (const auto& row : rows)
        for (std::size_t column = 0; column < row.size(); ++column)
            widths[column] = std::max(widths[column], width(row[column]));

    std::string text;
    const auto line = [&](const auto& cell_of) {
        std::string cells;
        for (std::size_t column = 0; column < columns.size(); ++column)
            cells += (column > 0 ? "  " : "") + padded(cell_of(column), widths[column], columns[column].align);
        cells.erase(cells.find_last_not_of(' ') + 1);
        text += cells + '\n';
    };
    const bool has_headings =
        std::ranges::any_of(columns, [](const TableColumn& column) { return !column.heading.empty(); });
    if (has_headings) line([&](std::size_t column) { return columns[column].heading; });
    for (const auto& row : rows) line([&](std::size_t column) { return row[column]; });
    return text;
}

namespace {

/// A device or a pipe cannot be replaced by a file of its name: it takes the content as it comes.
void write_through(const std::filesystem::path& path, std::string_view content) {
    std::ofstream device{path, std::ios::binary};
    if (!device) throw InputError{{{{.file = path.string()}, worded("fault.file-writable")}}};
    device.write(content.data(), static_cast<std::streamsize>(content.size()));
    device.close();
    if (!device) throw Unavailable{worded("fault.unavailable.not-whole", {{"file", path.string()}})};
}

}  // namespace

void write_file(const std::filesystem::path& wished, std::string_view content) {
    std::error_code unknown;
    const auto status = std::filesystem::status(wished, unknown);
    if (std::filesystem::exists(status) && !std::filesystem::is_regular_file(status)) {
        write_through(wished, content);
        return;
    }
    // A link stays a link: what it leads to is replaced.
    const std::filesystem::path path = std::filesystem::exists(status) ? std::filesystem::canonical(wished) : wished;
    std::filesystem::path beside = path;
    beside += ".part";
    std::ofstream file{beside, std::ios::binary};
    if (!file) throw InputError{{{{.file = path.string()}, worded("fault.file-writable")}}};
    file.write(content.data(), static_cast<std::streamsize>(content.size()));
    file.close();
    std::error_code error;
    if (file) std::filesystem::rename(beside, path, error);
    if (file && !error) return;
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw Unavailable{worded("fault.unavailable.not-whole", {{"file", path.string()}})};
}

void write_output(const Options& options, std::string_view text) {
    if (!options.output || *options.output == "-") {
        const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
        if (!whole) throw Unavailable{worded("fault.unavailable.output", {{"why", system_reason(errno)}})};
        return;
    }
    write_file(*options.output, text);
}

std::string emphasised(std::string_view text, const Options& options) {
    const bool plain = options.output || ::isatty(STDOUT_FILENO) == 0 || std::getenv("NO_COLOR") != nullptr;
    return plain ? std::string{text} : fmt::format("\033[1m{}\033[0m", text);
}

ProgressBar::ProgressBar(const Options& options, std::uint32_t total, std::string doing)
    : visible_{!options.quiet && ::isatty(STDERR_FILENO) != 0}, language_{options.language}, total_{total},
      doing_{std::move(doing)} {
    show(0);
}

ProgressBar::~ProgressBar() {
    if (visible_) std::fputs("\r\033[K", stderr);
}

void ProgressBar::show(std::uint32_t done) {
    if (!visible_) return;
    constexpr std::size_t cells = 30;
    const double share = total_ == 0 ? 1 : static_cast<double>(done) / total_;
    const auto filled = static_cast<std::size_t>(share * cells);
    std::string bar;
    for (std::size_t cell = 0; cell < cells; ++cell) bar += cell < filled ? "█" : "░";
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    const std::string left = share > 0 && share < 1 ? program_text("progress.left", language_,
                                                                   {{"seconds", std::ceil(elapsed / share - elapsed)}})
                                                    : std::string{};
    fmt::print(stderr, "\r\033[K{} {} {:3.0f} %  {}", doing_, bar, share * 100, left);
    std::fflush(stderr);
}

}  // namespace resmon::cli
