// What a backup promises: the same rows again, on either engine, or a clear refusal that changes nothing.
#include "storage/backup.hpp"

#include "archive/archive.hpp"
#include "archive/safe_file.hpp"
#include "archive/tables.hpp"
#include "base/error.hpp"
#include "storage/erasures.hpp"
#include "support/any_rows.hpp"
#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace resmon::storage {
namespace {

using testing::HasSubstr;
using testing::ThrowsMessage;
namespace fs = std::filesystem;

std::string bytes_in(const fs::path& file) {
    std::ifstream stream{file, std::ios::binary};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

void write_bytes(const fs::path& file, const std::string& content) { std::ofstream{file, std::ios::binary} << content; }

void fill(Database& database, unsigned seed, int rows) {
    database.write([&](soci::session& sql) { archive::add_any_rows(sql, seed, rows); });
}

class BackupOn : public testing::TestWithParam<Engine> {
protected:
    BackupOn() : empty_{GetParam()}, database_{empty_.location()}, file_{empty_.location().folder / "a.backup"} {}

    Backup back_up_now(const std::string& passphrase = {}) {
        return back_up(
            database_,
            {.file = file_, .passphrase = Secret{std::string{passphrase}}, .made_at = "2026-11-25T16:00:00Z"});
    }
    static Restored restored_into(const EmptyDatabase& place, const fs::path& file,
                                  const std::string& passphrase = {}) {
        return restore(file, place.location(), key_place(place.location().folder, {}), Secret{std::string{passphrase}});
    }

    EmptyDatabase empty_;
    Database database_;
    fs::path file_;
};

TEST_P(BackupOn, HoldsEveryRowOfEveryTableAndMovesBetweenTheEngines) {
    for (const unsigned seed : {1U, 2U, 3U}) {
        const EmptyDatabase source_place{GetParam()};
        Database source{source_place.location()};
        fill(source, seed, 120);
        const Backup first = back_up(source, {.file = file_});
        for (const archive::TableFile& table : first.manifest.tables) EXPECT_EQ(table.rows, 120) << table.table;
        for (const Engine engine : {Engine::sqlite, Engine::postgresql}) {
            const EmptyDatabase place{engine};
            EXPECT_EQ(restored_into(place, file_).rows, 120 * std::ssize(archive::tables()));
            Database there{place.location()};
            const Backup second = back_up(there, {.file = place.location().folder / "b.backup"});
            EXPECT_EQ(second.manifest, first.manifest);
            EXPECT_EQ(second.digest, first.digest) << "the same bytes";
        }
    }
}

TEST_P(BackupOn, KnowsEveryTableOfTheSchema) {
    database_.read([](soci::session& sql) {
        std::vector<std::string> listed;
        for (const archive::Table& table : archive::tables()) {
            listed.emplace_back(table.name);
            const auto columns = archive::columns_of(sql, table.name);
            for (const auto& names : {table.key, table.sealed})
                for (const std::string_view name : names)
                    EXPECT_TRUE(std::ranges::find(columns, name, &archive::Column::name) != columns.end())
                        << table.name << "." << name;
        }
        std::ranges::sort(listed);
        EXPECT_EQ(listed, archive::table_names(sql));
    });
}

TEST_P(BackupOn, OpensOnlyWithItsPassphrase) {
    fill(database_, 7, 5);
    back_up_now("a long passphrase of the town");
    EXPECT_EQ(bytes_in(file_).find("manifest.json"), std::string::npos);
    const EmptyDatabase place{GetParam()};
    EXPECT_THAT([&] { restored_into(place, file_); }, ThrowsMessage<InputError>(HasSubstr("its passphrase is needed")));
    EXPECT_THAT([&] { restored_into(place, file_, "another"); },
                ThrowsMessage<InputError>(HasSubstr("the passphrase is another, or the file is damaged")));
    try {
        restored_into(place, file_, "another");
    } catch (const InputError& error) {
        EXPECT_THAT(error.in(Language::german),
                    HasSubstr("die Passphrase ist eine andere, oder die Datei ist beschädigt"));
    }
    EXPECT_GT(restored_into(place, file_, "a long passphrase of the town").rows, 0);
}

TEST_P(BackupOn, TakesTheKeyAlongOnlyEncrypted) {
    const SealingKeys keys{new_sealing_key()};
    EXPECT_THAT([&] { back_up(database_, {.file = file_, .keys = keys}); },
                ThrowsMessage<InputError>(HasSubstr("--with-key needs --encrypt")));
    back_up(database_, {.file = file_, .passphrase = Secret{std::string{"words"}}, .keys = keys});
    const EmptyDatabase place{GetParam()};
    restored_into(place, file_, "words");
    EXPECT_EQ(read_sealing_keys(place.location().folder / "resmon.key").front().id, keys.front().id);
}

TEST_P(BackupOn, RestoredWithoutTheKeySaysWhichOneIsMissing) {
    fill(database_, 7, 1);
    const SealingKeys keys{new_sealing_key()};
    const std::string sealed = Sealing{keys}.seal("JBSWY3DP", "credential.second_factor/b1");
    database_.write(
        [&](soci::session& sql) { sql << "UPDATE credential SET second_factor = :sealed", soci::use(sealed); });
    back_up_now();
    const EmptyDatabase place{GetParam()};
    EXPECT_EQ(restored_into(place, file_).locked_by, std::vector<std::string>{keys.front().id});
}

TEST_P(BackupOn, IsRestoredIntoAnEmptyPlaceOnly) {
    back_up_now();
    EXPECT_THAT([&] { restored_into(empty_, file_); }, ThrowsMessage<Conflict>(HasSubstr("into an empty place only")));
}

TEST_P(BackupOn, IsRefusedWhereverABitIsFlippedOrTheEndIsMissing) {
    fill(database_, 7, 3);
    back_up_now();
    const std::string whole = bytes_in(file_);
    const EmptyDatabase place{GetParam()};
    for (std::size_t at = 0; at < whole.size(); at += std::max<std::size_t>(1, whole.size() / 97)) {
        std::string changed = whole;
        changed[at] = static_cast<char>(changed[at] ^ 0x10);
        write_bytes(file_, changed);
        EXPECT_THROW(restored_into(place, file_), InputError) << at;
        write_bytes(file_, whole.substr(0, at));
        EXPECT_THROW(restored_into(place, file_), InputError) << at;
    }
    write_bytes(file_, whole);
    EXPECT_GT(restored_into(place, file_).rows, 0) << "the place was still empty";
}

TEST_P(BackupOn, ImportAddsAllRowsOrNoneAndNamesThoseThatDiffer) {
    fill(database_, 7, 3);
    back_up_now();
    EXPECT_EQ(import_from(file_, database_, {}).import.added, 0) << "the same rows are there";
    database_.write([](soci::session& sql) {
        sql << "DELETE FROM outage_result";
        sql << "UPDATE person SET name = 'changed' WHERE id = 'b1'";
    });
    EXPECT_THAT([&] { import_from(file_, database_, {}); },
                ThrowsMessage<Conflict>("nothing was added: 1 rows exist with another content:\n  person b1"));
    long long results = 1;
    database_.read([&](soci::session& sql) { sql << "SELECT COUNT(*) FROM outage_result", soci::into(results); });
    EXPECT_EQ(results, 0);
}

TEST_P(BackupOn, AppliesErasuresAgainAfterARestore) {
    fill(database_, 7, 2);
    back_up_now();
    const Erase erase = [](soci::session& sql, const Erasure& erasure) {
        sql << "UPDATE person SET name = '' WHERE id = :id", soci::use(erasure.person);
    };
    const Erasure anna{"anna", "2026-11-25T17:00:00Z"};
    database_.write([&](soci::session& sql) {
        remember_erasure(sql, empty_.location(), anna);
        erase(sql, anna);
    });
    EXPECT_EQ(replay_erasures(database_, erase), 0U);

    const EmptyDatabase place{GetParam()};
    restored_into(place, file_);
    fs::copy_file(empty_.location().folder / "erasures.jsonl", place.location().folder / "erasures.jsonl");
    archive::append_safely(place.location().folder / "erasures.jsonl", "{\"person\":\"cut o");
    Database again{place.location()};
    EXPECT_EQ(replay_erasures(again, erase), 1U);
    EXPECT_EQ(replay_erasures(again, erase), 0U);
}

INSTANTIATE_TEST_SUITE_P(On, BackupOn, both_engines, engine_name);

}  // namespace
}  // namespace resmon::storage
