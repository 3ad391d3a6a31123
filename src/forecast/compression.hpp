// Texts made small for the database (Zstandard).
#pragma once

#include <map>
#include <string>

namespace resmon::forecast {

[[nodiscard]] std::string compressed(const std::string& text);
/// Throws Unavailable if the bytes are damaged.
[[nodiscard]] std::string decompressed(const std::string& bytes);

/// Files as one compressed text; path and content each with their length before them.
[[nodiscard]] std::string packed(const std::map<std::string, std::string>& files);
[[nodiscard]] std::map<std::string, std::string> unpacked(const std::string& bytes);

}  // namespace resmon::forecast
