// SQL of runs. No rules.
#pragma once

#include "forecast/run.hpp"
#include "storage/database.hpp"

#include <map>
#include <string>
#include <vector>

namespace resmon::forecast {

/// Parts of a result by name: `summary`, `body/059620032000`, `map/passport`.
using ResultParts = std::map<std::string, std::string>;

class ForecastStore {
public:
    explicit ForecastStore(storage::Database& database) : database_{database} {}

    /// Keeps the catalogue's files once per hash, then the run.
    void add(const Run& run, const std::map<std::string, std::string>& catalogue_files);
    /// The run with its result, in one transaction.
    void add_finished(const Run& run, const std::map<std::string, std::string>& catalogue_files,
                      const ResultParts& parts);
    void set_state(const RunId& id, RunState state, const std::string& ended_at, const std::string& failure);
    void finish(const RunId& id, const std::string& ended_at, const ResultParts& parts);
    void remove(const RunId& id);

    [[nodiscard]] std::vector<Run> runs();  ///< newest first
    [[nodiscard]] std::optional<Run> find(const RunId& id);
    [[nodiscard]] std::optional<Run> find_by_key(const std::string& idempotency_key);
    [[nodiscard]] std::optional<std::string> find_part(const RunId& id, const std::string& part);
    [[nodiscard]] std::map<std::string, std::string> catalogue_files(const std::string& hash);

private:
    storage::Database& database_;
};

}  // namespace resmon::forecast
