// What a person at a terminal sees: tables, a progress bar, and where output goes.
#pragma once

#include "cli/options.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::cli {

enum class Align { left, right };

struct TableColumn {
    std::string heading;
    Align align = Align::left;
};

/// Columns two spaces apart, as wide as their widest cell; width in code points.
[[nodiscard]] std::string text_table(const std::vector<TableColumn>& columns,
                                     const std::vector<std::vector<std::string>>& rows);

/// Writes beside its place first, then renames: a full disk leaves the earlier file untouched. Devices and pipes are
/// written to as they are.
/// Throws InputError if the place takes no file, Unavailable if it cannot be written whole.
void write_file(const std::filesystem::path& path, std::string_view content);

/// To the file of `--output`, else to standard output. Throws as write_file.
void write_output(const Options& options, std::string_view text);

/// Bold on a terminal, plain elsewhere (also with NO_COLOR set).
[[nodiscard]] std::string emphasised(std::string_view text, const Options& options);

/// A bar on standard error, if that is a terminal and nobody asked for quiet. Not for several threads at once.
class ProgressBar {
public:
    ProgressBar(const Options& options, std::uint32_t total, std::string doing);
    ProgressBar(const ProgressBar&) = delete;
    ProgressBar& operator=(const ProgressBar&) = delete;
    ~ProgressBar();

    void show(std::uint32_t done);

private:
    bool visible_;
    Language language_;
    std::uint32_t total_;
    std::string doing_;
    std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
};

}  // namespace resmon::cli
