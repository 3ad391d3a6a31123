#include "base/secret.hpp"

#include <sodium.h>

#include <utility>

namespace resmon {

// A moved-from short string keeps its bytes in place: the source is cleared as well.
Secret::Secret(std::string&& text) noexcept : text_{std::move(text)} {
    sodium_memzero(text.data(), text.capacity());
    text.clear();
}

Secret::Secret(Secret&& other) noexcept : text_{std::move(other.text_)} { other.forget(); }

Secret& Secret::operator=(Secret other) noexcept {
    text_.swap(other.text_);
    return *this;
}

Secret::~Secret() { forget(); }

void Secret::forget() noexcept {
    // Up to the capacity: nothing of a longer text may stay behind its end.
    sodium_memzero(text_.data(), text_.capacity());
    text_.clear();
}

bool operator==(const Secret& one, const Secret& other) noexcept {
    return one.text_.size() == other.text_.size() &&
           sodium_memcmp(one.text_.data(), other.text_.data(), one.text_.size()) == 0;
}

}  // namespace resmon
