// One reader per kind of catalogue file. Faults go to the file's list; references are checked when everything is read.
#pragma once

#include "catalogue/catalogue.hpp"
#include "reading/cursor.hpp"

namespace resmon::catalogue {

[[nodiscard]] Service service_from(const Cursor& root);
[[nodiscard]] Resource resource_from(const Cursor& root);
[[nodiscard]] Scenario scenario_from(const Cursor& root);
[[nodiscard]] Region region_from(const Cursor& root);
[[nodiscard]] Germany germany_from(const Cursor& root);
[[nodiscard]] Incident incident_from(const Cursor& root);
/// Fills model and version.
void read_model(const Cursor& root, Catalogue& catalogue);
[[nodiscard]] PreparednessModel preparedness_from(const Cursor& root);
/// The questions exist and have levels.
void check_preparedness(const Cursor& root, const Catalogue& catalogue);
[[nodiscard]] std::vector<HolidayRule> holidays_from(const Cursor& root);
[[nodiscard]] std::vector<Election> elections_from(const Cursor& root);
[[nodiscard]] std::vector<Frequency> frequencies_from(const Cursor& root);
[[nodiscard]] std::vector<Successor> successors_from(const Cursor& root);
/// `YYYY-MM-DD`; a fault and 1970-01-01 for anything else.
[[nodiscard]] Date date_from(const Cursor& text);
[[nodiscard]] std::vector<CrewRule> crews_from(const Cursor& list, bool of_body);

/// What no file can know alone: references, cycles, keys of the register. Every fault with its place.
[[nodiscard]] std::vector<Fault> broken_references(const Catalogue& catalogue);
/// The same of one scenario that may stand outside the catalogue; `file` is what the faults are told by.
[[nodiscard]] std::vector<Fault> broken_references(const Catalogue& catalogue, const Scenario& scenario,
                                                   const std::string& file);
/// Gives a fault of `broken_references` the line of what it is about; returns the column, from 1 in bytes.
int locate(const Tree& root, Place& place, const std::string& expectation);

}  // namespace resmon::catalogue
