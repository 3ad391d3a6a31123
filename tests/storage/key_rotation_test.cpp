// Keys change while nothing is lost, wherever it is interrupted.
#include "storage/key_rotation.hpp"

#include "archive/tables.hpp"
#include "support/database.hpp"

#include <gtest/gtest.h>

namespace resmon::storage {
namespace {

class KeyRotationOn : public testing::TestWithParam<Engine> {
protected:
    KeyRotationOn()
        : empty_{GetParam()}, database_{empty_.location()}, place_{key_place(empty_.location().folder, {})} {
        const Sealing sealing{sealing_keys_at(place_)};
        database_.write([&](soci::session& sql) {
            for (const std::string id : {"anna", "bert", "none"}) {
                const std::string sealed =
                    id == "none" ? "" : sealing.seal("secret of " + id, "credential.second_factor/" + id);
                sql << "INSERT INTO person (id, login, login_key, name, contact, created_at, disabled_at, erased_at, "
                       "last_sign_in) VALUES (:id, :id, :id, '', '', '', '', '', '')",
                    soci::use(id, "id");
                sql << "INSERT INTO credential (person, password, second_factor, second_factor_since, last_step) "
                       "VALUES (:person, '', :sealed, '', 0)",
                    soci::use(id), soci::use(sealed);
            }
        });
    }

    void expect_all_open() {
        const Sealing sealing{read_sealing_keys(place_.file)};
        for (const std::string id : {"anna", "bert"})
            EXPECT_EQ(sealing.open(text_of(id), "credential.second_factor/" + id), "secret of " + id);
        EXPECT_EQ(text_of("none"), "");
    }
    std::string text_of(const std::string& id) {
        std::string text;
        database_.read([&](soci::session& sql) {
            sql << "SELECT second_factor FROM credential WHERE person = :id", soci::into(text), soci::use(id);
        });
        return text;
    }

    EmptyDatabase empty_;
    Database database_;
    KeyPlace place_;
};

TEST_P(KeyRotationOn, SealsEverythingAnewAndRemovesTheOldKey) {
    const Rotation rotation = rotate_keys(database_, place_);
    EXPECT_EQ(rotation.changed, 2U);
    EXPECT_EQ(rotation.removed_keys, 1U);
    EXPECT_TRUE(rotation.locked.empty());
    database_.read([&](soci::session& sql) {
        EXPECT_EQ(keys_in_use(sql), std::vector<std::string>{rotation.new_key});
        EXPECT_EQ(missing_keys(sql, {}), std::vector<std::string>{rotation.new_key});
        EXPECT_TRUE(missing_keys(sql, read_sealing_keys(place_.file)).empty());
    });
    EXPECT_EQ(read_sealing_keys(place_.file).size(), 1U);
    expect_all_open();
}

TEST_P(KeyRotationOn, InterruptedAfterTheKeyWasAddedIsFinishedByTheNext) {
    SealingKeys keys = read_sealing_keys(place_.file);
    keys.push_back(new_sealing_key());
    write_sealing_keys(place_.file, keys);
    expect_all_open();
    EXPECT_EQ(rotate_keys(database_, place_).removed_keys, 2U);
    expect_all_open();
}

TEST_P(KeyRotationOn, InterruptedBeforeTheOldKeyWasRemovedIsFinishedByTheNext) {
    SealingKeys keys = read_sealing_keys(place_.file);
    keys.push_back(new_sealing_key());
    write_sealing_keys(place_.file, keys);
    EXPECT_EQ(reseal(database_, *archive::find_table("credential"), Sealing{keys}).changed, 2U);
    expect_all_open();
    EXPECT_EQ(rotate_keys(database_, place_).removed_keys, 2U);
    expect_all_open();
}

TEST_P(KeyRotationOn, LeavesWhatItCannotOpenAndNamesIt) {
    const SealingKeys others{new_sealing_key()};
    const std::string foreign = Sealing{others}.seal("x", "credential.second_factor/anna");
    database_.write([&](soci::session& sql) {
        sql << "UPDATE credential SET second_factor = :text WHERE person = 'anna'", soci::use(foreign);
    });
    const Rotation rotation = rotate_keys(database_, place_);
    EXPECT_EQ(rotation.changed, 1U);
    EXPECT_EQ(rotation.locked, std::vector<std::string>{"credential.second_factor/anna"});
    EXPECT_EQ(text_of("anna"), foreign);
}

INSTANTIATE_TEST_SUITE_P(On, KeyRotationOn, both_engines, engine_name);

}  // namespace
}  // namespace resmon::storage
