// Where a scenario strikes: a region, one body alone, everybody.
#include "base/error.hpp"
#include "region/region.hpp"
#include "support/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

namespace resmon::forecast {
namespace {

using catalogue::shipped;

CaseRequest at(const std::string& place) {
    CaseRequest request{.scenario = {"ransomware-shared-provider"}, .region = {}, .overrides = {}};
    set_place(request, place);
    return request;
}

TEST(Place, IsARegionByItsIdOrABodyByItsTwelveDigits) {
    EXPECT_EQ(at("suedwestfalen").region.value, "suedwestfalen");
    EXPECT_EQ(at("059580032000").alone, BodyKey{"059580032000"});
    for (const char* place : {"suedwestfalen", "059580032000", "deutschland"}) EXPECT_EQ(place_of(at(place)), place);
    EXPECT_EQ(place_name(shipped(), at("059700040000")).de, "Siegen");
    EXPECT_EQ(place_name(shipped(), at("deutschland")).en, "Germany");
}

TEST(Place, MustExist) {
    EXPECT_THROW((void)case_of(shipped(), at("atlantis")), NotFound);
    EXPECT_THROW((void)case_of(shipped(), at("059580033000")), NotFound);
}

TEST(Place, IsAskedForInTheLanguageOfTheReader) {
    try {
        (void)case_of(shipped(), {.scenario = {}, .region = {}, .overrides = {}});
        FAIL();
    } catch (const InputError& error) {
        EXPECT_EQ(error.in(Language::german), "/scenario: fehlt\n/region: fehlt");
        EXPECT_EQ(error.in(Language::english), "/scenario: is missing\n/region: is missing");
    }
    try {
        (void)case_of(shipped(), at("atlantis"));
        FAIL();
    } catch (const NotFound& error) {
        EXPECT_EQ(error.in(Language::german), "die Region atlantis gibt es nicht; bekannt sind suedwestfalen");
        EXPECT_EQ(error.in(Language::english), "there is no region atlantis; known are suedwestfalen");
    }
}

TEST(Place, GermanyIsMoreThanOneCase) {
    EXPECT_THAT([] { (void)case_of(shipped(), at("deutschland")); },
                testing::ThrowsMessage<InputError>(testing::HasSubstr("/region: must be a region or a body here")));
}

TEST(Germany, PutsEveryBodyOfTheRegisterAtExactlyOneProvider) {
    // docs/decisions/0002: 5,149 town halls and 294 districts.
    std::set<BodyKey> placed;
    for (const RegionPart& part : parts_of(shipped(), at("deutschland")))
        for (const catalogue::ProviderPart& site : part.region.provider.parts)
            for (const BodyKey& key : site.bodies) EXPECT_TRUE(placed.insert(key).second) << key.text();
    EXPECT_EQ(placed.size(), 5149U + 294U);
}

TEST(Germany, HasKnownProvidersWhereTheyArePublicAndOneAssumedPerStateElsewhere) {
    std::map<std::string, const RegionPart*> by_id;
    const std::vector<RegionPart> parts = parts_of(shipped(), at("deutschland"));
    for (const RegionPart& part : parts) by_id[part.region.provider.id.value] = &part;
    EXPECT_TRUE(std::ranges::is_sorted(parts, {}, [](const RegionPart& part) { return part.region.provider.id; }));
    ASSERT_TRUE(by_id.contains("suedwestfalen-it"));
    EXPECT_FALSE(by_id.at("suedwestfalen-it")->is_assumed);
    EXPECT_EQ(case_of(shipped(), at("deutschland"), *by_id.at("suedwestfalen-it")).bodies.size(), 64U);
    EXPECT_FALSE(by_id.at("it-verbund-stormarn")->is_assumed);
    EXPECT_FALSE(by_id.at("regio-it")->is_assumed);
    EXPECT_EQ(std::ranges::count_if(parts, &RegionPart::is_assumed), 16) << "one per state";
    EXPECT_EQ(by_id.at("assumed-bayern")->region.provider.name.de, "Angenommener Dienstleister: Bayern");
}

TEST(Germany, AssumesCrewsByInhabitantsUpToThoseOfAProviderThatSizesItsTasks) {
    std::map<std::string, std::map<catalogue::CrewKind, int>> crews;
    for (const RegionPart& part : parts_of(shipped(), at("deutschland")))
        crews[part.region.provider.id.value] = crews_of(part.region);
    // 1, 1.4 and 0.6 per 100,000, for at least 500,000 and at most 1,000,000: docs/model.md, Germany.
    using catalogue::CrewKind;
    const auto expected = [](int platform, int application, int external) {
        return std::map<CrewKind, int>{
            {CrewKind::platform, platform}, {CrewKind::application, application}, {CrewKind::external, external}};
    };
    EXPECT_EQ(crews["assumed-bayern"], expected(10, 14, 6));
    EXPECT_EQ(crews["assumed-bremen"], expected(7, 10, 4)) << "681,202 inhabitants";
    EXPECT_EQ(crews["it-verbund-stormarn"], expected(5, 7, 3)) << "at least for 500,000";
}

TEST(Germany, UsesTheFiguresOfAllItsCases) {
    std::map<std::string, catalogue::Figure> used;
    for (catalogue::Figure& figure : figures_used(shipped(), at("deutschland"))) used.emplace(figure.id, figure);
    // Nobody can help where all are hit.
    for (const catalogue::Figure& figure : figures_used(shipped(), at("suedwestfalen")))
        EXPECT_EQ(used.contains(figure.id), figure.id != "model/helpers_per_body") << figure.id;
    const catalogue::Germany& germany = *shipped().germany;
    for (const catalogue::CrewRule& rule : germany.assumed_crews)
        EXPECT_EQ(used.at(rule.number.id).value, rule.number.value) << "per 100,000 inhabitants, as the file says it";
    EXPECT_TRUE(used.contains(germany.crews_of_at_most_inhabitants.id));
}

TEST(Germany, HasNobodyOutsideWhoCouldHelp) {
    for (const RegionPart& part : parts_of(shipped(), at("deutschland"))) {
        if (part.region.provider.id.value != "suedwestfalen-it") continue;
        for (const outage::Provision& provision : case_of(shipped(), at("deutschland"), part).provisions)
            for (const outage::Mode& mode : provision.modes)
                EXPECT_NE(mode.kind, catalogue::ModeKind::neighbour) << provision.id;
    }
}

TEST(Germany, NamesThingsAsTheRegionAloneDoesSoThatTheirDrawsAreTheSame) {
    const outage::Case alone = case_of(shipped(), at("suedwestfalen"));
    for (const RegionPart& part : parts_of(shipped(), at("deutschland"))) {
        if (part.region.provider.id.value != "suedwestfalen-it") continue;
        const outage::Case in_germany = case_of(shipped(), at("deutschland"), part);
        ASSERT_EQ(in_germany.activities.size(), alone.activities.size());
        for (std::size_t activity = 0; activity < alone.activities.size(); ++activity)
            EXPECT_EQ(in_germany.activities[activity].id, alone.activities[activity].id);
    }
}

}  // namespace
}  // namespace resmon::forecast
