// The desk of own scenarios: kept, changed by one at a time, seen by those who may; runs keep the text they were made
// of.
#include "scenarios/scenarios.hpp"

#include "base/error.hpp"
#include "forecast/forecast.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace resmon::scenarios {
namespace {

using Json = nlohmann::json;
using testing::HasSubstr;

const Principal local{.kind = Principal::Kind::local};

Principal person(const char* organisation, Role role) {
    return {.kind = Principal::Kind::person, .person = {"p"}, .memberships = {{{organisation}, role, {}}}};
}

std::string text_of(const char* scenario) {
    return catalogue::shipped_files().at("scenarios/" + std::string{scenario} + ".yaml");
}

class OwnScenarios : public testing::TestWithParam<storage::Engine> {
protected:
    OwnScenarios()
        : runs_{database_, audit_, catalogue::shipped(), catalogue::shipped_files()},
          scenarios_{runs_.own_scenarios()} {}

    std::vector<std::string> deeds() {
        std::vector<std::string> found;
        for (const accounts::AuditEntry& entry : audit_.whole(local)) found.push_back(entry.content.action);
        return found;
    }

    forecast::RunStatus ended(const RunId& id) {
        const auto until = std::chrono::steady_clock::now() + std::chrono::minutes{4};  // a busy machine may take long
        forecast::RunStatus status = runs_.status(local, id);
        while (!has_ended(status.run.state) && std::chrono::steady_clock::now() < until)
            status = runs_.next_status(local, id, status.version, std::chrono::seconds{1});
        return status;
    }

    static forecast::Wish wish(const ScenarioId& scenario) {
        return {.request = {.incident = {}, .scenario = scenario, .region = {"suedwestfalen"}, .overrides = {}},
                .sampling = {3, 20}};
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", std::chrono::system_clock::now};
    forecast::Runs runs_;
    Scenarios& scenarios_;
};

TEST_P(OwnScenarios, AreKeptChangedAndDeletedAndTheTrailSaysSo) {
    const Sheet made = scenarios_.create(local, std::nullopt, text_of("faulty-update"));
    EXPECT_EQ(made.kept.version, 1);
    EXPECT_EQ(made.kept.name, catalogue::shipped().scenario({"faulty-update"}).name);
    EXPECT_TRUE(made.may_write);
    const Sheet changed = scenarios_.change(local, made.kept.id, "name: {de: Halb, en: Half}\n", 1);
    EXPECT_EQ(changed.kept.version, 2);
    EXPECT_EQ(changed.kept.name, (Text{"Halb", "Half"}));
    EXPECT_FALSE(changed.checked.faults.empty()) << "half a day's work is kept with its faults";
    ASSERT_EQ(scenarios_.list(local).size(), 1U);
    EXPECT_EQ(scenarios_.list(local)[0].kept.text, "name: {de: Halb, en: Half}\n");
    scenarios_.remove(local, made.kept.id);
    EXPECT_TRUE(scenarios_.list(local).empty());
    EXPECT_THROW((void)scenarios_.read(local, made.kept.id), NotFound);
    EXPECT_THROW(scenarios_.remove(local, made.kept.id), NotFound);
    EXPECT_THAT(deeds(), testing::IsSupersetOf({"create-scenario", "change-scenario", "delete-scenario"}));
}

TEST_P(OwnScenarios, OfTwoWhoChangeTheSameVersionOneIsToldOfTheOther) {
    const OwnScenarioId id = scenarios_.create(local, std::nullopt, "name: {de: A, en: A}").kept.id;
    (void)scenarios_.change(local, id, "name: {de: B, en: B}", 1);
    try {
        (void)scenarios_.change(local, id, "name: {de: C, en: C}", 1);
        FAIL() << "the second overwrote the first";
    } catch (const Conflict& conflict) {
        EXPECT_EQ(conflict.in(Language::german), "inzwischen wurde dieses Szenario geändert: es steht bei Fassung 2");
    }
    EXPECT_EQ(scenarios_.read(local, id).kept.name.de, "B");
    EXPECT_EQ(scenarios_.change(local, id, "name: {de: C, en: C}", 2).kept.version, 3);
}

TEST_P(OwnScenarios, AreWrittenByWhoMayStartRunsAndReadByWhoMayReadThem) {
    const Principal editor = person("siegen", Role::editor);
    const OwnScenarioId id = scenarios_.create(editor, std::nullopt, text_of("faulty-update")).kept.id;
    EXPECT_EQ(scenarios_.read(editor, id).kept.organisation.value, "siegen");
    const Principal viewer = person("siegen", Role::viewer);
    EXPECT_FALSE(scenarios_.read(viewer, id).may_write);
    EXPECT_THROW((void)scenarios_.change(viewer, id, "x: y", 1), NotFound);
    EXPECT_THROW((void)scenarios_.create(viewer, std::nullopt, "x: y"), Forbidden);
    for (const Principal& stranger : {person("olpe", Role::editor), person("siegen", Role::researcher),
                                      Principal{.kind = Principal::Kind::link, .link = "0123456789abcdef"}}) {
        EXPECT_TRUE(scenarios_.list(stranger).empty());
        EXPECT_THROW((void)scenarios_.read(stranger, id), NotFound);
        EXPECT_THROW((void)scenarios_.change(stranger, id, "x: y", 1), NotFound);
        EXPECT_THROW(scenarios_.remove(stranger, id), NotFound);
        EXPECT_EQ(scenarios_.text_of(stranger, id_of(text_of("faulty-update"))), std::nullopt);
    }
    EXPECT_THROW((void)scenarios_.create(editor, OrganisationId{"olpe"}, "x: y"), Forbidden);
}

TEST_P(OwnScenarios, WhatIsNoTextAtAllIsNotKept) {
    const auto refusal = [this](const std::string& text) -> std::string {
        try {
            (void)scenarios_.create(local, std::nullopt, text);
        } catch (const InputError& error) {
            return error.in(Language::german);
        }
        return "";
    };
    EXPECT_EQ(refusal(" \n"), "/text: darf nicht leer sein");
    EXPECT_EQ(refusal(std::string{"a: b\0c", 6}), "/text: darf kein NUL-Zeichen enthalten");
    EXPECT_THAT(refusal(std::string(most_bytes + 1, 'a')), HasSubstr("darf höchstens 262144 Bytes haben"));
    EXPECT_TRUE(scenarios_.list(local).empty());
}

TEST_P(OwnScenarios, AnOrganisationHasAHundred) {
    for (int number = 0; number < most_scenarios; ++number)
        (void)scenarios_.create(person("siegen", Role::editor), std::nullopt, "x: " + std::to_string(number));
    EXPECT_THROW((void)scenarios_.create(person("siegen", Role::editor), std::nullopt, "x: y"), Conflict);
    EXPECT_EQ(scenarios_.create(person("olpe", Role::editor), std::nullopt, "x: y").kept.version, 1);
}

TEST_P(OwnScenarios, ACopyOfABuiltInOneGivesTheSameForecastAndKeepsItsTextForEver) {
    runs_.work(2);
    const std::string text = text_of("storage-failure");
    const OwnScenarioId id = scenarios_.create(local, std::nullopt, text).kept.id;
    const RunId own = runs_.start(local, wish(id_of(text))).run.id;
    const RunId built_in = runs_.start(local, wish({"storage-failure"})).run.id;
    ASSERT_EQ(ended(own).run.state, forecast::RunState::done) << ended(own).run.failure;
    ASSERT_EQ(ended(built_in).run.state, forecast::RunState::done);
    EXPECT_EQ(runs_.status(local, own).run.scenario_name, catalogue::shipped().scenario({"storage-failure"}).name);
    Json mine = Json::parse(runs_.part(local, own, "summary"));
    Json theirs = Json::parse(runs_.part(local, built_in, "summary"));
    for (Json* result : {&mine, &theirs}) result->erase("about"), result->erase("scenario");
    EXPECT_EQ(mine, theirs);

    const std::string course = runs_.course(local, own, 7);
    (void)scenarios_.change(local, id, text_of("faulty-update"), 1);
    EXPECT_EQ(runs_.course(local, own, 7), course) << "the scenario was changed";
    scenarios_.remove(local, id);
    EXPECT_EQ(runs_.course(local, own, 7), course) << "the scenario is gone";
    EXPECT_EQ(runs_.start(local, wish(id_of(text))).run.request.scenario, id_of(text)) << "asked again from the run";
}

TEST_P(OwnScenarios, AreNoneOfAnotherTownsBusiness) {
    const std::string text = text_of("storage-failure");
    const OwnScenarioId id = scenarios_.create(person("siegen", Role::editor), std::nullopt, text).kept.id;
    (void)runs_.start(person("siegen", Role::editor), wish(id_of(text)));
    EXPECT_THROW((void)runs_.start(person("olpe", Role::editor), wish(id_of(text))), NotFound);
    EXPECT_THROW((void)runs_.what_if(person("olpe", Role::editor), wish(id_of(text)), "c"), NotFound);
    scenarios_.remove(person("siegen", Role::editor), id);
    EXPECT_THROW((void)runs_.start(person("olpe", Role::editor), wish(id_of(text))), NotFound);
}

TEST_P(OwnScenarios, WithFaultsNothingIsComputed) {
    std::string text = text_of("storage-failure");
    text.replace(text.find("cause: hardware"), 15, "cause: magic");
    (void)scenarios_.create(local, std::nullopt, text);
    try {
        (void)runs_.start(local, wish(id_of(text)));
        FAIL() << "a scenario with a fault was taken";
    } catch (const InputError& error) {
        EXPECT_THAT(error.in(Language::german), HasSubstr("cause: muss eins von attack,"));
    }
    EXPECT_TRUE(runs_.list(local).empty());
}

TEST_P(OwnScenarios, TheTextOfADeletedRunIsKeptForNobody) {
    runs_.work(1);
    const std::string text = text_of("storage-failure");
    const OwnScenarioId id = scenarios_.create(local, std::nullopt, text).kept.id;
    const RunId run = runs_.start(local, wish(id_of(text))).run.id;
    (void)ended(run);
    scenarios_.remove(local, id);
    runs_.end(local, run);
    EXPECT_THROW((void)runs_.start(local, wish(id_of(text))), NotFound);
}

INSTANTIATE_TEST_SUITE_P(On, OwnScenarios, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::scenarios
