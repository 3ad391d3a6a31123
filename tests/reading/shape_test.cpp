// The published schemas say the same as the reader, with the same places.
#include "reading/shape.hpp"

#include "base/error.hpp"
#include "reading/catalogue_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace resmon::catalogue {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> shape_faults(const std::string& yaml, const std::string& schema) {
    std::vector<Fault> faults;
    const Tree tree = tree_from_yaml(yaml, "file.yaml", faults);
    std::vector<std::string> told;
    for (const Fault& fault : Shapes{}.faults(tree, schema, "file.yaml")) told.push_back(to_string(fault));
    return told;
}

std::string passport() { return shipped_catalogue_files().at("services/passport.yaml"); }

std::string passport_with(const std::string& before, const std::string& after) {
    std::string text = passport();
    return text.replace(text.find(before), before.size(), after);
}

TEST(Shapes, TheShippedServiceFits) { EXPECT_THAT(shape_faults(passport(), "service"), IsEmpty()); }

TEST(Shapes, AWordThatIsNotInTheListIsToldWithItsLine) {
    EXPECT_THAT(shape_faults(passport_with("level: municipality", "level: town"), "service"),
                ElementsAre("file.yaml:4: level: must be one of municipality, district, is \"town\""));
}

TEST(Shapes, ANegativeFigureIsFoundThroughTheReferenceToAnotherSchema) {
    const std::string text = passport_with("value: ", "value: -");
    EXPECT_THAT(shape_faults(text, "service"), ElementsAre(HasSubstr("demand_per_1000.value: must be ≥ 0, is -")));
}

TEST(Shapes, AKeyWithoutQuotesIsNoText) {
    EXPECT_THAT(shape_faults("id: one\nleika: 99085001012000\n", "service"),
                testing::Contains(HasSubstr("file.yaml:2: leika: must be of type string, is 99085001012000")));
}

TEST(Shapes, ARequirementWithinARequirementIsCheckedToo) {
    const std::string needs =
        "modes:\n  normal:\n    needs: {all: [network, {any: [printer, {at_least: {count: 0, of: [e-mail]}}]}]}\n";
    EXPECT_THAT(shape_faults(needs, "service"), testing::Contains(HasSubstr("file.yaml:3: modes.normal.needs")));
}

}  // namespace
}  // namespace resmon::catalogue
