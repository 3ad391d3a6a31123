// Parts of files that were never put in place are cleared away, but never those that somebody is still writing.
#include "archive/safe_file.hpp"
#include "secrets/digest.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <memory>

namespace resmon::archive {
namespace {

namespace fs = std::filesystem;

class PartFiles : public testing::Test {
protected:
    PartFiles() { fs::create_directories(folder_); }
    ~PartFiles() override { fs::remove_all(folder_); }

    void leave(const std::string& name) const { std::ofstream{folder_ / name} << "what a killed program left"; }
    [[nodiscard]] bool has(const std::string& name) const { return fs::exists(folder_ / name); }

    fs::path folder_ = fs::path{testing::TempDir()} / ("resmon_" + random_hex(8));
};

TEST_F(PartFiles, OfKilledProgramsAreRemovedWithTheNextOfWhateverName) {
    for (const char* name : {"archive.0a1b2c3d.resmon-part", "a.zip.0a1b2c3d.resmon-part",
                             "a.zip.0a1b2c3d.resmon-part.Xy12Zz", "b.db.0a1b2c3d.resmon-part-journal"})
        leave(name);
    for (const char* name : {"a.zip", "film.part", "notes.resmon-part", "a.0a1b2c3d.resmon-part.keep-this"})
        leave(name);
    const PartFile part{folder_ / "other"};
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, fs::directory_iterator{}), 5) << "ours and four of others";
    EXPECT_TRUE(has("a.zip") && has("film.part") && has("notes.resmon-part") &&
                has("a.0a1b2c3d.resmon-part.keep-this"));
}

TEST_F(PartFiles, OfProgramsThatRunAreLeftAlone) {
    const PartFile first{folder_ / "backup.zip"};
    leave("archive.0a1b2c3d.resmon-part");
    auto second = std::make_unique<PartFile>(folder_ / "backup.zip");
    EXPECT_TRUE(fs::exists(first.path()));
    EXPECT_NE(first.path(), second->path());
    EXPECT_TRUE(has("archive.0a1b2c3d.resmon-part")) << "whose it is nobody can tell while somebody writes";
    const fs::path gone = second->path();
    second.reset();
    EXPECT_FALSE(fs::exists(gone));
    EXPECT_TRUE(fs::exists(first.path()));
}

TEST_F(PartFiles, ArePutInPlaceWholeAndClosedToOthers) {
    write_safely(folder_ / "resmon.key", "first");
    write_safely(folder_ / "resmon.key", "second");
    std::string content;
    std::getline(std::ifstream{folder_ / "resmon.key"}, content);
    EXPECT_EQ(content, "second");
    EXPECT_FALSE(create_safely(folder_ / "resmon.key", "third"));
    EXPECT_EQ(std::distance(fs::directory_iterator{folder_}, fs::directory_iterator{}), 1);
    EXPECT_EQ(fs::status(folder_ / "resmon.key").permissions(), fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace
}  // namespace resmon::archive
