// Quasi-random points: against scipy 1.10.1 (scipy.stats.qmc.Sobol, the table of Joe and Kuo), and what makes them
// even.
#include "lanes/sobol.hpp"

#include "base/random.hpp"
#include "lanes/philox.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>

namespace resmon {
namespace {

TEST(Sobol, PointsAreThoseOfAnotherProgram) {
    // Point n of scipy goes by Gray code: its bits are those of number n ^ (n >> 1).
    struct Known {
        std::uint64_t number;
        std::array<std::uint64_t, sobol::dimensions> point;
    };
    constexpr std::array<Known, 3> known{
        {{7,
          {3758096384, 3758096384, 536870912, 1610612736, 3758096384, 2684354560, 3758096384, 1610612736, 1610612736,
           536870912, 1610612736, 3758096384, 3758096384, 536870912, 3758096384, 1610612736}},
         {55,
          {3959422976, 2751463424, 2483027968, 3959422976, 3288334336, 1275068416, 738197504, 3422552064, 2617245696,
           738197504, 67108864, 335544320, 2483027968, 3690987520, 469762048, 2080374784}},
         {32,
          {67108864, 3422552064, 1543503872, 1946157056, 3690987520, 603979776, 2483027968, 603979776, 3556769792,
           2483027968, 1811939328, 2885681152, 2348810240, 3288334336, 1409286144, 3288334336}}}};
    for (const auto& [number, point] : known)
        for (std::size_t dimension = 0; dimension < sobol::dimensions; ++dimension)
            EXPECT_EQ(sobol::coordinate(number, dimension, 32), point[dimension]) << number << " " << dimension;
}

TEST(Sobol, EachRandomisationHasOnePointInEachOfAsManyEqualIntervals) {
    constexpr std::uint32_t points = 64;
    for (std::size_t dimension = 0; dimension < quasi_random_dimensions; ++dimension)
        for (std::uint32_t randomisation = 0; randomisation < 3; ++randomisation) {
            std::set<int> intervals;
            for (std::uint32_t point = 0; point < points; ++point)
                intervals.insert(static_cast<int>(points * quasi_random_draw(3, randomisation * points + point, points,
                                                                             dimension, 77, Purpose::owner)));
            EXPECT_EQ(intervals.size(), points);
        }
}

TEST(Sobol, RandomisationsDiffer) {
    EXPECT_NE(quasi_random_draw(3, 0, 64, 1, 77, Purpose::owner), quasi_random_draw(3, 64, 64, 1, 77, Purpose::owner));
    EXPECT_NE(quasi_random_draw(3, 0, 64, 1, 77, Purpose::owner), quasi_random_draw(4, 0, 64, 1, 77, Purpose::owner));
}

TEST(Sobol, EightAtOnceAreTheSameNumbers) {
    for (const std::uint32_t points : {8U, 128U, 1U << 20U}) {
        LaneWords courses{};
        for (std::size_t lane = 0; lane < lane_count; ++lane) courses.put(lane, 1'000'003 * lane + 5);
        const Lanes together = quasi_random_lanes(9, courses, points, 5, 0x1234'5678'9abc'def0,
                                                  static_cast<std::uint32_t>(Purpose::duration) + 1,
                                                  static_cast<std::uint32_t>(Purpose::shift));
        for (std::size_t lane = 0; lane < lane_count; ++lane)
            EXPECT_EQ(together[lane], quasi_random_draw(9, static_cast<std::uint32_t>(courses[lane]), points, 5,
                                                        0x1234'5678'9abc'def0, Purpose::duration, 1));
    }
}

TEST(Sobol, NumbersStayWithinTheOpenInterval) {
    EXPECT_LT(sobol::with_rest(std::uint64_t{0xffffffff}, 1 - 0x1p-53), 1);
    EXPECT_GT(sobol::with_rest(std::uint64_t{0}, 0x1p-53), 0);
}

}  // namespace
}  // namespace resmon
