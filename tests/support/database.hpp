// An empty database of either engine for one test: a fresh folder, or a schema of its own in the tests' PostgreSQL.
#pragma once

#include "secrets/digest.hpp"
#include "storage/connection.hpp"
#include "storage/location.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace resmon::storage {

/// The address that scripts/postgresql.sh wrote; ctest starts the server before and stops it after (a fixture).
inline std::string postgresql_address() {
    const char* file = std::getenv("RESMON_POSTGRESQL");
    std::string address;
    if (file != nullptr) std::getline(std::ifstream{file}, address);
    if (address.empty())
        throw std::runtime_error{
            "run `scripts/postgresql.sh start build/postgresql` and set RESMON_POSTGRESQL=build/postgresql.url"};
    return address;
}

class EmptyDatabase {
public:
    explicit EmptyDatabase(Engine engine)
        : location_{std::filesystem::path{testing::TempDir()} / ("resmon_" + random_hex(name_bytes))} {
        if (engine == Engine::sqlite) return;
        schema_ = "test_" + random_hex(name_bytes);
        tell("CREATE SCHEMA " + schema_);
        location_.url = postgresql_address() + "&options=-csearch_path%3D" + schema_;
    }
    ~EmptyDatabase() {
        if (!schema_.empty()) tell("DROP SCHEMA " + schema_ + " CASCADE");
        std::filesystem::remove_all(location_.folder);
    }
    EmptyDatabase(const EmptyDatabase&) = delete;
    EmptyDatabase& operator=(const EmptyDatabase&) = delete;

    [[nodiscard]] const Location& location() const { return location_; }

private:
    static constexpr std::size_t name_bytes = 8;

    static void tell(const std::string& statement) {
        Connection server{{.folder = {}, .url = postgresql_address()}};
        server.sql() << statement;
    }

    Location location_;
    std::string schema_;
};

/// For TEST_P over both engines: INSTANTIATE_TEST_SUITE_P(On, Thing, storage::both_engines, storage::engine_name);
inline const auto both_engines = testing::Values(Engine::sqlite, Engine::postgresql);
inline std::string engine_name(const testing::TestParamInfo<Engine>& engine) {
    return engine.param == Engine::sqlite ? "SQLite" : "PostgreSQL";
}

}  // namespace resmon::storage
