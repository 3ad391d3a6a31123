// The same case by independent programs, through the model file: bench/peers/spec.md, region 72, both rules.
#include "base/error.hpp"
#include "model_file/course_outputs.hpp"
#include "model_file/drawn_normals.hpp"
#include "model_file/model_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace resmon::model_file {
namespace {

constexpr std::uint64_t seed = 20'231'030;
constexpr std::array<double, 6> days{7, 14, 30, 60, 90, 120};
constexpr std::size_t output_count = 12;
using Outputs = std::array<double, output_count>;

/// Debian's own Python has the packages.
const std::string python = "/usr/bin/python3";

void run(const std::string& command) { ASSERT_EQ(std::system(command.c_str()), 0) << command; }

class Peers : public testing::TestWithParam<const char*> {
protected:
    void SetUp() override {
        // Each test is a process of its own: several may run with one rule.
        folder_ = std::filesystem::path{testing::TempDir()} / fmt::format("resmon_peers_{}_{}", GetParam(), getpid());
        std::filesystem::create_directories(folder_);
        run(fmt::format("PYTHONDONTWRITEBYTECODE=1 {} bench/peers/region72.py model --rule {} > '{}'", python,
                        GetParam(), file("model.yaml")));
        std::ostringstream text;
        text << std::ifstream{file("model.yaml")}.rdbuf();
        outage_ = model_from_yaml(text.str(), "region72.yaml").outage;
    }
    void TearDown() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] std::string file(const char* name) const { return (folder_ / name).string(); }

    /// Our normals, in the peers' order.
    void write_normals_of(std::uint32_t replications) {
        const auto columns = normal_columns(outage_);
        std::ofstream draws{file("draws"), std::ios::binary};
        write_normals(columns, {seed, replications}, draws);
        std::ofstream{file("draws.json")} << columns_text(columns, {seed, replications});
        draws.close();
        run(fmt::format("PYTHONDONTWRITEBYTECODE=1 {} bench/peers/region72.py normals '{}' '{}'", python, file("draws"),
                        file("normals")));
    }

    [[nodiscard]] std::vector<Outputs> ours(std::uint32_t replications) const {
        std::vector<Outputs> rows;
        for (const CourseOutputs& row : course_outputs(outage_, {seed, replications}, days)) {
            rows.push_back({row.services_half, row.services_most, row.services_all, row.loss_days, row.backlog_peak,
                            row.waiting_case_days});
            std::copy(row.ability.begin(), row.ability.end(), rows.back().begin() + 6);
        }
        return rows;
    }

    /// Runs the peer and compares course by course.
    void agree(const std::string& command, std::uint32_t replications) {
        write_normals_of(replications);
        run(fmt::format("cd bench/peers && PYTHONDONTWRITEBYTECODE=1 {} > '{}'", command, file("log")));
        std::ifstream out{file("outputs")};
        std::uint32_t course = 0;
        for (const Outputs& row : ours(replications)) {
            for (std::size_t output = 0; output < output_count; ++output) {
                double peer = 0;
                out >> peer;
                EXPECT_NEAR(row[output], peer, 1e-9 * std::abs(peer)) << "course " << course << ", output " << output;
            }
            ++course;
        }
        EXPECT_TRUE(out) << "the peer wrote fewer outputs than courses";
    }

    [[nodiscard]] std::string of_python(const char* program, std::uint32_t replications) const {
        return fmt::format("{} {} --rule {} --replications {} --draws '{}' --out '{}'", python, program, GetParam(),
                           replications, file("normals"), file("outputs"));
    }

private:
    std::filesystem::path folder_;
    outage::Case outage_;
};

TEST_P(Peers, AnEventQueueAgreesInEveryOutputOfEveryCourseTo1e9) {
    agree(fmt::format("'{}' '{}' 16 {} '{}'", RESMON_PEER, file("normals"), GetParam(), file("outputs")), 16);
}

TEST_P(Peers, SimPy2AgreesInEveryOutputOfEveryCourseTo1e9) { agree(of_python("peer_simpy.py --api 2", 3), 3); }

TEST_P(Peers, SimPy3AgreesInEveryOutputOfEveryCourseTo1e9) { agree(of_python("peer_simpy.py --api 3", 3), 3); }

TEST_P(Peers, NumPyAgreesInEveryOutputOfEveryCourseTo1e9) { agree(of_python("peer_numpy.py", 16), 16); }

INSTANTIATE_TEST_SUITE_P(OfBothRules, Peers, testing::Values("list", "ready"));

}  // namespace
}  // namespace resmon::model_file
