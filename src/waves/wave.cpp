#include "waves/wave.hpp"

#include "base/calendar.hpp"
#include "base/word.hpp"

namespace resmon::waves {

namespace {

constexpr std::array<std::string_view, 3> states{"planned", "open", "closed"};
constexpr std::array<std::string_view, 11> obstacles{
    "is-planned",          "is-open",        "is-closed",    "frame-is-empty",     "before-the-window",
    "after-the-window",    "window-is-open", "not-in-frame", "takes-part-already", "other-questionnaire",
    "deletion-day-to-come"};

/// The obstacle of being in this state.
Obstacle being(WaveState state) { return static_cast<Obstacle>(state); }

std::string_view meaning_of(Obstacle obstacle) {
    switch (obstacle) {
        case Obstacle::is_planned: return "the wave is not open yet";
        case Obstacle::is_open: return "the wave is open";
        case Obstacle::is_closed: return "the wave is closed";
        case Obstacle::frame_is_empty: return "choose whom the wave asks first";
        case Obstacle::before_the_window: return "the first day of the window is still to come";
        case Obstacle::after_the_window: return "the last day of the window is over";
        case Obstacle::window_is_open: return "the last day of the window is still to come: say why it ends earlier";
        case Obstacle::not_in_frame: return "the wave does not ask this body";
        case Obstacle::takes_part_already: return "the body takes part already";
        case Obstacle::other_questionnaire: return "the response answers another questionnaire or version";
        case Obstacle::deletion_day_to_come: return "the day that was promised for the deletion is still to come";
    }
    return {};
}

}  // namespace

std::string_view to_string(WaveState state) { return word_of(states, state); }
WaveState wave_state_from(std::string_view word) { return value_of<WaveState>(states, word); }
std::string_view to_string(Obstacle obstacle) { return word_of(obstacles, obstacle); }

std::vector<Fault> faults_of(const Wave& wave) {
    std::vector<Fault> faults;
    const auto text = [&](const Text& given, const char* pointer) {
        if (given.de.empty()) faults.push_back({{.path = pointer}, "is missing"});
    };
    const auto day = [&](const std::string& given, const char* pointer) {
        if (!date_from(given)) faults.push_back({{.path = pointer}, "must be a day, YYYY-MM-DD, is " + given});
    };
    text(wave.name, "/name/de");
    text(wave.purpose, "/purpose/de");
    day(wave.opens, "/opens");
    day(wave.closes, "/closes");
    day(wave.delete_on, "/delete_on");
    if (!faults.empty()) return faults;
    // Days of this form are in the order of their texts.
    if (wave.closes < wave.opens)
        faults.push_back({{.path = "/closes"}, fmt::format("must not be before {}, is {}", wave.opens, wave.closes)});
    if (wave.delete_on <= wave.closes)
        faults.push_back({{.path = "/delete_on"}, fmt::format("must be after {}, is {}", wave.closes, wave.delete_on)});
    return faults;
}

std::optional<Obstacle> obstacle_to_open(const Wave& wave, std::size_t bodies, std::string_view today) {
    if (wave.state != WaveState::planned) return being(wave.state);
    if (bodies == 0) return Obstacle::frame_is_empty;
    if (today < wave.opens) return Obstacle::before_the_window;
    if (today > wave.closes) return Obstacle::after_the_window;
    return std::nullopt;
}

std::optional<Obstacle> obstacle_to_close(const Wave& wave, std::string_view today, std::string_view reason) {
    if (wave.state != WaveState::open) return being(wave.state);
    if (today <= wave.closes && reason.empty()) return Obstacle::window_is_open;
    return std::nullopt;
}

std::optional<Obstacle> obstacle_to_answer(const Wave& wave, std::string_view today) {
    if (wave.state != WaveState::open) return being(wave.state);
    if (today > wave.closes) return Obstacle::after_the_window;
    return std::nullopt;
}

std::optional<Obstacle> obstacle_to_purge(const Wave& wave, std::string_view today) {
    if (wave.state != WaveState::closed) return being(wave.state);
    if (today < wave.delete_on) return Obstacle::deletion_day_to_come;
    return std::nullopt;
}

void require_none(std::optional<Obstacle> obstacle) {
    if (obstacle) throw Conflict{fmt::format("{}: {}", to_string(*obstacle), meaning_of(*obstacle))};
}

}  // namespace resmon::waves
