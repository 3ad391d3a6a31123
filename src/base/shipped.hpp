// Files built into the program, so that it needs none beside it.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace resmon {

struct ShippedFile {
    std::string_view path;    ///< relative to its set, with `/`
    std::string_view brotli;  ///< the content, compressed
    std::string_view gzip;    ///< the same; empty where it would not be smaller, and but for the pages
    std::size_t size;         ///< of the content
};

/// Ordered by path in byte order. Defined by the build (cmake/shipped.cmake).
std::span<const ShippedFile> shipped_catalogue();
std::span<const ShippedFile> shipped_api();
std::span<const ShippedFile> shipped_migrations();
std::span<const ShippedFile> shipped_pages();
std::span<const ShippedFile> shipped_passwords();
std::span<const ShippedFile> shipped_fonts();

/// The content. Time and memory as its size.
[[nodiscard]] std::string unpacked(const ShippedFile& file);

}  // namespace resmon
