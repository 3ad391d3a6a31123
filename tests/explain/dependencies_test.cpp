#include "explain/dependencies.hpp"

#include "base/error.hpp"
#include "explain/town_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace resmon::explain {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const DependedOn& of(const Dependencies& all, const std::string& resource) {
    return *std::ranges::find(all.resources, resource, &DependedOn::resource);
}

/// The registry's task waits for the directory's through a gate; passports need the registry, letters one of two lines,
/// benefits have paper.
Town little_town() {
    Town town;
    const Index crew = town.crews(1);
    const Index directory = town.task(3, crew);
    const Index release = town.gate(1, {directory});
    const Index registry = town.task(5, crew, {release});
    named_resource(town, "it/directory", directory);
    const Index registry_resource = named_resource(town, "it/registry", registry);
    const Index line = named_resource(town, "town/line", town.task(1, crew));
    const Index radio = named_resource(town, "town/radio", town.task(1, crew));
    town.service(registry_resource).weight = 100;
    outage::Provision& letters = town.service(line);
    letters.weight = 10;
    letters.modes[0].needs.kind = outage::Requirement::Kind::any;
    letters.modes[0].needs.of = {needs(line), needs(radio)};
    outage::Provision& benefits = town.service(registry_resource);
    benefits.weight = 1000;
    benefits.modes.push_back(town.fallback(outage::ModeKind::paper, 1, 0.5));
    return town;
}

TEST(Dependencies, FindWhatAloneStopsAServiceAlsoThroughTasksAndGates) {
    const Dependencies found = dependencies(little_town().outage);
    EXPECT_THAT(of(found, "registry").stops, ElementsAre("service-0", "service-2"));
    EXPECT_THAT(of(found, "directory").stops, ElementsAre("service-0", "service-2")) << "the registry waits for it";
    EXPECT_THAT(of(found, "directory").needed_by, IsEmpty());
    EXPECT_THAT(of(found, "registry").needed_by, ElementsAre("service-0", "service-2"));
    EXPECT_THAT(of(found, "registry").waits_for, ElementsAre("directory"));
    EXPECT_THAT(of(found, "directory").stops_whole, ElementsAre("service-0")) << "benefits have paper";
    EXPECT_EQ(of(found, "directory").people_weight, 1100);
    EXPECT_EQ(found.people_weight, 1110);
}

TEST(Dependencies, KnowThatTwoLinesAreNoSinglePoint) {
    const Dependencies found = dependencies(little_town().outage);
    EXPECT_THAT(of(found, "line").stops, IsEmpty());
    EXPECT_THAT(of(found, "radio").stops, IsEmpty());
    const auto letters = std::ranges::find(found.services, "service-1", &Dependent::service);
    EXPECT_THAT(letters->needs, ElementsAre("line", "radio"));
    EXPECT_THAT(letters->alone, IsEmpty());
    EXPECT_THAT(found.services.front().alone, testing::UnorderedElementsAre("directory", "registry"));
}

TEST(Dependencies, HaveTheHeaviestFirstAndRefuseABodyThatIsNotThere) {
    const Dependencies found = dependencies(little_town().outage, "town");
    EXPECT_TRUE(std::ranges::is_sorted(found.resources, std::ranges::greater{}, &DependedOn::people_weight));
    EXPECT_THROW((void)dependencies(little_town().outage, "elsewhere"), NotFound);
}

}  // namespace
}  // namespace resmon::explain
