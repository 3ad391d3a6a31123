// Model files: what is read, what is refused and where, and that writing and reading change nothing.
#include "model_file/model_file.hpp"

#include "base/error.hpp"
#include "engine/forecast.hpp"
#include "model_file/course_outputs.hpp"
#include "model_file/drawn_normals.hpp"
#include "outage/town.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <sstream>

namespace resmon::model_file {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Two servers, one crew, one town.
const std::string small = R"(format: resmon-model-1
title: Two servers
horizon: 100
start: 2026-03-02T08:00
priority: list
overtime: 0.2
pools:
  - {id: admins, crews: 1}
gates:
  - {id: release, median: 2}
tasks:
  - {id: directory, median: 4, pool: admins, after: [release]}
  - {id: cases, median: 6, pool: admins, after: [directory]}
resources:
  - {id: directory, restored_by: [directory]}
  - {id: cases, restored_by: [cases]}
bodies:
  - {key: town, inhabitants: 12000}
services:
  - {id: passports}
  - {id: certificates}
provisions:
  - {body: town, service: passports, demand: 5, modes: {normal: {needs: [cases]}}}
  - body: town
    service: certificates
    demand: 10
    modes:
      normal: {needs: directory}
      paper: {delay: 1, capacity: 0.3}
)";

std::string with(const std::string& before, const std::string& after) {
    std::string text = small;
    const std::size_t place = text.find(before);
    EXPECT_NE(place, std::string::npos) << before;
    return text.replace(place, before.size(), after);
}

outage::Case case_from(const std::string& text) { return model_from_yaml(text, "town.yaml").outage; }

std::vector<std::string> faults_of(const std::string& text) {
    std::vector<std::string> told;
    try {
        (void)model_from_yaml(text, "town.yaml");
    } catch (const InputError& error) {
        for (const Fault& fault : error.faults()) told.push_back(to_string(fault));
    }
    return told;
}

/// Everything a course tells, as bytes.
std::vector<double> told_by(const outage::Case& outage, std::uint32_t course) {
    const outage::Course one = outage::course(outage, {7, 100}, course);
    std::vector<double> told = one.loss_days;
    for (const auto& begins : one.mode_begin) told.insert(told.end(), begins.begin(), begins.end());
    return told;
}

TEST(ModelFile, ASmallTownGivesTheDaysThatAHandCountGives) {
    const outage::Case outage = case_from(small);
    const outage::Course one = outage::course(outage, {1, 10}, 0);
    // Release 2, directory 2 … 6, cases 6 … 12.
    EXPECT_THAT(one.resource_up, ElementsAre(6, 12));
    EXPECT_THAT(one.mode_begin, ElementsAre(ElementsAre(12), ElementsAre(6, 1)));
    EXPECT_DOUBLE_EQ(one.start, 20'514.0 + 8.0 / 24);  // 2026-03-02
}

TEST(ModelFile, CourseOutputsAreTheClosedForms) {
    const std::vector<double> days{0, 1, 6, 11.5, 12};
    const auto rows = course_outputs(case_from(small), {1, 1}, days);
    ASSERT_EQ(rows.size(), 1U);
    EXPECT_DOUBLE_EQ(rows[0].services_half, 6);
    EXPECT_DOUBLE_EQ(rows[0].services_most, 12);
    EXPECT_DOUBLE_EQ(rows[0].services_all, 12);
    // Passports 12 days, certificates 1 + 0.7 · 5 = 4.5 days, of equal weight.
    EXPECT_DOUBLE_EQ(rows[0].loss_days, (12 + 4.5) / 2);
    EXPECT_THAT(rows[0].ability, ElementsAre(0, 0.15, 0.5, 0.5, 1));
    // Day 12: passports 5 · 12; certificates 10 · (4.5 − 0.2 · 6).
    EXPECT_NEAR(rows[0].backlog_peak, 60 + 33, 1e-9);
    // Triangles U²/2 (1 + 1/o); certificates 1/2 + (1 + 4.5)/2 · 5 + 4.5²/2/0.2.
    EXPECT_NEAR(rows[0].waiting_case_days, 5 * 72 * 6 + 10 * (0.5 + 13.75 + 50.625), 1e-9);
}

TEST(ModelFile, SerialSchedulingLetsACrewWaitForItsPredecessor) {
    const std::string list = with("priority: list", "priority: list\nscheduling: serial") +
                             "questions: [{id: all, provisions: [town/passports], mode: normal}]\n";
    std::string text = list;
    text.replace(text.find("crews: 1"), 8, "crews: 2");
    text.insert(text.find("resources:"), "  - {id: mail, median: 1, pool: admins, after: [release]}\n");
    const outage::Case outage = case_from(text);
    const outage::Course serial = outage::course(outage, {1, 10}, 0);
    // The second crew waits with `cases` for the directory until day 6, so mail gets the first crew then.
    EXPECT_THAT(serial.activity_finish, ElementsAre(2, 6, 12, 7));
    outage::Case parallel = outage;
    parallel.scheduling = outage::Scheduling::parallel;
    EXPECT_THAT(outage::course(parallel, {1, 10}, 0).activity_finish, ElementsAre(2, 6, 12, 3));
}

TEST(ModelFile, GivenLoadingsReplaceTheSharesOfTheCase) {
    const auto day = [](const std::string& more) {
        return outage::course(case_from(with("median: 2}", "median: 2, sigma: 1" + more + "}")), {3, 10}, 4)
            .activity_finish[0];
    };
    std::vector<double> normals(3);
    std::ostringstream file;
    write_normals({{}, {NormalColumn::Of::owner, "owner"}, {NormalColumn::Of::duration, "release"}}, {3, 5}, file);
    std::memcpy(normals.data(), file.str().data() + 4 * 3 * sizeof(double), 3 * sizeof(double));
    EXPECT_NEAR(day(""), 2 * std::exp(normals[2]), 1e-12);
    EXPECT_NEAR(day(", loadings: {severity: 0.25, owner: 0.64}"),
                2 * std::exp(0.5 * normals[0] + 0.8 * normals[1] + std::sqrt(0.11) * normals[2]), 1e-12);
}

TEST(ModelFile, ReadAgainWhatWasWrittenGivesTheSameBits) {
    const std::string text = R"(format: resmon-model-1
title: "All \"kinds\" of things"
horizon: 365
reference_year: 2027
severity_share: {low: 0.2, high: 0.4}
owner_share: 0.1
overtime: {low: 0.1, high: 0.3}
data_loss_days: 1.5
data_loss_effort: 0.5
office_hours: {from: 7, to: 16.5}
estimates:
  - {id: chaos, low: 0.8, central: 1, high: 1.7, spread: logarithmic}
  - {id: slow, low: 1, central: 2, high: 4, one_of: [[1, 1.5], [3, 4]], factors: [chaos, half], most: 5}
  - {id: half, central: 0.5}
calendars:
  - {id: state, first_year: 2027, last_year: 2029, holidays: [2027-01-01, 2027-03-26]}
pools:
  - {id: platform, label: crew/platform, slots: [{crews: 2, to: 40}, {from: 12.5}], calendar: state}
  - {id: local, crews: 3, by_lot: {low: 0.2, high: 0.7}}
backups:
  - {id: offline, survives: {low: 0.3, high: 0.6}}
gates:
  - {id: containment, median: 3, sigma: 0.5, calendar: state}
  - {id: decision, triangular: [0.5, 1, 4.25], owner: state, after: [containment]}
  - {id: declaration, median: 0.2, sigma: 0.8, calendar: state, reached: {low: 0.1, high: 0.6}}
  - {id: re-admission, median: 5, sigma: 0.4, owner: state, after: [containment, network],
     setback: {probability: 0.3, share: 0.5, repeats: [network]}}
tasks:
  - {id: network, median: slow, sigma: 0.6, multipliers: [chaos, {low: 1, high: 2}], pool: platform, crews: 2,
     after: [containment], rebuild_median: 20, backup: offline, loadings: {severity: 0.5}}
  - {id: delivery, empirical: [30, 2, 4.5, 4], multipliers: [chaos], pool: local, after: [decision]}
  - {id: "007", label: clients, median: {low: 2, high: 9}, pool: local, owner: town-b, after: [network], resource: network}
resources:
  - {id: network, fails: {low: 0.8, high: 0.9}, fails_with: tonight, restored_by: [network, re-admission]}
  - {id: clients, restored_by: ["007"]}
  - {id: telephony, fails: 0}
bodies:
  - {key: "059620032000", inhabitants: 90000, calendar: state, declaration: containment}
  - {key: town-b, inhabitants: 3000.5, declaration: declaration}
services:
  - {id: passports, tolerable_days: 14, deadline: 10, vanishing: {low: 0, high: 0.2}}
  - {id: payday, kind: due-date, due: [2027-01-31T12:00, 2027-02-28T12:00, 2027-09-30T12:00, 2028-05-31]}
  - {id: children, kind: standby, tolerable_days: 0.25}
provisions:
  - {body: "059620032000", service: passports, weight: 4, demand: 17.3, modes: {
       normal: {needs: [network, clients]},
       neighbour: {needs: {any: [telephony, network]}, delay: {low: 2, high: 5}, capacity: 0.8,
         helpers: [{body: town-b, spare: 3}, {body: elsewhere, spare: 2}]},
       paper: {needs: {at_least: {count: 1, of: [telephony, clients]}}, capacity: {low: 0.2, high: 0.5}, lawful_share: 0.6,
         endurance: 20, sustained: 0.1, reentry: 0.3, delay: {median: 2, sigma: 0.5, loadings: {owner: 0.2}}}}}
  - {body: town-b, service: passports, modes: {normal: {needs: telephony}}}
  - {body: town-b, service: payday, weight: 2, demand: 800, modes: {normal: {needs: clients}}}
  - {body: town-b, service: children, modes: {normal: {needs: clients}, basic-operation: {delay: 1, capacity: 1}}}
questions:
  - {id: passports-back, provisions: ["059620032000/passports"], mode: paper, threshold: 0.5}
)";
    const Model model = model_from_yaml(text, "all.yaml");
    const std::string written = yaml_of(model);
    const Model again = model_from_yaml(written, "written.yaml");
    EXPECT_EQ(again.title, "All \"kinds\" of things");
    EXPECT_EQ(yaml_of(again), written);
    for (std::uint32_t course = 0; course < 50; ++course)
        ASSERT_EQ(told_by(again.outage, course), told_by(model.outage, course)) << course;
    const auto one = outage::forecast(model.outage, {3, 200});
    const auto other = outage::forecast(again.outage, {3, 200});
    EXPECT_EQ(one->loss_days.mean, other->loss_days.mean);
    EXPECT_EQ(one->late_cases.mean, other->late_cases.mean);
    EXPECT_EQ(one->missed_dates.mean, other->missed_dates.mean);
    EXPECT_EQ(one->questions[0].day.mean, other->questions[0].day.mean);
}

TEST(ModelFile, EveryNormalOfACourseHasAColumn) {
    std::vector<std::string> told;
    for (const NormalColumn& column : normal_columns(case_from(small)))
        told.push_back(std::string{to_string(column.of)} + " " + column.id);
    EXPECT_THAT(told, ElementsAre("severity ", "owner owner", "duration release", "duration directory",
                                  "duration cases", "body town", "activation town/paper"));
}

TEST(ModelFile, ACycleIsRefusedWithItsMembersAndALine) {
    EXPECT_THAT(faults_of(with("median: 2}", "median: 2, after: [cases]}")),
                ElementsAre("town.yaml:10: gates.release: must not wait for itself: release → directory → cases → "
                            "release"));
}

TEST(ModelFile, ADurationHasOneMargin) {
    const auto gate = [](const std::string& duration) { return faults_of(with("median: 2}", duration + "}")); };
    EXPECT_THAT(gate("triangular: [1, 2, 7]"), IsEmpty());
    EXPECT_THAT(gate("empirical: [3, 1]"), IsEmpty());
    const auto one_of =
        ElementsAre(HasSubstr("gates.release: must have exactly one of median, triangular and empirical"));
    EXPECT_THAT(gate("median: 2, triangular: [1, 2, 7]"), one_of);
    EXPECT_THAT(gate("empirical: [1], triangular: [1, 2, 7]"), one_of);
    EXPECT_THAT(gate("triangular: [3, 2, 7]"), ElementsAre(HasSubstr("gates.release.triangular: must have least")));
    EXPECT_THAT(gate("empirical: [1], sigma: 0.5"),
                ElementsAre(HasSubstr("gates.release.sigma: only goes with median")));
    EXPECT_THAT(gate("empirical: []"), testing::Not(IsEmpty()));
    EXPECT_THAT(gate("triangular: [1, 2]"), testing::Not(IsEmpty()));
    EXPECT_THAT(gate("sigma: 0.5"), testing::Not(IsEmpty())) << "none of them";
    EXPECT_THAT(gate("triangular: [1, 2, 7], reached: 1.5"), testing::Not(IsEmpty()));
}

TEST(ModelFile, WhatIsWrongIsRefusedWithPlaceAndReason) {
    const auto expect = [](const std::string& before, const std::string& after, const std::string& said) {
        EXPECT_THAT(faults_of(with(before, after)), ElementsAre("town.yaml:" + said)) << after;
    };
    expect("pool: admins, after: [directory]", "pool: admin, after: [directory]",
           "13: tasks.cases.pool: must name a pool, is admin, did you mean admins");
    expect("pool: admins, after: [directory]", "pool: admins, crews: 2, after: [directory]",
           "13: tasks.cases: must take at most 1, as many crews as admins has, takes 2");
    expect("{id: admins, crews: 1}", "{id: admins}", "8: pools.admins: must have a crew: crews or slots");
    expect("{id: release, median: 2}", "{id: release, median: -2}", "10: gates.0.median: must be ≥ 0, is -2");
    expect("{id: release, median: 2}", "{id: release, median: 2}\n  - {id: cases, median: 1}",
           "14: tasks.cases: must be the only task or gate of that id, cases stands in line 11 too");
    expect("overtime: 0.2", "severity_share: 0.6\nowner_share: {low: 0.1, high: 0.4}",
           "6: severity_share: must be at most 0.9 together with owner_share, is 1");
    expect("median: 2}", "median: 2, loadings: {severity: 0.7, owner: 0.4}}",
           "10: gates.release.loadings: must be at most 1 together, are 0.7 and 0.4");
    expect("restored_by: [cases]}", "fails: 0.5}",
           "16: resources.cases: is missing: restored_by, the tasks or gates that bring it back; [] if nothing does");
    expect("start: 2026-03-02T08:00", "start: 2026-02-30",
           "4: start: must be YYYY-MM-DD or YYYY-MM-DDTHH:MM, is 2026-02-30");
    expect("capacity: 0.3", "capacity: {low: 0.5, high: 0.3}",
           "29: provisions.town/certificates.modes.paper.capacity: must have low ≤ high, has 0.5 and 0.3");
    expect("{needs: [cases]}", "{needs: {at_least: {count: 3, of: [cases, directory]}}}",
           "23: provisions.town/passports.modes.normal.needs: must need at most 2 of its parts, needs 3");
    expect("horizon: 100", "horizont: 100", "1: has an unknown key: horizont");
    expect("{id: admins, crews: 1}", "{id: admins, crews: 1, by_lot: 1.5}", "8: pools.0.by_lot: must be ≤ 1, is 1.5");
    expect("priority: list", "scheduling: serial", " case: must have the priority list while scheduling is serial");
}

TEST(ModelFile, WhatIsWrongIsToldInGermanToo) {
    const auto german = [](const std::string& before, const std::string& after) -> std::string {
        try {
            (void)model_from_yaml(with(before, after), "town.yaml");
        } catch (const InputError& error) {
            return error.in(Language::german);
        }
        return "";
    };
    EXPECT_EQ(german("pool: admins, after: [directory]", "pool: admin, after: [directory]"),
              "town.yaml:13: tasks.cases.pool: muss eine Gruppe von Trupps nennen, ist admin, meinten Sie admins?");
    EXPECT_EQ(german("pool: admins, after: [directory]", "pool: admins, crews: 2, after: [directory]"),
              "town.yaml:13: tasks.cases: darf höchstens 1 brauchen, so viele Trupps hat admins, braucht 2");
    EXPECT_EQ(german("{id: release, median: 2}", "{id: release, median: -2.5}"),
              "town.yaml:10: gates.0.median: muss ≥ 0 sein, ist -2.5");
    EXPECT_EQ(german("{id: release, median: 2}", "{id: release, median: 2}\n  - {id: cases, median: 1}"),
              "town.yaml:14: tasks.cases: muss die einzige Aufgabe oder Freigabe mit dieser Kennung sein, cases steht "
              "auch in Zeile 11");
    EXPECT_EQ(german("overtime: 0.2", "severity_share: 0.6\nowner_share: {low: 0.1, high: 0.4}"),
              "town.yaml:6: severity_share: darf zusammen mit owner_share höchstens 0.9 sein, ist 1");
    EXPECT_EQ(german("median: 2}", "median: 2, after: [cases]}"),
              "town.yaml:10: gates.release: darf nicht auf sich selbst warten: release → directory → cases → release");
    EXPECT_EQ(german("horizon: 100", "horizont: 100"), "town.yaml:1: hat einen unbekannten Schlüssel: horizont");
    EXPECT_EQ(german("horizon: 100", "horizon: [100"),
              "town.yaml:4: muss YAML sein: die eckige Klammer wird nicht geschlossen, oder ein Komma fehlt");
}

TEST(ModelFile, AModeThatCanNeverBeReachedIsRefused) {
    std::string text = with("restored_by: [cases]}", "restored_by: []}");
    EXPECT_THAT(faults_of(text), IsEmpty()) << "of the normal mode a forecast tells that it never comes back";
    text.replace(text.find("paper: {"), 8, "paper: {needs: [cases], ");
    EXPECT_THAT(faults_of(text),
                ElementsAre(HasSubstr("modes.paper: can never be reached: needs cases, which fails for "
                                      "certain and is never restored")));
}

TEST(ModelFile, ASerialListMustHavePredecessorsFirst) {
    const std::string text = with("priority: list", "priority: list\nscheduling: serial");
    EXPECT_THAT(faults_of(text), IsEmpty());
    std::string turned = text;
    turned.replace(turned.find("id: cases, median: 6"), 20, "id: cases, rank: -1, median: 6");
    EXPECT_THAT(faults_of(turned),
                ElementsAre(HasSubstr("tasks.cases: must come later in the list than directory, for which it waits")));
}

TEST(ModelFile, AnEndlessTreeOfAliasesIsRefused) {
    std::string text = "format: resmon-model-1\na0: &a0 [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]\n";
    for (int level = 1; level < 12; ++level) {
        const std::string before = "*a" + std::to_string(level - 1);
        text += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [" + before;
        for (int more = 0; more < 9; ++more) text += ", " + before;
        text += "]\n";
    }
    EXPECT_THAT(faults_of(text), ElementsAre(HasSubstr("values, each alias counted anew")));
}

TEST(ModelFile, NothingAtAllIsAModel) {
    const outage::Case outage = case_from("format: resmon-model-1\nhorizon: 1\n");
    const auto forecast = outage::forecast(outage, {1, 1});
    ASSERT_TRUE(forecast);
    EXPECT_THAT(forecast->services, IsEmpty());
    EXPECT_EQ(forecast->ability.size(), 2U);
    EXPECT_EQ(course_outputs(outage, {1, 1}, {}).size(), 1U);
}

TEST(ModelFile, TenThousandTasksInOneChainAreComputed) {
    std::string text =
        "format: resmon-model-1\nhorizon: 20000\nstart: 2026-01-01\npools: [{id: crew, crews: 2}]\ntasks:\n";
    constexpr int count = 10'000;
    for (int task = 0; task < count; ++task) {
        text += "  - {id: t" + std::to_string(task) + ", median: 1, pool: crew";
        if (task > 0) text += ", after: [t" + std::to_string(task - 1) + "]";
        text += "}\n";
    }
    text +=
        "resources: [{id: all, restored_by: [t9999]}]\nbodies: [{key: town}]\nservices: [{id: one}]\n"
        "provisions: [{body: town, service: one, modes: {normal: {needs: all}}}]\n";
    EXPECT_EQ(outage::course(case_from(text), {1, 1}, 0).resource_up, std::vector<double>{count});
}

}  // namespace
}  // namespace resmon::model_file
