#include "secrets/secret.hpp"

#include <sodium.h>

namespace resmon {

namespace {

/// Up to the capacity: nothing of a longer text may stay behind its end.
void clear(std::string& text) noexcept {
    sodium_memzero(text.data(), text.capacity());
    text.clear();
}

}  // namespace

// A short string that is moved or swapped away keeps its bytes in place: the source is cleared as well.
Secret::Secret(std::string&& text) noexcept {
    text_.swap(text);
    clear(text);
}

Secret::Secret(Secret&& other) noexcept {
    text_.swap(other.text_);
    other.forget();
}

Secret& Secret::operator=(Secret other) noexcept {
    text_.swap(other.text_);
    return *this;
}

Secret::~Secret() { forget(); }

void Secret::forget() noexcept { clear(text_); }

bool operator==(const Secret& one, const Secret& other) noexcept {
    return one.text_.size() == other.text_.size() &&
           sodium_memcmp(one.text_.data(), other.text_.data(), one.text_.size()) == 0;
}

}  // namespace resmon
