// The register: totals are derived, keys mean one body or say which they could mean.
#include "catalogue/register.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>
#include <sstream>

namespace resmon::catalogue {
namespace {

const std::string header =
    "ags,ars,name,kind,population,area_km2,postcode,lat,lon,district_key,district_name,district_kind,association_key,"
    "association_name,association_kind\n";
const std::string luedenscheid =
    "05962032,059620032032,\"Lüdenscheid, Stadt\",63,72313,87.02,58507,51.21582,7.63358,05962,Märkischer "
    "Kreis,43,059620032,\"Lüdenscheid, Stadt\",50\n";

const Register& shipped() {
    static const Register read = [] {
        std::ostringstream content;
        content << std::ifstream{"catalogue/register/municipalities.csv"}.rdbuf();
        return Register::from_csv(content.str(), "municipalities.csv");
    }();
    return read;
}

TEST(Register, HasTheOfficialTotals) {
    // Destatis, GV-ISys, population of 31.12.2019.
    long people = 0;
    for (const Municipality& municipality : shipped().municipalities()) people += municipality.population;
    EXPECT_EQ(shipped().municipalities().size(), 10'796U);
    EXPECT_EQ(people, 83'166'711);
    const auto districts = std::ranges::count(shipped().bodies(), BodyKind::district, &Body::kind);
    EXPECT_EQ(districts, 294);
    EXPECT_EQ(static_cast<long>(shipped().bodies().size()) - districts, 5'149);
}

TEST(Register, NamesABodyByArsAgsOrDistrictKey) {
    EXPECT_EQ(shipped().body("059620032000").name, "Lüdenscheid");
    EXPECT_EQ(shipped().body("05962032").key.text(), "059620032000");
    EXPECT_EQ(shipped().body("05962").name, "Märkischer Kreis");
    EXPECT_EQ(shipped().body("059620000000").population, 410'222);
    EXPECT_THAT([] { (void)shipped().body("99999999"); },
                testing::ThrowsMessage<NotFound>("no body has the key 99999999"));
}

TEST(Register, AJointAdministrationServesItsMunicipalities) {
    const Body& joint = *std::ranges::find(shipped().bodies(), BodyKind::joint_administration, &Body::kind);
    EXPECT_GT(joint.municipalities.size(), 1U);
    EXPECT_TRUE(joint.key.text().ends_with("000"));
}

TEST(Register, InSaxonyAndBadenWuerttembergEachMemberKeepsItsTownHall) {
    for (const Body& body : shipped().bodies())
        if (body.state == State::sachsen || body.state == State::baden_wuerttemberg) {
            EXPECT_NE(body.kind, BodyKind::joint_administration) << body.name;
        }
}

TEST(Register, TellsEveryFaultWithLineAndColumn) {
    const std::string bad = header + luedenscheid +
                            "5962036,059620036036,Meinerzhagen,63,many,115.67,58540,51.1,7.6,05962,Märkischer "
                            "Kreis,43,059620036,Meinerzhagen,50\n";
    EXPECT_THAT(
        [&] { (void)Register::from_csv(bad, "neu.csv"); },
        testing::ThrowsMessage<InputError>(
            "neu.csv:3: ags: must be 8 digits, is 5962036\nneu.csv:3: population: must be a number ≥ 0, is many"));
    EXPECT_THAT(
        [] { (void)Register::from_csv("name;population\n", "neu.csv"); },
        testing::ThrowsMessage<InputError>(testing::StartsWith("neu.csv:1: must begin with the columns ags,ars,name")));
}

RC_GTEST_PROP(Register, ReadsOrRefusesAnything, (const std::string& bytes)) {
    try {
        (void)Register::from_csv(header + luedenscheid + bytes, "any.csv");
    } catch (const InputError& error) {
        RC_ASSERT(!error.faults().empty());
    }
}

}  // namespace
}  // namespace resmon::catalogue
