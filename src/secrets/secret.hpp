// A string that cannot be printed, logged or formatted by mistake, and leaves nothing behind in memory.
#pragma once

#include <string>
#include <string_view>

namespace resmon {

/// A password, a token, a key. There is no operator<<, no formatter and no conversion: who needs the text says so.
class Secret {
public:
    Secret() = default;
    /// Clears what it takes from.
    explicit Secret(std::string&& text) noexcept;
    Secret(const Secret&) = default;
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret other) noexcept;
    ~Secret();

    /// Valid as long as the secret lives. Not for logs, messages of errors or addresses.
    [[nodiscard]] std::string_view revealed() const noexcept { return text_; }
    [[nodiscard]] bool empty() const noexcept { return text_.empty(); }

    /// In a time that depends on the lengths alone.
    friend bool operator==(const Secret& one, const Secret& other) noexcept;

private:
    void forget() noexcept;

    std::string text_;
};

}  // namespace resmon
