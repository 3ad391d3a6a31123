// What the catalogue knows, as a model file: the same courses to the last bit.
#include "base/error.hpp"
#include "engine/forecast.hpp"
#include "model_file/model_file.hpp"
#include "reading/catalogue_reader.hpp"
#include "region/region.hpp"

#include <gtest/gtest.h>

#include <map>

namespace resmon::model_file {
namespace {

/// By id, because a model file has gates before tasks.
std::map<std::string, std::vector<double>> told_by(const outage::Case& outage, std::uint32_t number) {
    const outage::Course course = outage::course(outage, {11, 100}, number);
    std::map<std::string, std::vector<double>> told;
    for (std::size_t place = 0; place < outage.activities.size(); ++place)
        told["activity " + outage.activities[place].id] = {course.activity_start[place], course.activity_finish[place]};
    for (std::size_t place = 0; place < outage.bodies.size(); ++place)
        told["body " + outage.bodies[place].key] = {course.loss_days[place]};
    for (std::size_t place = 0; place < outage.provisions.size(); ++place)
        told["provision " + outage.provisions[place].id] = course.mode_begin[place];
    told["start"] = {course.start};
    return told;
}

TEST(Scenario, WrittenAndReadAgainGivesTheSameBits) {
    const catalogue::Catalogue catalogue = catalogue::catalogue_from(catalogue::shipped_catalogue_files());
    ASSERT_FALSE(catalogue.scenarios.empty());
    for (const catalogue::Scenario& scenario : catalogue.scenarios) {
        forecast::CaseRequest request;
        try {
            request = forecast::completed(catalogue, {.scenario = scenario.id, .region = {"suedwestfalen"}});
        } catch (const InputError&) {
            continue;  // not of a region
        }
        const outage::Case outage = forecast::case_of(catalogue, request);
        const outage::Case again = model_from_yaml(yaml_of({scenario.id.value, outage}), scenario.id.value).outage;
        for (const std::uint32_t course : {0U, 1U, 2U})
            ASSERT_EQ(told_by(again, course), told_by(outage, course)) << scenario.id.value << ", course " << course;
    }
}

}  // namespace
}  // namespace resmon::model_file
