// What was acknowledged is there after a power cut at any moment: nothing is acknowledged before it is synced.
#include "storage/connection.hpp"
#include "storage/damage.hpp"
#include "storage/database.hpp"
#include "support/database.hpp"
#include "support/forgetful_disk.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <set>
#include <thread>

namespace resmon::storage {
namespace {

namespace fs = std::filesystem;
using Lines = std::set<std::string>;

/// The disk at one moment, and what had been acknowledged by then.
struct Cut {
    ForgetfulDisk::Files files;
    Lines acknowledged;
};

Lines lines_in(const fs::path& folder) {
    Connection connection{{.folder = folder}};
    Lines lines;
    for (const soci::row& row : soci::rowset<soci::row>{connection.sql().prepare << "SELECT text FROM line"})
        lines.insert(row.get<std::string>(0));
    return lines;
}

class PowerCut : public testing::Test {
protected:
    PowerCut() { fs::create_directories(after_); }
    ~PowerCut() override { fs::remove_all(after_); }

    /// What the disk holds once the power is back; the file must be intact.
    Lines after(const Cut& cut, std::mt19937* luck) {
        fs::remove_all(after_);
        fs::create_directories(after_);
        ForgetfulDisk::put(cut.files, after_, luck);
        Lines lines = lines_in(after_);
        EXPECT_EQ(damage_of(after_ / "resmon.db"), "");
        return lines;
    }

    static Lines lost(const Lines& acknowledged, const Lines& found) {
        Lines missing;
        std::ranges::set_difference(acknowledged, found, std::inserter(missing, missing.end()));
        return missing;
    }

    /// Many threads write, with checkpoints in between; a cut before every `each`th operation on the files.
    std::vector<Cut> cuts_of_many_writers(int each) {
        std::vector<Cut> cuts;
        std::mutex mutex;
        Lines acknowledged;
        Database database{empty_.location()};
        database.write([](soci::session& sql) {
            sql << "PRAGMA wal_autocheckpoint = 40";
            sql << "CREATE TABLE line (text TEXT NOT NULL PRIMARY KEY)";
        });
        disk_.before_each([&, operation = 0](const ForgetfulDisk::Files& files) mutable {
            if (operation++ % each != 0) return;
            const std::lock_guard lock{mutex};
            cuts.push_back({files, acknowledged});
        });
        constexpr int writers = 6;
        constexpr int count = 30;
        std::vector<std::jthread> threads;
        for (int writer = 0; writer < writers; ++writer)
            threads.emplace_back([&, writer] {
                for (int number = 0; number < count; ++number) {
                    const std::string text = fmt::format("{} {}{}", writer, number, std::string(300, '.'));
                    database.write(
                        [&](soci::session& sql) { sql << "INSERT INTO line (text) VALUES (:text)", soci::use(text); });
                    const std::lock_guard lock{mutex};
                    acknowledged.insert(text);
                }
            });
        threads.clear();
        disk_.before_each({});
        cuts.push_back({disk_.files(), acknowledged});
        return cuts;
    }

    /// As the writer of the database does it, but for how it syncs.
    Cut cut_after_writing(const std::string& synchronous) {
        Lines acknowledged;
        {
            const Database made{empty_.location()};
        }
        Connection connection{empty_.location()};
        connection.sql() << "PRAGMA synchronous = " + synchronous;
        connection.sql() << "CREATE TABLE line (text TEXT NOT NULL PRIMARY KEY)";
        connection.sql() << "PRAGMA wal_checkpoint(TRUNCATE)";
        for (int number = 0; number < 20; ++number) {
            const std::string text = std::to_string(number);
            connection.begin_writing();
            connection.sql() << "INSERT INTO line (text) VALUES (:text)", soci::use(text);
            connection.commit();
            acknowledged.insert(text);
        }
        return {disk_.files(), acknowledged};
    }

    EmptyDatabase empty_{Engine::sqlite};
    ForgetfulDisk disk_{empty_.location().folder};
    fs::path after_ = fs::path{testing::TempDir()} / ("resmon_" + random_hex(8));
};

TEST_F(PowerCut, AtAnyMomentLosesNothingThatManyWritersWereTold) {
    constexpr int each = 11;
    const std::vector<Cut> cuts = cuts_of_many_writers(each);
    EXPECT_GT(cuts.size(), 40U);
    EXPECT_EQ(cuts.back().acknowledged.size(), 180U);
    EXPECT_TRUE(std::ranges::any_of(cuts, [](const Cut& cut) {
        return std::ranges::any_of(cut.files, [](const auto& file) { return !file.second.unsynced.empty(); });
    })) << "something was always on its way to the disk";
    for (std::size_t at = 0; at < cuts.size(); ++at)
        EXPECT_EQ(lost(cuts[at].acknowledged, after(cuts[at], nullptr)), Lines{}) << "cut " << at;
}

TEST_F(PowerCut, AtAnyMomentLosesNothingWhateverOfTheRestReachedTheDisk) {
    constexpr int each = 41;
    std::mt19937 luck{20261126};
    for (const Cut& cut : cuts_of_many_writers(each))
        for (int time = 0; time < 2; ++time) EXPECT_EQ(lost(cut.acknowledged, after(cut, &luck)), Lines{});
}

TEST_F(PowerCut, LosesNothingOfADatabaseThatSyncsAtEveryCommit) {
    const Cut cut = cut_after_writing("FULL");
    EXPECT_EQ(lost(cut.acknowledged, after(cut, nullptr)), Lines{});
}

// The disk has teeth: what does not sync before it acknowledges is found out.
TEST_F(PowerCut, LosesWhatADatabaseAcknowledgesThatSyncsAtCheckpointsOnly) {
    const Cut cut = cut_after_writing("NORMAL");
    EXPECT_EQ(lost(cut.acknowledged, after(cut, nullptr)), cut.acknowledged);
}

TEST_F(PowerCut, LosesWhatADatabaseAcknowledgesThatNeverSyncs) {
    Cut cut = cut_after_writing("OFF");
    fs::remove_all(after_);
    fs::create_directories(after_);
    ForgetfulDisk::put(cut.files, after_, nullptr);
    // Not even the table, which was written before, need be there.
    Lines found;
    try {
        found = lines_in(after_);
    } catch (const soci::soci_error&) {
        found.clear();
    }
    EXPECT_EQ(lost(cut.acknowledged, found), cut.acknowledged);
}

}  // namespace
}  // namespace resmon::storage
