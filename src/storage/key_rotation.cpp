#include "storage/key_rotation.hpp"

#include "archive/tables.hpp"
#include "base/error.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <set>

namespace resmon::storage {

namespace {

/// One encrypted text and the key of its row.
struct SealedText {
    std::vector<std::string> key;
    std::string text;
};

/// Key columns of tables with encrypted columns are TEXT.
std::vector<SealedText> sealed_texts(soci::session& sql, const archive::Table& table, std::string_view column) {
    std::vector<SealedText> found;
    const std::string select = fmt::format("SELECT {}, {} FROM {}", column, fmt::join(table.key, ", "), table.name);
    for (const soci::row& row : soci::rowset<soci::row>{sql.prepare << select}) {
        if (row.get_indicator(0) == soci::i_null) continue;
        SealedText one{.text = row.get<std::string>(0)};
        if (key_id_of(one.text).empty()) continue;
        for (std::size_t at = 0; at < table.key.size(); ++at) one.key.push_back(row.get<std::string>(at + 1));
        found.push_back(std::move(one));
    }
    return found;
}

void update(soci::session& sql, const archive::Table& table, std::string_view column, const SealedText& sealed) {
    std::vector<std::string> conditions;
    for (const std::string_view name : table.key) conditions.push_back(fmt::format("{0} = :{0}", name));
    soci::details::prepare_temp_type statement =
        sql.prepare << fmt::format("UPDATE {} SET {} = :sealed WHERE {}", table.name, column,
                                   fmt::join(conditions, " AND "));
    statement, soci::use(sealed.text, "sealed");
    for (std::size_t at = 0; at < table.key.size(); ++at)
        statement, soci::use(sealed.key[at], std::string{table.key[at]});
    soci::statement{statement}.execute(true);
}

}  // namespace

Resealed reseal(Database& database, const archive::Table& table, const Sealing& sealing) {
    Resealed result;
    if (table.sealed.empty()) return result;
    database.write([&](soci::session& sql) {
        result = {};
        for (const std::string_view column : table.sealed)
            for (SealedText& sealed : sealed_texts(sql, table, column)) {
                if (sealing.is_current(sealed.text)) continue;
                const std::string place = sealed_place(table.name, column, sealed.key);
                const auto plain = sealing.open(sealed.text, place);
                if (!plain) {
                    result.locked.push_back(place);
                    continue;
                }
                sealed.text = sealing.seal(*plain, place);
                update(sql, table, column, sealed);
                ++result.changed;
            }
    });
    return result;
}

std::vector<std::string> keys_in_use(soci::session& sql) {
    std::set<std::string> ids;
    for (const archive::Table& table : archive::tables())
        for (const std::string_view column : table.sealed)
            for (const SealedText& sealed : sealed_texts(sql, table, column)) ids.insert(key_id_of(sealed.text));
    return {ids.begin(), ids.end()};
}

std::vector<std::string> missing_keys(soci::session& sql, const SealingKeys& here) {
    std::vector<std::string> ids = keys_in_use(sql);
    std::erase_if(ids,
                  [&](const std::string& id) { return std::ranges::find(here, id, &SealingKey::id) != here.end(); });
    return ids;
}

Rotation rotate_keys(Database& database, const KeyPlace& place) {
    if (place.origin == KeyOrigin::credential)
        throw Unavailable{worded("fault.unavailable.key-of-systemd", {{"file", place.file.string()}})};
    SealingKeys keys = sealing_keys_at(place);
    keys.push_back(new_sealing_key());
    write_sealing_keys(place.file, keys);

    Rotation rotation{.new_key = keys.back().id};
    const Sealing sealing{keys};
    for (const archive::Table& table : archive::tables()) {
        const Resealed resealed = reseal(database, table, sealing);
        rotation.changed += resealed.changed;
        rotation.locked.insert(rotation.locked.end(), resealed.locked.begin(), resealed.locked.end());
    }

    std::vector<std::string> used;
    database.read([&](soci::session& sql) { used = keys_in_use(sql); });
    rotation.removed_keys = std::erase_if(keys, [&](const SealingKey& key) {
        return key.id != rotation.new_key && std::ranges::find(used, key.id) == used.end();
    });
    if (rotation.removed_keys > 0) write_sealing_keys(place.file, keys);
    return rotation;
}

}  // namespace resmon::storage
