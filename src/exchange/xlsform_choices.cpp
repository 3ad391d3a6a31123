#include "exchange/xlsform_choices.hpp"

#include "exchange/taken_over.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace resmon::exchange {

namespace {

constexpr const char* excludes_column = "resmon_excludes_others";

}  // namespace

XlsFormChoices::XlsFormChoices(const spreadsheet::Workbook& workbook, std::optional<Language> plain)
    : sheet_{workbook.find("choices"), "choices", plain} {
    // Some forms call the name of a choice its value.
    const char* name_column = sheet_.has("name") ? "name" : "value";
    faults_ = sheet_.broken_cells();
    std::map<std::string, DistinctIds> ids;
    std::set<std::pair<std::string, std::string>> met;
    for (std::size_t row = 1; row < sheet_.row_count(); ++row) {
        if (sheet_.is_blank(row)) continue;
        const std::string list_name = sheet_.cell(row, "list_name");
        const std::string name = sheet_.cell(row, name_column);
        for (const auto& [column, value] : {std::pair{"list_name", &list_name}, {name_column, &name}})
            if (value->empty()) faults_.push_back({sheet_.place(row, column), worded("fault.missing")});
        std::vector<NamedChoice>& list = lists_[list_name];
        if (!name.empty() && !met.emplace(list_name, name).second)
            faults_.push_back({sheet_.place(row, name_column), worded("fault.exchange.twice", {{"name", name}})});
        Text text = filled(sheet_.text(row, "label"));
        if (text.de.empty()) text = {name, name};
        const std::string excludes = sheet_.cell(row, excludes_column);
        if (!excludes.empty() && excludes != "yes" && excludes != "no")
            faults_.push_back({sheet_.place(row, excludes_column), worded("fault.yes-no", {{"found", excludes}})});
        list.push_back({name, ids[list_name].next(id_from(name, "choice")), std::move(text), excludes == "yes"});
    }
}

const std::vector<NamedChoice>* XlsFormChoices::find(const std::string& list) const {
    const auto found = lists_.find(list);
    return found == lists_.end() ? nullptr : &found->second;
}

void XlsFormChoices::add_faults(std::vector<Fault>& faults) const {
    faults.insert(faults.end(), faults_.begin(), faults_.end());
}

void XlsFormChoices::add_left_out(std::vector<Fault>& left_out) const {
    const std::vector<bool> all(sheet_.row_count(), true);
    std::ranges::move(sheet_.other_columns({"list_name", "name", "value", excludes_column}, all),
                      std::back_inserter(left_out));
}

}  // namespace resmon::exchange
