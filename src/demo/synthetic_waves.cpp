#include "demo/synthetic_waves.hpp"

#include "base/calendar.hpp"
#include "base/instant.hpp"

#include <fmt/format.h>

namespace resmon::demo {

namespace {

/// With it Musterstadt has answered the first wave and not yet the second: its people can go on from there.
constexpr std::uint64_t seed = 2037;

std::string days_after(const std::string& day, int days) {
    return utc_text(*date_from(day) + std::chrono::days{days}).substr(0, 10);
}

waves::Wave planned(int wave, const OrganisationId& owner, const std::string& today, const waves::WaveId& previous) {
    constexpr int first_began = 300;
    constexpr int second_ends = 60;
    constexpr int kept = 400;
    return {.owner = owner,
            .name = {fmt::format("Vorführung, Welle {} (synthetisch)", wave),
                     fmt::format("Demonstration, wave {} (synthetic)", wave)},
            .questionnaire = {"resilienzmonitor"},
            .is_synthetic = true,
            .opens = wave == 1 ? days_after(today, -first_began) : today,
            .closes = days_after(today, second_ends),
            .purpose = {"Vorführung mit Gemeinden, die es nicht gibt.", "Demonstration with towns that do not exist."},
            .delete_on = days_after(today, kept),
            .previous = previous};
}

void hand_in(const Principal& who, const Desks& desks, const waves::WaveId& wave, int number, const Town& town) {
    const survey::Sheet begun = desks.survey.begin(who, {.questionnaire = {"resilienzmonitor"},
                                                         .body = town.key.text(),
                                                         .organisation = OrganisationId{town.key.text()}});
    std::vector<survey::SaveWish> wishes;
    for (const auto& [question, answer] : answers(town, number, *begun.questionnaire, begun.levels, seed))
        wishes.push_back({.question = question,
                          .id = fmt::format("demo-{}-{}", number, question.value),
                          .answer = answer,
                          .seen = {}});
    const survey::ResponseId& response = begun.response.id;
    (void)desks.survey.save_all(who, response, wishes);
    (void)desks.invitations.take_part(who, wave, response, waves::Comparing::yes);
    (void)desks.survey.finish(who, response);
}

}  // namespace

HandedIn hold_waves(const Principal& who, const Desks& desks, const OrganisationId& owner, const std::string& today,
                    const std::vector<Town>& asked) {
    std::vector<waves::FrameBody> frame;
    for (const Town& town : asked)
        frame.push_back(waves::frame_body_of(desks.waves.catalogue().bodies.body(town.key.text())));
    HandedIn handed_in;
    waves::WaveId previous;
    for (const int number : {1, 2}) {
        const waves::WaveId wave = desks.waves.plan(who, planned(number, owner, today, previous), frame).id;
        desks.waves.open(who, wave);
        for (const Town& town : asked) {
            if (!responds(town, number, seed)) continue;
            hand_in(who, desks, wave, number, town);
            ++(number == 1 ? handed_in.first : handed_in.second);
        }
        if (number == 1) desks.waves.close(who, wave, "Vorführung: die zweite Welle schließt an / demonstration");
        previous = wave;
    }
    return handed_in;
}

}  // namespace resmon::demo
