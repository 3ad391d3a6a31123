// Courses added up: each thread computes a round of blocks of eight and then goes through them one service at one body
// after the other, so that what is known of it, and its counts, are met while they are near.
#pragma once

#include "engine/counts.hpp"
#include "engine/services.hpp"

#include <array>
#include <cstdint>
#include <mutex>
#include <vector>

namespace resmon::outage {

/// Counts that several threads add to. Counts are whole numbers: the order of additions changes nothing.
struct SharedCounts {
    static constexpr std::size_t locks = 64;
    Counts counts;
    std::array<std::mutex, locks> mutexes;  ///< of things by number modulo locks
    std::mutex region;

    [[nodiscard]] std::mutex& of(std::size_t thing) { return mutexes[thing % locks]; }
};

/// How much of a forecast is wanted.
enum class Detail {
    sums,  ///< by course: losses, figures per body, ability by day (Samples::able); nothing per service
    full
};

class Tally {
public:
    /// Courses that are gone through together.
    static constexpr std::uint32_t round = 256;
    /// Chains are followed in the first courses only: their shares then have a standard error of at most 2.2 %.
    static constexpr std::uint32_t chained = 512;

    /// What is named here must outlive it.
    Tally(const Program& program, const Sampling& sampling, Detail detail, Instructions instructions,
          SharedCounts& shared, Samples& samples);

    /// Courses from `begin` to before `end`, at most `round`.
    void add(std::uint32_t begin, std::uint32_t end);

private:
    struct Kernel;  ///< what is compiled for each kind of instructions

    /// How a stretch is kept: where it begins and ends among the counts of its provision's modes by day, and where
    /// its capacity counts; with this bit only if it is the first of its mode that has a length.
    enum StretchRow : std::size_t { from_row, to_row, capacity_row, stretch_rows };
    static constexpr unsigned counts_bit = 31;
    static constexpr std::size_t most_results = 7;  ///< of a provision

    /// The bins of a curve from a day on.
    template <class Bin>
    struct Move {
        std::uint32_t day;
        std::array<Bin, lane_count> bins;
    };
    /// The moves of all blocks of a round; each block's begin with day 0 and ascend.
    template <class Bin>
    struct Curve {
        std::vector<Move<Bin>> moves;
    };

    /// Eight courses and what they add up to.
    struct Block {
        Courses courses;
        std::uint32_t first = 0;  ///< number of the first
        std::uint32_t valid = 0;
        Lanes loss{};
        Rows region_change;  ///< by day: of Σ weight × ability
        Days changes;        ///< on which there is a change of the whole
        // The others with Detail::full only.
        Rows normal_change;                   ///< by day: of Σ weight of what is back to normal
        Rows backlog;                         ///< by day
        std::size_t backlog_days = 0;         ///< on which the backlog of the whole changes
        std::vector<BacklogSum> backlogs;     ///< by calendar
        Rows origin;                          ///< by calendar: working time at the start
        std::vector<Rows> working;            ///< by calendar: working time since the start at each day
        std::vector<std::size_t> known_days;  ///< by calendar: how many of them are known
        std::vector<Rows> question_change;
        Rows late, lost, missed, hours;  ///< by service
        Rows first_mode;                 ///< by place among the plans of a service: day within the horizon
        Rows back;                       ///< by plan: day within the horizon
        Lanes peak{};                    ///< of the backlog of the plan that was added last
    };
    struct ChainPart {
        std::size_t place = 0;
        std::int64_t days = 0;
    };
    /// What is known of one course while its chains are followed.
    struct ChainedCourse {
        std::vector<double> up;
        Schedule schedule;
        std::vector<std::vector<ChainPart>> chain_of;  ///< by resource
        std::vector<bool> is_known;
    };

    [[nodiscard]] Block block() const;
    /// The courses of the first blocks of the round.
    void count(std::size_t blocks);
    void follow_chains(const Block& block);
    const std::vector<ChainPart>& chain_to_resource(ChainedCourse& course, Index resource);
    void flush_provision(std::size_t place);
    void flush_body(std::size_t rank);
    void flush_region();
    void flush_stretches(Index provision, std::size_t stretches);
    template <std::size_t rows>
    void count_rows(const std::uint16_t* bins, const std::array<std::uint32_t*, rows>& counts) const;
    template <class Bin>
    void flush_curve(Curve<Bin>& curve, std::size_t bins, std::uint32_t* counts) const;

    const Program& program_;
    const Compiled& compiled_;
    const Case& case_;
    Sampling sampling_;
    Detail detail_;
    Instructions instructions_;
    SharedCounts& shared_;
    Samples& samples_;
    std::size_t days_;
    statistics::Scale day_scale_;
    bool is_single_;  ///< one body: its curves are those of the whole

    std::vector<std::uint32_t> stretches_of_;  ///< by plan: how many are kept
    std::vector<Index> services_by_id_;
    std::vector<std::vector<std::uint32_t>> plans_of_;  ///< by service: plans, by body
    std::vector<std::vector<double>> people_;           ///< by service: inhabitants, in the order of plans_of_
    std::vector<double> all_people_;
    std::vector<std::uint32_t> in_order_;  ///< 0, 1, 2 … as many as plans
    std::vector<double> ones_;
    std::vector<double> body_weight_;          ///< by rank of the key
    std::vector<std::uint32_t> plans_before_;  ///< by rank of the key, and after the last
    std::vector<double> question_weight_;
    double total_weight_ = 0;

    std::vector<Block> blocks_;
    std::uint32_t courses_ = 0;  ///< of the round
    ProvidedLanes provided_;
    std::vector<std::uint32_t> stretches_;  ///< of one plan: `stretch_rows` rows of a round for each stretch
    std::vector<std::uint16_t> results_;    ///< of one plan: rows of bins
    Curve<std::uint8_t> body_curve_;
    Curve<std::uint16_t> ability_, normal_, backlog_;
    /// What one body adds up to in a block.
    Rows body_change_;  ///< by day: of Σ weight × ability
    Days body_changes_;
    Rows day_values_;
    WeightedRank rank_;
    std::array<ChainedCourse, lane_count> chained_;
    std::vector<Link> links_;
};

}  // namespace resmon::outage
