// The reader: every fault of a run, each with its place and what would be right.
#include "reading/catalogue_reader.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::catalogue {
namespace {

using testing::HasSubstr;

const CatalogueFiles& sound() {
    static const CatalogueFiles files = catalogue_files_in("catalogue");
    return files;
}

/// The sound catalogue with a text replaced once in a file.
CatalogueFiles with(const std::string& path, const std::string& before, const std::string& after) {
    CatalogueFiles files = sound();
    std::string& content = files.at(path);
    const std::size_t at = content.find(before);
    EXPECT_NE(at, std::string::npos) << path << " has no " << before;
    content.replace(at, before.size(), after);
    return files;
}

std::string faults_of(const CatalogueFiles& files) {
    try {
        (void)catalogue_from(files);
    } catch (const InputError& error) {
        return error.what();
    }
    return "";
}

int line_of(const std::string& content, const std::string& text) {
    return static_cast<int>(
               std::count(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(content.find(text)), '\n')) +
           1;
}

TEST(Catalogue, TheShippedOneIsSound) {
    EXPECT_EQ(faults_of(sound()), "");
    const Catalogue catalogue = catalogue_from(sound());
    EXPECT_GE(catalogue.services.size(), 25U);
    EXPECT_THAT(catalogue.version, testing::StartsWith("2026.11 · "));
}

TEST(Catalogue, TheOneBuiltInIsTheOneInTheFolder) {
    EXPECT_EQ(catalogue_from(shipped_catalogue_files()).hash, catalogue_from(sound()).hash);
}

TEST(Catalogue, ANegativeFigureIsToldWithFileLineAndValue) {
    CatalogueFiles files = sound();
    const std::string& content = files.at("services/passport.yaml");
    const std::size_t value = content.find("value: ", content.find("demand_per_1000"));
    const std::string number = content.substr(value + 7, content.find('\n', value) - value - 7);
    files = with("services/passport.yaml", "value: " + number, "value: -3");
    const int line = line_of(files.at("services/passport.yaml"), "value: -3");
    EXPECT_THAT(faults_of(files),
                HasSubstr("services/passport.yaml:" + std::to_string(line) + ": demand_per_1000: must be ≥ 0, is -3"));
}

TEST(Catalogue, AllFaultsOfARunAreTold) {
    CatalogueFiles files = with("services/passport.yaml", "level: municipality", "level: town");
    files.at("services/id-card.yaml") =
        with("services/id-card.yaml", "kind: queue", "kind: queues").at("services/id-card.yaml");
    const std::string faults = faults_of(files);
    EXPECT_THAT(faults, HasSubstr("services/passport.yaml:4: level: must be one of municipality, district, is town"));
    EXPECT_THAT(faults, HasSubstr(": kind: must be one of queue, due-date, standby, is queues"));
}

TEST(Catalogue, AKeyWithoutQuotesIsAFaultThatSaysSo) {
    EXPECT_THAT(
        faults_of(with("regions/suedwestfalen.yaml", "\"059620032000\"", "059620032000")),
        HasSubstr("must be a text in quotes because a leading zero belongs to the key, is the number 059620032000"));
}

TEST(Catalogue, AKeyThatTheRegisterLacksIsAFault) {
    EXPECT_THAT(faults_of(with("regions/suedwestfalen.yaml", "\"059620032000\"", "\"059620033000\"")),
                HasSubstr("must be a body of the register, 059620033000 is none"));
}

TEST(Catalogue, AnUnknownKeyIsToldWithTheOneThatWasMeant) {
    EXPECT_THAT(faults_of(with("services/passport.yaml", "service_class:", "service_clas:")),
                HasSubstr("service_clas: is unknown, did you mean service_class"));
}

TEST(Catalogue, AnUnknownReferenceIsToldWithItsLineAndTheOneThatWasMeant) {
    const CatalogueFiles files = with("scenarios/ransomware-shared-provider.yaml", "  - directory\n", "  - directry\n");
    const int line = line_of(files.at("scenarios/ransomware-shared-provider.yaml"), "  - directry\n");
    EXPECT_THAT(faults_of(files),
                HasSubstr("scenarios/ransomware-shared-provider.yaml:" + std::to_string(line) +
                          ": fails: must name a resource, directry is unknown, did you mean directory"));
}

TEST(Catalogue, ACycleIsToldWithItsMembers) {
    EXPECT_THAT(faults_of(with("scenarios/ransomware-shared-provider.yaml", "    after: []\n",
                               "    after: [forensic-release]\n")),
                HasSubstr("must not wait for itself: containment → forensic-release → containment"));
}

TEST(Catalogue, AScenarioMayOnlyShortenWhatItLetsFail) {
    EXPECT_THAT(faults_of(with("scenarios/telephony-and-internet-cut.yaml", "of: [body-network,", "of: [directory,")),
                HasSubstr("durations.line-up.of: must name what fails in the scenario, directory does not"));
    EXPECT_THAT(faults_of(with("scenarios/telephony-and-internet-cut.yaml", "of: [body-network,", "of: [body-netwrk,")),
                HasSubstr("must name a resource or task, body-netwrk is unknown, did you mean body-network"));
}

TEST(Catalogue, AScenarioBeginsAtAnHourOfADayAndThinsOutCrewsThatExist) {
    EXPECT_THAT(faults_of(with("scenarios/denial-of-service-election-day.yaml", "hour: 8", "hour: 24")),
                HasSubstr("start.hour: must be below 24"));
    EXPECT_THAT(faults_of(with("scenarios/loss-of-key-staff.yaml", "kind: platform", "kind: none")),
                HasSubstr("crews.none.kind: must be a kind of crew"));
}

TEST(Catalogue, WhatFailsTogetherHasOneProbability) {
    const Catalogue catalogue = catalogue_from(sound());
    const Scenario& cut = catalogue.scenario({"power-cut-48-hours"});
    const auto failing = [&](const char* resource) {
        return *std::ranges::find(cut.fails, ResourceId{resource}, &FailingResource::resource);
    };
    EXPECT_EQ(failing("data-centre").together, "without-fuel");
    EXPECT_EQ(failing("data-centre").probability->id, "scenarios/power-cut-48-hours/fails/without-fuel/probability");
    EXPECT_EQ(failing("directory").probability->id, failing("data-centre").probability->id);
    EXPECT_TRUE(failing("power").together.empty());
}

TEST(Catalogue, ABodyHasOneProviderInGermany) {
    EXPECT_THAT(faults_of(with("germany.yaml", "\"051120000000\"", "\"059620032000\"")),
                HasSubstr("must have one provider, 059620032000 has suedwestfalen-it too"));
    EXPECT_THAT(faults_of(with("germany.yaml", "\"051120000000\"", "\"051129000000\"")),
                HasSubstr("providers.regio-it.bodies: must be a body of the register, 051129000000 is none"));
}

TEST(Catalogue, AFaultIsToldInGermanToo) {
    const auto german = [](const CatalogueFiles& files) {
        try {
            (void)catalogue_from(files);
        } catch (const InputError& error) {
            return error.in(Language::german);
        }
        return std::string{};
    };
    EXPECT_THAT(german(with("regions/suedwestfalen.yaml", "\"059620032000\"", "\"059620033000\"")),
                HasSubstr("muss eine Kommune des Verzeichnisses sein, 059620033000 ist keine"));
    EXPECT_THAT(german(with("services/passport.yaml", "id: passport", "id: pasport")),
                HasSubstr("muss wie die Datei heißen, passport, heißt pasport"));
    EXPECT_THAT(german(with("scenarios/denial-of-service-election-day.yaml", "hour: 8", "hour: 24")),
                HasSubstr("muss unter 24 liegen, ist 24"));
}

TEST(Catalogue, AnEarlierOneWithoutGermanyAndSizesCanStillBeRead) {
    CatalogueFiles files = sound();
    files.erase("germany.yaml");
    std::string& preparedness = files.at("preparedness.yaml");
    preparedness.erase(preparedness.find("\nown_work:") + 1);
    EXPECT_EQ(faults_of(files), "");
    EXPECT_FALSE(catalogue_from(files).germany);
}

TEST(Catalogue, APollingDayIsADayInAStateThatExists) {
    EXPECT_THAT(faults_of(with("calendar/elections.yaml", "2026-03-15", "2026-02-30")),
                HasSubstr("elections.yaml:13: elections.6.day: must be a date"));
    EXPECT_THAT(faults_of(with("calendar/elections.yaml", "[hessen]", "[hesse]")), HasSubstr("elections.6.states.0"));
    CatalogueFiles earlier = sound();
    earlier.erase("calendar/elections.yaml");
    EXPECT_EQ(faults_of(earlier), "");
}

TEST(Catalogue, AShareAboveOneIsAFault) {
    const CatalogueFiles files = with("scenarios/ransomware-shared-provider.yaml",
                                      "value: 0.7\n  low: 0.5\n  high: 0.95", "value: 0.7\n  low: 0.5\n  high: 1.2");
    EXPECT_THAT(faults_of(files), HasSubstr("backups_survive.high: must be between 0 and 1, is 1.2"));
}

TEST(Catalogue, WhoIsOnCallIsToldWithoutContradiction) {
    const std::string town = "scenarios/ransomware-town-hall.yaml";
    EXPECT_THAT(faults_of(with(town, "on_call: true", "on_call: true\n    office_hours: true")),
                HasSubstr("gates.containment.on_call: does not go with office_hours"));
    EXPECT_THAT(faults_of(with(town, "decided_by: body\n    on_call: true", "decided_by: state\n    on_call: true")),
                HasSubstr("gates.containment.on_call: only goes with what the body or the provider decides"));
    EXPECT_THAT(faults_of(with("model.yaml", "from: 7\n  to: 17", "from: 17\n  to: 7")),
                HasSubstr("office_hours: must have 0 ≤ from < to ≤ 24, in hours"));
    CatalogueFiles earlier = sound();
    std::string& model = earlier.at("model.yaml");
    model.erase(model.find("office_hours:"));
    EXPECT_THAT(faults_of(earlier), HasSubstr("gates.declaration.on_call: needs office_hours, body_reached and"));
    EXPECT_THAT(faults_of(with("model.yaml", "body_reached:", "nobody_reached:")), HasSubstr("body_reached"));
}

TEST(Catalogue, AFigureWithoutSourceIsAFault) {
    EXPECT_THAT(faults_of(with("model.yaml", "source: \"Expertenschätzung: Bezugsgröße\"", "source: \"\"")),
                HasSubstr("class_weights.convenience.source: is missing: a text"));
}

TEST(Catalogue, BrokenYamlIsToldWithItsLine) {
    EXPECT_THAT(faults_of(with("services/passport.yaml", "id: passport", "id: [passport")),
                HasSubstr("services/passport.yaml:"));
}

TEST(Catalogue, BytesThatAreNotUtf8AreToldWithTheirLine) {
    EXPECT_THAT(
        faults_of(with("services/passport.yaml", "de: Reisepass", "de: \"Reisep\xE4\x80\x80\x80\x80\x80\x80\"")),
        HasSubstr("services/passport.yaml:3: must be UTF-8"));
}

TEST(Catalogue, AnIdThatIsNotTheFilesNameIsAFault) {
    EXPECT_THAT(faults_of(with("services/passport.yaml", "id: passport", "id: pasport")),
                HasSubstr("services/passport.yaml:2: id: must be the name of the file, passport, is pasport"));
}

TEST(Catalogue, AMissingFileIsAFault) {
    CatalogueFiles files = sound();
    files.erase("model.yaml");
    EXPECT_THAT(faults_of(files), HasSubstr("model.yaml: is missing"));
}

TEST(Catalogue, EveryFigureNamesItsSourceAndEstimatesSaySo) {
    const Catalogue catalogue = catalogue_from(sound());
    for (const Service& service : catalogue.services) {
        EXPECT_FALSE(service.demand_per_1000.source.empty()) << service.id.value;
        if (service.demand_per_1000.kind == FigureKind::estimate) {
            EXPECT_TRUE(service.demand_per_1000.source.starts_with("Expertenschätzung")) << service.id.value;
        }
    }
}

TEST(Catalogue, TheHashDependsOnEveryByteAndOnNothingElse) {
    EXPECT_EQ(catalogue_from(sound()).hash, catalogue_from(sound()).hash);
    EXPECT_NE(catalogue_from(sound()).hash,
              catalogue_from(with("services/passport.yaml", "Passport", "Passport ")).hash);
}

}  // namespace
}  // namespace resmon::catalogue
