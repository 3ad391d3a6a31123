// Entries of several people at once: nothing that was submitted is lost.
#include "survey/entry.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

namespace resmon::survey {
namespace {

Answer level(int value) { return {.state = AnswerState::answered, .value = static_cast<double>(value)}; }

/// The server's side: one list of entries.
class Desk {
public:
    std::int64_t save(const Answer& answer, const std::vector<std::int64_t>& seen) {
        const auto number = static_cast<std::int64_t>(entries_.size()) + 1;
        entries_.push_back({.number = number, .answer = answer, .supersedes = superseded_by(answer, seen, entries_)});
        return number;
    }
    [[nodiscard]] std::vector<Entry> current() const { return survey::current(entries_); }
    [[nodiscard]] const std::vector<Entry>& all() const { return entries_; }

private:
    std::vector<Entry> entries_;
};

std::vector<std::int64_t> numbers_of(const std::vector<Entry>& entries) {
    std::vector<std::int64_t> numbers;
    for (const Entry& entry : entries) numbers.push_back(entry.number);
    return numbers;
}

TEST(Entries, OneAfterTheOtherTheLastOneHolds) {
    Desk desk;
    const auto first = desk.save(level(1), {});
    desk.save(level(2), {first});
    ASSERT_EQ(desk.current().size(), 1U);
    EXPECT_EQ(holding(desk.current()), level(2));
}

TEST(Entries, OfTwoWhoDidNotSeeEachOtherStandBesideEachOther) {
    Desk desk;
    const auto first = desk.save(level(1), {});
    desk.save(level(2), {first});
    desk.save(level(3), {first});
    EXPECT_EQ(numbers_of(desk.current()), (std::vector<std::int64_t>{2, 3}));
    desk.save(level(2), {2, 3});
    EXPECT_EQ(numbers_of(desk.current()), (std::vector<std::int64_t>{4})) << "decided by somebody who saw both";
}

TEST(Entries, ThatSayTheSameAreNoConflict) {
    Desk desk;
    desk.save(level(2), {});
    desk.save(level(2), {});
    EXPECT_EQ(desk.current().size(), 1U);
}

TEST(Entries, CannotSupersedeWhatIsNotThere) {
    Desk desk;
    EXPECT_THROW(desk.save(level(1), {7}), InputError);
}

TEST(Entries, NothingSavedHoldsAsOpen) { EXPECT_EQ(holding({}), Answer{}); }

/// 2 to 5 people answer one question in any order; some are offline for a while: they go on from what they saw last,
/// and send later. Whatever was submitted holds, or stands in the conflict, or somebody who saw it replaced it.
RC_GTEST_PROP(Entries, OfAnyInterleavingAreHeldShownOrReplacedBySomebodyWhoSawThem, ()) {
    const auto people = *rc::gen::inRange(2, 6);
    const auto steps = *rc::gen::container<std::vector<std::tuple<int, int, bool>>>(
        rc::gen::tuple(rc::gen::inRange(0, people), rc::gen::inRange(0, 5), rc::gen::arbitrary<bool>()));
    Desk desk;
    std::map<int, std::vector<std::int64_t>> seen;  // by person: what is on the screen
    std::map<std::int64_t, std::vector<std::int64_t>> replaced;
    for (const auto& [person, value, looks_again] : steps) {
        if (looks_again) seen[person] = numbers_of(desk.current());
        const auto number = desk.save(level(value), seen[person]);
        replaced[number] = seen[person];
        seen[person] = {number};
    }
    const std::vector<Entry> shown = desk.current();
    for (const Entry& entry : desk.all()) {
        const bool is_shown = std::ranges::find(shown, entry.answer, &Entry::answer) != shown.end();
        const bool was_replaced_knowingly = std::ranges::any_of(
            replaced, [&](const auto& one) { return std::ranges::find(one.second, entry.number) != one.second.end(); });
        // An equal answer was replaced by one that says the same; that one is held against this rule itself.
        const bool stands_in_an_equal_one = std::ranges::any_of(desk.all(), [&](const Entry& other) {
            return other.answer == entry.answer &&
                   std::ranges::find(other.supersedes, entry.number) != other.supersedes.end();
        });
        RC_ASSERT(is_shown || was_replaced_knowingly || stands_in_an_equal_one);
    }
    if (!desk.all().empty()) RC_ASSERT(!shown.empty());
    for (const Entry& one : shown) RC_ASSERT(std::ranges::count(shown, one.answer, &Entry::answer) == 1);
}

}  // namespace
}  // namespace resmon::survey
