// The five errors. Thrown where found, caught at the doors (http/door.cpp, cli/main.cpp) and at a thread's entry.
#pragma once

#include "base/place.hpp"
#include "base/text.hpp"

#include <concepts>
#include <stdexcept>
#include <string>
#include <vector>

namespace resmon {

/// One thing that is wrong with the input, said so that it can be mended: `must be ≥ 0, is -3`.
struct Fault {
    Place place;
    Wording expectation;

    bool operator==(const Fault&) const = default;
};

/// `services/passport.yaml:14: demand_per_1000: must be ≥ 0, is -3`
std::string to_string(const Fault& fault, Language language = Language::english);

/// The input is malformed. Readers collect every fault of a run first, so that people fix a file in one go.
class InputError : public std::runtime_error {
public:
    explicit InputError(std::vector<Fault> faults);
    /// A template, so that a list in braces can only mean faults.
    template <std::convertible_to<Wording> Words>
    explicit InputError(Words expectation) : InputError(std::vector<Fault>{Fault{{}, std::move(expectation)}}) {}

    [[nodiscard]] const std::vector<Fault>& faults() const noexcept { return faults_; }
    /// One fault a line.
    [[nodiscard]] std::string in(Language language) const;

private:
    std::vector<Fault> faults_;
};

/// A fault that is told in words: `what()` has them in English.
class WordedError : public std::runtime_error {
public:
    explicit WordedError(Wording wording) : std::runtime_error{wording}, wording_{std::move(wording)} {}
    [[nodiscard]] const std::string& in(Language language) const noexcept { return wording_.in(language); }

private:
    Wording wording_;
};

/// Why the system refuses, from errno or the value of an error code of the system. What has no words of ours is
/// English.
[[nodiscard]] Wording system_reason(int error_number);

/// Somebody else was faster, or what exists contradicts the wish.
class Conflict : public WordedError {
public:
    using WordedError::WordedError;
};

/// What was asked for does not exist.
class NotFound : public WordedError {
public:
    using WordedError::WordedError;
};

/// The person may not do this.
class Forbidden : public std::runtime_error {
public:
    enum class Why {
        not_yours,      ///< a stranger must not learn that the thing exists
        no_right,       ///< nothing is given away by saying so
        sign_in_first,  ///< nobody is signed in, or no longer
        sign_in_failed,
        second_factor_needed,
        cross_site,  ///< another site made the browser ask
        too_many_tries,
    };
    explicit Forbidden(const std::string& what, Why reason = Why::not_yours, int seconds_to_wait = 0)
        : std::runtime_error{what}, why{reason}, seconds{seconds_to_wait} {}
    Why why;
    int seconds;  ///< after which another try is answered
};

/// Not now: the database is busy, the disk is full, the server is stopping. Trying again later can help.
class Unavailable : public WordedError {
public:
    enum class Why {
        busy,          ///< by itself it is over soon
        storage_full,  ///< once somebody makes room
        damaged,       ///< only a backup helps
    };
    explicit Unavailable(Wording wording, Why reason = Why::busy) : WordedError{std::move(wording)}, why{reason} {}
    Why why;
};

}  // namespace resmon
