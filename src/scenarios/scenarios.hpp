// The desk of own scenarios: written, changed and deleted by those who may start runs, read by those who may read them.
#pragma once

#include "accounts/audit_trail.hpp"
#include "catalogue/catalogue.hpp"
#include "reading/catalogue_reader.hpp"
#include "scenarios/own_scenario.hpp"
#include "scenarios/scenario_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace resmon::scenarios {

/// Of one organisation: a list that people still look through.
inline constexpr int most_scenarios = 100;

struct Sheet {
    OwnScenario kept;
    CheckedText checked;  ///< against the catalogue of today
    bool may_write = false;
};

class Scenarios {
public:
    /// What is named here must outlive the desk.
    Scenarios(storage::Database& database, accounts::AuditTrail& audit, const catalogue::Catalogue& catalogue,
              const catalogue::CatalogueFiles& files)
        : database_{database}, audit_{audit}, catalogue_{catalogue}, files_{files} {}

    /// Keeps nothing.
    [[nodiscard]] CheckedText check(const std::string& text) const;
    /// The text of a scenario of the catalogue, to begin with. Throws NotFound.
    [[nodiscard]] const std::string& source(const ScenarioId& id) const;

    /// Latest change first.
    [[nodiscard]] std::vector<Sheet> list(const Principal& who);
    /// Throws NotFound.
    [[nodiscard]] Sheet read(const Principal& who, const OwnScenarioId& id);
    /// The text that a run is asked with, if the person may read one that has it today.
    [[nodiscard]] std::optional<std::string> text_of(const Principal& who, const ScenarioId& id);

    /// A text with faults is kept too: half a day's work is not lost. Without organisation: the first in which the
    /// person may. Throws InputError for what is no text at all, Conflict if there are too many, Forbidden.
    [[nodiscard]] Sheet create(const Principal& who, const std::optional<OrganisationId>& organisation,
                               const std::string& text);
    /// `seen` is the version on the person's screen. Throws Conflict if somebody changed it meanwhile, NotFound.
    [[nodiscard]] Sheet change(const Principal& who, const OwnScenarioId& id, const std::string& text, int seen);
    /// Runs that were computed with it stay as they are. Throws NotFound.
    void remove(const Principal& who, const OwnScenarioId& id);

private:
    [[nodiscard]] Sheet sheet(const Principal& who, OwnScenario kept) const;
    [[nodiscard]] OwnScenario writable(soci::session& sql, const Principal& who, const OwnScenarioId& id) const;
    void set_text(OwnScenario& scenario, const Principal& who, const std::string& text) const;
    void append(soci::session& sql, const Principal& who, const char* action, const OwnScenario& scenario);

    storage::Database& database_;
    accounts::AuditTrail& audit_;
    const catalogue::Catalogue& catalogue_;
    const catalogue::CatalogueFiles& files_;
};

}  // namespace resmon::scenarios
