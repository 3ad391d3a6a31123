#include "reading/readers.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::catalogue {

namespace {

/// The levels of an effect share kind and source; all draw by the question's name, so that a better answer moves each
/// course the same way.
std::array<Figure, highest_level + 1> levels_from(const Cursor& from, const QuestionId& question, Lever lever) {
    std::array<Figure, highest_level + 1> levels;
    const auto items = from.at("levels").items();
    if (items.size() != levels.size()) {
        from.at("levels").fault(worded("fault.read.five-levels", {{"found", std::to_string(items.size())}}));
        return levels;
    }
    const Figure about = from.figure_source();
    const Bounds bounds = is_probability(lever) ? Bounds::share : Bounds::positive;
    for (std::size_t level = 0; level < levels.size(); ++level) {
        items[level].only({"value", "low", "high"});
        Figure& figure = levels[level] = about;
        figure.id = "preparedness/" + question.value;
        figure.value = items[level].at("value").number(bounds);
        figure.low = items[level].at("low").number(bounds);
        figure.high = items[level].at("high").number(bounds);
        figure.spread = is_probability(lever) ? Spread::uniform : Spread::logarithmic;
        figure.place = items[level].place();
        if (!(figure.low <= figure.value && figure.value <= figure.high))
            items[level].fault(worded("fault.read.order", {{"low", fmt::format("{}", figure.low)},
                                                           {"value", fmt::format("{}", figure.value)},
                                                           {"high", fmt::format("{}", figure.high)}}));
        if (level == 0) continue;
        const Figure& below = levels[level - 1];
        for (const auto& [part, now, before] : {std::tuple{"value", figure.value, below.value},
                                                {"low", figure.low, below.low},
                                                {"high", figure.high, below.high}})
            if (is_better_high(lever) ? now < before : now > before)
                items[level].at(part).fault(worded(
                    "fault.read.no-worse", {{"before", fmt::format("{}", before)}, {"found", fmt::format("{}", now)}}));
    }
    return levels;
}

}  // namespace

PreparednessModel preparedness_from(const Cursor& root) {
    root.only({"version", "levers", "effects", "own_crews", "own_work"});
    PreparednessModel model{.version = static_cast<int>(root.at("version").number(Bounds::positive))};
    for (std::size_t lever = 0; lever < lever_names.size(); ++lever)
        model.names[lever] = root.at("levers").at(std::string{lever_names[lever]}).both_languages();
    for (const Cursor& from : root.at("effects").items()) {
        from.only({"question", "lever", "kind", "source", "derived_from", "levels"});
        Effect effect{.question = {from.at("question").text()},
                      .lever = static_cast<Lever>(from.at("lever").one_of(lever_names))};
        if (std::ranges::find(model.effects, effect.question, &Effect::question) != model.effects.end())
            from.at("question").fault(worded("fault.read.id-twice", {{"id", effect.question.value}}));
        effect.levels = levels_from(from, effect.question, effect.lever);
        model.effects.push_back(std::move(effect));
    }
    model.own_crews = crews_from(root.at("own_crews"), false);
    if (const Cursor work = root.at("own_work"); work.exists())
        for (int size = 0; size <= static_cast<int>(SizeClass::from_100000); ++size)
            model.own_work.push_back(work.at(std::string{to_string(static_cast<SizeClass>(size))})
                                         .figure(Bounds::positive, Spread::logarithmic));
    return model;
}

void check_preparedness(const Cursor& root, const Catalogue& catalogue) {
    const auto effects = root.at("effects").items();
    for (std::size_t place = 0; place < effects.size(); ++place) {
        const QuestionId& id = catalogue.preparedness.effects[place].question;
        const bool is_ordinal = std::ranges::any_of(catalogue.questionnaires, [&](const Questionnaire& one) {
            const Question* question = one.find(id);
            return question != nullptr && question->type == QuestionType::ordinal;
        });
        if (!is_ordinal)
            effects[place].at("question").fault(worded("fault.read.ordinal-anywhere", {{"found", id.value}}));
    }
}

}  // namespace resmon::catalogue
