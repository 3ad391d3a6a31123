#include "demo/towns.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace resmon::demo {

namespace {

/// Two digits of the state, and where its towns stand on the map: in a square of no town's own.
struct DemoState {
    const char* digits;
    double latitude;
    double longitude;
};
constexpr std::array<DemoState, 4> states{
    {{"05", 51.4, 7.6}, {"06", 50.6, 9.0}, {"09", 48.9, 11.4}, {"14", 51.0, 13.2}}};

constexpr long smallest = 1'500;
constexpr double largest_over_smallest = 120;

/// Evenly over the logarithm: many small ones, few large.
long population_of(int number) {
    const double share = (number * 7 % towns_per_state) / static_cast<double>(towns_per_state - 1);
    return std::lround(static_cast<double>(smallest) * std::pow(largest_over_smallest, share * share));
}

std::string name_of(std::size_t state, int number) {
    if (state == 0 && number == 0) return "Musterstadt (synthetisch)";
    if (state == 0 && number == 1) return "Beispielhausen (synthetisch)";
    constexpr std::array beginnings{"Übungs", "Probe", "Muster", "Beispiel", "Modell", "Test"};
    constexpr std::array endings{"dorf", "berg", "hausen", "feld", "tal"};
    return fmt::format("{}{} {}{:02} (synthetisch)",
                       beginnings.at(static_cast<std::size_t>(number) % beginnings.size()),
                       endings.at(static_cast<std::size_t>(number) / beginnings.size()), state + 1, number + 1);
}

}  // namespace

std::vector<Town> towns() {
    std::vector<Town> made;
    for (std::size_t state = 0; state < states.size(); ++state)
        for (int number = 0; number < towns_per_state; ++number)
            made.push_back({BodyKey{fmt::format("{}999{:04}000", states.at(state).digits, number + 1)},
                            name_of(state, number), population_of(number)});
    return made;
}

std::string with_towns(std::string register_csv, const std::vector<Town>& towns) {
    if (!register_csv.empty() && register_csv.back() != '\n') register_csv += '\n';
    for (std::size_t place = 0; place < towns.size(); ++place) {
        const Town& town = towns[place];
        const std::string key = town.key.text();
        const DemoState& state = states.at(place / towns_per_state);
        const int number = static_cast<int>(place % towns_per_state);
        const std::string district = key.substr(0, 5);
        const std::string association = key.substr(0, 9);
        constexpr int in_a_row = 6;
        constexpr double apart = 0.05;
        const int row = number / in_a_row;
        register_csv += fmt::format(
            "{0}{1},{2}{1},\"{3}\",63,{4},50,00000,{5:.4f},{6:.4f},{0},Demo-Landkreis "
            "(synthetisch),43,{2},\"{3}\",50\n",
            district, key.substr(6, 3), association, town.name, town.population, state.latitude + apart * row,
            state.longitude + apart * (number % in_a_row));
    }
    return register_csv;
}

}  // namespace resmon::demo
