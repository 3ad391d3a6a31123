// From the tree of a model file, whose shape has been checked, to a case: first every name, then what it means.
#pragma once

#include "model_file/figures.hpp"
#include "model_file/names.hpp"
#include "outage/case.hpp"

#include <array>
#include <string>
#include <vector>

namespace resmon::model_file {

class CaseReader {
public:
    explicit CaseReader(const Cursor& root) : root_{root} {}

    /// Notes faults; with any the case is of no use.
    [[nodiscard]] outage::Case read();
    /// Where the thing of that id stands, tasks and gates first; nothing if there is none.
    [[nodiscard]] std::optional<Place> place_of(const std::string& id) const;

private:
    void read_names();
    void add_names(const char* section, Names& names, const char* key);
    void read_settings();
    void read_calendars();
    void read_pools();
    void read_slots(const Cursor& from, outage::Pool& pool);
    void read_activities();
    [[nodiscard]] outage::Activity activity(const Cursor& from);
    void read_task(const Cursor& from, double place, outage::Activity& task);
    void read_gate(const Cursor& from, outage::Activity& gate);
    void read_resources();
    void read_bodies();
    void read_services();
    void read_provisions();
    void read_modes(const Cursor& from, outage::Provision& provision);
    [[nodiscard]] outage::Mode mode(const Cursor& from, outage::ModeKind kind, const outage::Provision& provision);
    [[nodiscard]] outage::Requirement requirement(const Cursor& needs);
    void check_reachable(const Cursor& from, const outage::Mode& mode);
    void read_questions();
    [[nodiscard]] Index owner(const Cursor& from);
    /// The items of a section, each told by its id; none if the section is missing.
    [[nodiscard]] std::vector<Cursor> section(const char* name, const char* key) const;

    const Cursor root_;
    outage::Case case_;
    Figures figures_{case_};
    Names calendars_{"calendar"}, pools_{"pool"}, backups_{"backup"}, activities_{"task_or_gate"},
        resources_{"resource"}, bodies_{"body"}, services_{"service"}, provisions_{"provision"}, questions_{"question"};
    std::unordered_map<std::string, Index> owners_;
};

}  // namespace resmon::model_file
