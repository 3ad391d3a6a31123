// What a schema refuses, in our wording: one fault per place, with its JSON pointer.
#include "schema/check.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace resmon::schema {
namespace {

using Json = nlohmann::json;
using testing::ElementsAre;
using testing::IsEmpty;

const Json document = Json::parse(R"({"schemas": {
    "Town": {"type": "object", "required": ["name"], "additionalProperties": false, "properties": {
        "name": {"type": "string", "maxLength": 5, "pattern": "^[a-z]+$"},
        "people": {"type": "integer", "minimum": 1, "maximum": 10},
        "kind": {"type": "string", "enum": ["town", "district"]},
        "parts": {"type": "array", "items": {"$ref": "#/schemas/Town"}}}}}})");

std::vector<std::string> faults(const char* value) {
    std::vector<std::string> told;
    for (const Fault& fault : Schema{document, "/schemas/Town"}.faults(Json::parse(value)))
        told.push_back(to_string(fault));
    return told;
}

TEST(Schema, LetsPassWhatFits) {
    EXPECT_THAT(faults(R"({"name": "hemer", "people": 10, "parts": [{"name": "b"}]})"), IsEmpty());
}

TEST(Schema, SaysWhatItExpectsAndWhatItFound) {
    EXPECT_THAT(faults(R"({"name": "b", "people": 0})"), ElementsAre("/people: must be ≥ 1, is 0"));
    EXPECT_THAT(faults(R"({"name": "b", "people": 11})"), ElementsAre("/people: must be ≤ 10, is 11"));
    EXPECT_THAT(faults(R"({"name": "b", "people": "11"})"), ElementsAre("/people: must be of type integer, is \"11\""));
    EXPECT_THAT(faults(R"({"name": "B"})"), ElementsAre("/name: must match ^[a-z]+$, is \"B\""));
    EXPECT_THAT(faults(R"({"name": "b", "kind": "city"})"),
                ElementsAre("/kind: must be one of town, district, is \"city\""));
}

TEST(Schema, NamesWhatIsMissingAndWhatIsUnknown) {
    EXPECT_THAT(faults(R"({"people": 1})"), ElementsAre("is missing: name"));
    EXPECT_THAT(faults(R"({"name": "b", "nmae": 1})"), ElementsAre("has an unknown key: nmae"));
}

TEST(Schema, FindsEveryFaultAlsoThroughAReferenceToItself) {
    EXPECT_THAT(faults(R"({"name": "b", "people": 0, "parts": [{"name": "b"}, {"name": "b", "people": 0}]})"),
                testing::UnorderedElementsAre("/people: must be ≥ 1, is 0", "/parts/1/people: must be ≥ 1, is 0"));
}

TEST(Schema, ShowsALongValueByItsBeginning) {
    const std::string name(500, 'b');
    const auto told = faults((R"({"name": ")" + name + "\"}").c_str());
    ASSERT_EQ(told.size(), 1U);
    EXPECT_LT(told.front().size(), 150U);
}

}  // namespace
}  // namespace resmon::schema
