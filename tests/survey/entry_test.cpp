// Entries of several people at once: nothing that was submitted is lost.
#include "survey/entry.hpp"

#include <gtest/gtest.h>

namespace resmon::survey {
namespace {

Answer level(int value) { return {.state = AnswerState::answered, .value = static_cast<double>(value)}; }

/// The server's side: one list of entries.
class Desk {
public:
    std::int64_t save(const Answer& answer, const std::vector<std::int64_t>& seen) {
        const auto number = static_cast<std::int64_t>(entries_.size()) + 1;
        entries_.push_back({.number = number, .answer = answer, .supersedes = superseded_by(seen, entries_)});
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
    desk.save(level(3), {2});
    EXPECT_EQ(numbers_of(desk.current()), (std::vector<std::int64_t>{1, 3}))
        << "who changes one of them has not seen the other";
}

TEST(Entries, CannotSupersedeWhatIsNotThere) {
    Desk desk;
    EXPECT_THROW(desk.save(level(1), {7}), InputError);
}

TEST(Entries, NothingSavedHoldsAsOpen) { EXPECT_EQ(holding({}), Answer{}); }

}  // namespace
}  // namespace resmon::survey
