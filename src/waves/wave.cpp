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

}  // namespace

std::string_view to_string(WaveState state) { return word_of(states, state); }
WaveState wave_state_from(std::string_view word) { return value_of<WaveState>(states, word); }
std::string_view to_string(Obstacle obstacle) { return word_of(obstacles, obstacle); }

std::vector<Fault> faults_of(const Wave& wave) {
    std::vector<Fault> faults;
    const auto text = [&](const Text& given, const char* pointer) {
        if (given.de.empty()) faults.push_back({{.path = pointer}, worded("fault.missing")});
    };
    const auto day = [&](const std::string& given, const char* pointer) {
        if (!date_from(given)) faults.push_back({{.path = pointer}, worded("fault.day", {{"found", given}})});
    };
    text(wave.name, "/name/de");
    text(wave.purpose, "/purpose/de");
    day(wave.opens, "/opens");
    day(wave.closes, "/closes");
    day(wave.delete_on, "/delete_on");
    if (!faults.empty()) return faults;
    // Days of this form are in the order of their texts.
    if (wave.closes < wave.opens)
        faults.push_back(
            {{.path = "/closes"}, worded("fault.wave.not-before", {{"opens", wave.opens}, {"found", wave.closes}})});
    if (wave.delete_on <= wave.closes)
        faults.push_back(
            {{.path = "/delete_on"}, worded("fault.wave.after", {{"closes", wave.closes}, {"found", wave.delete_on}})});
    return faults;
}

bool is_same_plan(const Wave& one, const Wave& other) {
    return one.name == other.name && one.opens == other.opens && one.closes == other.closes &&
           one.purpose == other.purpose && one.delete_on == other.delete_on;
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
    if (obstacle) throw Conflict{worded("fault.wave." + std::string{to_string(*obstacle)})};
}

}  // namespace resmon::waves
