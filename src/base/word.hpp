// The words of an enumeration, as files, requests and tables spell them: one array in the order of the enumerators.
#pragma once

#include "base/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace resmon {

template <class Value, std::size_t count>
[[nodiscard]] constexpr std::string_view word_of(const std::array<std::string_view, count>& words, Value value) {
    return words.at(static_cast<std::size_t>(value));
}

/// Throws InputError that lists the words.
template <class Value, std::size_t count>
[[nodiscard]] Value value_of(const std::array<std::string_view, count>& words, std::string_view word) {
    const auto found = std::ranges::find(words, word);
    if (found == words.end())
        throw InputError{
            worded("fault.one-of", {{"words", fmt::format("{}", fmt::join(words, ", "))}, {"word", word}})};
    return static_cast<Value>(found - words.begin());
}

}  // namespace resmon
