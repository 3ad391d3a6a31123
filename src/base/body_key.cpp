#include "base/body_key.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon {

namespace {

constexpr std::array<std::string_view, 16> state_names{"schleswig-holstein",
                                                       "hamburg",
                                                       "niedersachsen",
                                                       "bremen",
                                                       "nordrhein-westfalen",
                                                       "hessen",
                                                       "rheinland-pfalz",
                                                       "baden-wuerttemberg",
                                                       "bayern",
                                                       "saarland",
                                                       "berlin",
                                                       "brandenburg",
                                                       "mecklenburg-vorpommern",
                                                       "sachsen",
                                                       "sachsen-anhalt",
                                                       "thueringen"};

bool is_digit(char character) { return character >= '0' && character <= '9'; }

}  // namespace

template <int digits>
Key<digits>::Key(std::string_view text) : text_{text} {
    if (text.size() != digits || !std::ranges::all_of(text, is_digit))
        throw InputError{worded("fault.digits", {{"count", std::to_string(digits)}, {"found", text}})};
}

template class Key<5>;
template class Key<8>;
template class Key<9>;
template class Key<12>;

BodyKey body_key_of(const AssociationKey& association) { return BodyKey{association.text() + "000"}; }
BodyKey body_key_of(const DistrictKey& district) { return BodyKey{district.text() + "0000000"}; }
DistrictKey district_of(const Ars& key) { return DistrictKey{std::string_view{key.text()}.substr(0, 5)}; }
AssociationKey association_of(const Ars& key) { return AssociationKey{std::string_view{key.text()}.substr(0, 9)}; }

bool is_synthetic(std::string_view body_key) {
    constexpr std::size_t digits = 12;
    return body_key.size() == digits && (body_key.starts_with("9999") || body_key.substr(2, 3) == "999");
}

State state_of(const Ars& key) {
    const int number = (key.text()[0] - '0') * 10 + (key.text()[1] - '0');
    if (number < 1 || number > 16) throw InputError{worded("fault.state-number", {{"found", key.text()}})};
    return static_cast<State>(number);
}

std::string_view to_string(State state) { return state_names.at(static_cast<std::size_t>(state) - 1); }

State state_from(std::string_view name) {
    const auto found = std::ranges::find(state_names, name);
    if (found == state_names.end())
        throw InputError{
            worded("fault.one-of", {{"words", fmt::format("{}", fmt::join(state_names, ", "))}, {"word", name}})};
    return static_cast<State>(found - state_names.begin() + 1);
}

}  // namespace resmon
