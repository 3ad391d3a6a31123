// A body under a new key: what it answered under the old one is offered and stands in its trend. The reorganisations
// here are made up.
#include "survey/two_towns.hpp"

#include "profile/trend.hpp"

#include <gmock/gmock.h>

namespace resmon::survey {
namespace {

using testing::IsEmpty;

const BodyKey old_key{brilon.value};
const BodyKey new_key{meschede.value};
const BodyKey third{"059580004000"};

class SuccessorsOn : public TwoTowns {
protected:
    /// Brilon answers and finishes; afterwards whoever it is begins for Meschede.
    Sheet begun_after(std::vector<catalogue::Successor> successors, const Principal& who = local) {
        catalogue_.successors = std::move(successors);
        const ResponseId before =
            survey_.begin(local, {.questionnaire = {"resilienzmonitor"}, .body = brilon.value, .organisation = brilon})
                .response.id;
        (void)survey_.save(local, before, saying("a", "A1", 3));
        (void)survey_.finish(local, before);
        return survey_.begin(who,
                             {.questionnaire = {"resilienzmonitor"}, .body = meschede.value, .organisation = meschede});
    }

    static catalogue::Successor took_over(const BodyKey& from) {
        return {from, new_key, *date_from("2024-01-01"), "erfunden für diesen Test"};
    }

    catalogue::Catalogue catalogue_ = catalogue();
    Survey survey_{database_, audit_, sealing_, catalogue_, files(), &std::chrono::system_clock::now};
};

TEST_P(SuccessorsOn, AreOfferedWhatTheSameBodyAnsweredUnderItsOldKey) {
    const Sheet sheet = begun_after({took_over(old_key)});
    ASSERT_TRUE(sheet.offers.contains({"A1"}));
    EXPECT_EQ(std::get<double>(sheet.offers.at({"A1"}).entry.answer.value), 3);
    const std::vector<Sheet> earlier = survey_.finished_before(local, sheet.response, Action::read_profile);
    ASSERT_EQ(earlier.size(), 1U);
    EXPECT_EQ(earlier.front().response.body, old_key);
    EXPECT_EQ(profile::trend(earlier, sheet).size(), 2U);
}

TEST_P(SuccessorsOn, AreOfferedNothingOfOneBodyOfSeveral) {
    const Sheet sheet = begun_after({took_over(old_key), took_over(third)});
    EXPECT_THAT(sheet.offers, IsEmpty());
    EXPECT_THAT(survey_.finished_before(local, sheet.response, Action::read_profile), IsEmpty());
}

TEST_P(SuccessorsOn, AreOfferedNothingWithoutAnEntryInTheCatalogue) { EXPECT_THAT(begun_after({}).offers, IsEmpty()); }

/// The old key's answers belong to its organisation: the table of successors opens them to nobody.
TEST_P(SuccessorsOn, AreOfferedOnlyWhatWhoeverBeginsMayRead) {
    const Sheet sheet = begun_after({took_over(old_key)}, person(meschede, Role::editor));
    EXPECT_THAT(sheet.offers, IsEmpty());
    EXPECT_THAT(survey_.finished_before(person(meschede, Role::editor), sheet.response, Action::read_responses),
                IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(On, SuccessorsOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::survey
