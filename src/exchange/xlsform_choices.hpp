// The sheet `choices` of an XLSForm: its lists.
#pragma once

#include "exchange/xlsform_sheet.hpp"

namespace resmon::exchange {

struct NamedChoice {
    std::string name;  ///< in the form
    std::string id;    ///< here, different from those of the other choices of the list
    Text text;
    bool excludes_others = false;
};

class XlsFormChoices {
public:
    XlsFormChoices(const spreadsheet::Workbook& workbook, std::optional<Language> plain);

    /// Null if there is none.
    [[nodiscard]] const std::vector<NamedChoice>* find(const std::string& list) const;

    void add_faults(std::vector<Fault>& faults) const;
    void add_left_out(std::vector<Fault>& left_out) const;

private:
    XlsFormSheet sheet_;
    std::map<std::string, std::vector<NamedChoice>> lists_;
    std::vector<Fault> faults_;
};

}  // namespace resmon::exchange
