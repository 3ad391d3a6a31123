// Courses added up: each thread computes blocks of eight, keeps their bins for a while and adds them to the counts of
// all threads, one thing after the other, so that the counts of a thing are met while they are near.
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
};

/// How much of a forecast is wanted.
enum class Detail {
    sums,  ///< by course: losses, figures per body, ability by day (Samples::able); nothing per service
    full
};

class Tally {
public:
    /// Courses that are computed before their bins are added to the counts.
    static constexpr std::uint32_t round = 128;
    /// Chains are followed in the first courses only: their shares then have a standard error of at most 2.2 %.
    static constexpr std::uint32_t chained = 512;

    /// What is named here must outlive it.
    Tally(const Program& program, const Sampling& sampling, Detail detail, Instructions instructions,
          SharedCounts& shared, Samples& samples);

    Tally(const Tally&) = delete;  // its questions point into it
    Tally& operator=(const Tally&) = delete;

    /// Courses from `begin` to before `end`, at most `round`.
    void add(std::uint32_t begin, std::uint32_t end);

private:
    struct Kernel;  ///< what is compiled for each kind of instructions

    /// How a stretch is kept: kind of its mode, bin of its capacity, and whether it has no length.
    static constexpr unsigned kind_bits = 3;
    static constexpr int empty_bit = 15;

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

    void add_block(std::uint32_t first, std::uint32_t valid);
    /// The eight courses that have begun.
    void count(std::uint32_t first, std::uint32_t valid);
    void ask_for_halves();
    void follow_chains(std::uint32_t valid);
    struct ChainPart {
        std::size_t place = 0;
        std::int64_t days = 0;
    };
    const std::vector<ChainPart>& chain_to_resource(Index resource);
    void flush(std::uint32_t courses);
    void flush_provision(const ProvisionPlan& plan, std::size_t place, std::uint32_t courses);
    void flush_stretches(Index provision, const std::uint16_t* rows, std::size_t stretches, std::uint32_t courses);
    template <std::size_t rows>
    static void count_rows(const std::uint16_t* bins, std::uint32_t courses,
                           const std::array<std::uint32_t*, rows>& counts);
    template <class Bin>
    void flush_curve(Curve<Bin>& curve, std::size_t bins, std::uint32_t courses, std::uint32_t* counts);

    const Program& program_;
    const Compiled& compiled_;
    const Case& case_;
    Sampling sampling_;
    Detail detail_;
    SharedCounts& shared_;
    Samples& samples_;
    std::size_t days_;
    statistics::Scale day_scale_;
    Courses courses_;
    ProvidedLanes provided_;

    std::vector<std::size_t> buffer_of_;       ///< by plan: first row in `buffer_`
    std::vector<std::uint32_t> stretches_of_;  ///< by plan: how many rows of stretches
    std::vector<std::uint16_t> buffer_;        ///< rows of `round` bins
    std::vector<Curve<std::uint8_t>> body_curves_;
    Curve<std::uint16_t> ability_, normal_, backlog_;

    std::vector<Index> services_by_id_;
    Rows first_, back_;                                 ///< by plan: days within the horizon
    std::vector<std::vector<std::uint32_t>> plans_of_;  ///< by service: plans, by body
    /// What one body adds up to in the block.
    struct BodySum {
        Rows change;   ///< by day: of Σ weight × ability
        Days changes;  ///< on which there is a change
        Lanes loss{};
    };
    std::vector<BodySum> bodies_;         ///< by rank of the key; only one with Detail::sums
    std::vector<double> body_weight_;     ///< by rank
    std::vector<std::uint32_t> rank_of_;  ///< by body
    Rows region_change_, normal_change_, regional_backlog_;
    std::vector<BacklogSum> backlogs_;       ///< by calendar
    std::vector<Rows> working_;              ///< by calendar: working time since the start at each day
    std::vector<std::size_t> working_days_;  ///< by calendar: how many are known
    std::vector<Rows> question_change_;
    Rows late_, lost_cases_, missed_, hours_;  ///< by service
    std::vector<std::vector<double>> people_;  ///< by service: inhabitants, in the order of plans_of_
    std::vector<double> all_people_;
    std::vector<std::uint32_t> every_plan_;
    std::vector<double> ones_;
    WeightedRank rank_;
    struct HalfOfPeople {
        WeightedRows values;
        double target = 0;
        std::vector<double>* answer = nullptr;
    };
    std::vector<HalfOfPeople> halves_;
    Rows day_values_;
    Rows origin_;  ///< by calendar: working time at the start
    std::vector<double> question_weight_;
    Lanes total_loss_{};
    double total_weight_ = 0;
    Days region_changes_;
    std::size_t backlog_days_ = 0;  ///< on which the backlog of the whole changes
    std::size_t block_ = 0;         ///< of the round
    bool is_single_ = false;        ///< one body: its curves are those of the whole

    Schedule schedule_;                             ///< of one course, for its chains
    std::vector<std::vector<ChainPart>> chain_of_;  ///< by resource, of one course
    std::vector<bool> chain_known_;
    std::vector<Link> links_;
};

}  // namespace resmon::outage
