// What encrypted columns promise, and that no key is ever lost.
#include "storage/sealing.hpp"

#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "storage/sealing_keys.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <thread>

namespace resmon::storage {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;
namespace fs = std::filesystem;

constexpr const char* place = "credential.second_factor/5d41402abc4b2a76";

TEST(Sealing, OpensWhatItSealed) {
    const Sealing sealing{{new_sealing_key()}};
    for (const std::string plain : {"", "JBSWY3DPEHPK3PXP", "Grüße", "a:b:c\nd"})
        EXPECT_EQ(sealing.open(sealing.seal(plain, place), place), plain);
}

TEST(Sealing, NeverSealsTheSameTextAlike) {
    const Sealing sealing{{new_sealing_key()}};
    std::set<std::string> sealed;
    for (int time = 0; time < 100; ++time) sealed.insert(sealing.seal("the same", place));
    EXPECT_EQ(sealed.size(), 100U);
}

TEST(Sealing, BindsATextToItsRowAndColumn) {
    const Sealing sealing{{new_sealing_key()}};
    const std::string sealed = sealing.seal("JBSWY3DPEHPK3PXP", place);
    EXPECT_EQ(sealing.open(sealed, "credential.second_factor/another"), std::nullopt);
    EXPECT_EQ(sealing.open(sealed, "person.contact/5d41402abc4b2a76"), std::nullopt);
}

TEST(Sealing, NoticesEveryChangedCharacter) {
    const Sealing sealing{{new_sealing_key()}};
    const std::string sealed = sealing.seal("JBSWY3DPEHPK3PXP", place);
    for (std::size_t at = 0; at < sealed.size(); ++at) {
        std::string changed = sealed;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        EXPECT_EQ(sealing.open(changed, place), std::nullopt) << at;
        EXPECT_EQ(sealing.open(sealed.substr(0, at), place), std::nullopt) << at;
    }
}

TEST(Sealing, IsLockedForAnotherKeyAndWithoutAny) {
    const Sealing mine{{new_sealing_key()}};
    const std::string sealed = mine.seal("JBSWY3DPEHPK3PXP", place);
    EXPECT_EQ(Sealing{{new_sealing_key()}}.open(sealed, place), std::nullopt);
    const Sealing locked{{}};
    EXPECT_TRUE(locked.is_locked());
    EXPECT_EQ(locked.open(sealed, place), std::nullopt);
    EXPECT_THAT([&] { static_cast<void>(locked.seal("text", place)); },
                ThrowsMessage<Unavailable>(HasSubstr("there is no key to encrypt it (--key-file FILE)")));
}

TEST(Sealing, SealsWithTheNewestKeyAndOpensWithAll) {
    const SealingKey first = new_sealing_key();
    const SealingKey second = new_sealing_key();
    const std::string earlier = Sealing{{first}}.seal("earlier", place);
    const Sealing both{{first, second}};
    const std::string later = both.seal("later", place);
    EXPECT_EQ(both.open(earlier, place), "earlier");
    EXPECT_EQ(both.open(later, place), "later");
    EXPECT_EQ(key_id_of(later), second.id);
    EXPECT_TRUE(both.is_current(later));
    EXPECT_FALSE(both.is_current(earlier));
}

TEST(Sealing, TakesNoUnsealedTextForASealedOne) {
    const Sealing sealing{{new_sealing_key()}};
    EXPECT_EQ(key_id_of(""), "");
    EXPECT_EQ(sealing.open("", place), std::nullopt);
    EXPECT_EQ(sealing.open("sealed:", place), std::nullopt);
    EXPECT_EQ(sealing.open("sealed::", place), std::nullopt);
}

TEST(SealedPlace, TellsKeysOfSeveralColumnsApart) {
    EXPECT_EQ(sealed_place("credential", "second_factor", {"5d41402abc4b2a76"}), place);
    EXPECT_NE(sealed_place("t", "c", {"a/b", "c"}), sealed_place("t", "c", {"a", "b/c"}));
    EXPECT_NE(sealed_place("t", "c", {"a%2Fb"}), sealed_place("t", "c", {"a/b"}));
}

class KeyFile : public testing::Test {
protected:
    KeyFile() { fs::create_directories(folder_); }
    ~KeyFile() override { fs::remove_all(folder_); }

    void write(const std::string& text) { std::ofstream{file_} << text; }

    fs::path folder_ = fs::path{testing::TempDir()} / ("resmon_" + random_hex(8));
    fs::path file_ = folder_ / "resmon.key";
};

TEST_F(KeyFile, BesideTheDataIsMadeOnceForItsOwnerAlone) {
    const KeyPlace here = key_place(folder_, {});
    EXPECT_EQ(here.file, file_);
    const SealingKeys made = sealing_keys_at(here);
    ASSERT_EQ(made.size(), 1U);
    EXPECT_EQ(fs::status(file_).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_EQ(sealing_keys_at(here).front().id, made.front().id);
    EXPECT_EQ(sealing_keys_at(here).front().bytes, made.front().bytes);
}

TEST_F(KeyFile, IsMadeByOneOfManyThatStartTogether) {
    std::vector<std::string> ids(8);
    {
        std::vector<std::jthread> programs;
        for (std::string& id : ids)
            programs.emplace_back([&] { id = sealing_keys_at(key_place(folder_, {})).front().id; });
    }
    EXPECT_EQ(std::set<std::string>(ids.begin(), ids.end()).size(), 1U);
}

TEST_F(KeyFile, ThatSomebodyNamedMustExist) {
    EXPECT_THAT([&] { static_cast<void>(sealing_keys_at(key_place(folder_, "/nowhere/town.key"))); },
                ThrowsMessage<Unavailable>(HasSubstr("the key file /nowhere/town.key does not exist")));
}

TEST_F(KeyFile, IsLookedForWhereThePersonTheEnvironmentOrSystemdSays) {
    write("");
    ::setenv("CREDENTIALS_DIRECTORY", folder_.c_str(), 1);
    EXPECT_EQ(key_place("/data", {}).origin, KeyOrigin::credential);
    EXPECT_EQ(key_place("/data", {}).file, file_);
    ::setenv("RESMON_KEY_FILE", "/etc/town.key", 1);
    EXPECT_EQ(key_place("/data", {}).file, "/etc/town.key");
    EXPECT_EQ(key_place("/data", "/root/own.key").file, "/root/own.key");
    ::unsetenv("RESMON_KEY_FILE");
    ::unsetenv("CREDENTIALS_DIRECTORY");
    EXPECT_EQ(key_place("/data", {}).file, "/data/resmon.key");
}

TEST_F(KeyFile, KeepsItsKeysAndTheirOrder) {
    const SealingKeys keys{new_sealing_key(), new_sealing_key(), new_sealing_key()};
    write_sealing_keys(file_, keys);
    const SealingKeys read = read_sealing_keys(file_);
    ASSERT_EQ(read.size(), 3U);
    for (std::size_t at = 0; at < keys.size(); ++at) {
        EXPECT_EQ(read[at].id, keys[at].id);
        EXPECT_EQ(read[at].bytes, keys[at].bytes);
    }
}

TEST_F(KeyFile, ThatIsDamagedIsRefusedWithEveryLine) {
    write("# keys\nresmon-key 0123456789abcdef QUJD\nnonsense\n");
    EXPECT_THAT([&] { static_cast<void>(read_sealing_keys(file_)); },
                ThrowsMessage<InputError>(fmt::format(
                    "{0}:2: a key has 32 bytes, this one 3\n{0}:3: must be `resmon-key ID KEY`", file_.string())));
    write("");
    EXPECT_THAT([&] { static_cast<void>(read_sealing_keys(file_)); },
                ThrowsMessage<InputError>(HasSubstr("holds no key: put the right file there")));
}

}  // namespace
}  // namespace resmon::storage
