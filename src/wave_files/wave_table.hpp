// A wave with its frame as one table: a row for each body; what the wave itself says stands in the first.
#pragma once

#include "base/error.hpp"
#include "waves/waves.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace resmon::wave_files {

/// For people with another program; both are read again.
enum class FileKind { xlsx, csv };

/// Bodies with key and name, what the register says of them, how far they are, where to write to; then id, name,
/// questionnaire, window, purpose, deletion of the wave. The same bytes for the same list.
[[nodiscard]] std::string wave_to_file(const waves::WorkList& list, FileKind kind, Language language);

/// A file of a wave, or of bodies alone.
struct WaveTable {
    waves::FrameFile file;  ///< how places are told
    waves::FrameTable frame;
    /// In the order of the rows of the frame; texts are empty without such a column.
    std::vector<std::string> reasons;  ///< why it joins
    std::vector<std::string> removed;  ///< when it left the frame: the row says nothing but that

    struct Said {
        std::string value;
        std::size_t row = 0;
        std::size_t column = 0;
    };
    /// What is said of the wave, by column: `opens`. Days are YYYY-MM-DD. Nothing for an empty column.
    std::map<std::string, Said, std::less<>> wave;

    [[nodiscard]] const Said* find(std::string_view column) const;
    /// Of a body or of the whole file.
    [[nodiscard]] Place place(std::size_t row, std::string_view column) const;
};

/// XLSX (the first sheet with a column body) or CSV. The columns of `wave_to_file` are known, body alone is needed.
/// Throws InputError with every fault by sheet and cell, or by line and column of a CSV that has a name: see
/// waves::frame_from_csv; besides what the file says differently of one wave, and days that are none.
[[nodiscard]] WaveTable wave_from_file(const catalogue::Register& bodies, std::string_view bytes,
                                       const std::string& name);

}  // namespace resmon::wave_files
