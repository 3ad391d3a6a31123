#include "accounts/audit_text.hpp"

#include "accounts/accounts_json.hpp"
#include "base/word.hpp"
#include "report/csv.hpp"

namespace resmon::accounts {

namespace {

constexpr std::array<std::string_view, 2> formats{"csv", "jsonl"};

std::string csv_of(const std::vector<AuditEntry>& entries) {
    report::Csv csv{Language::german};
    csv.add_row({"server", "number", "at", "person", "action", "organisation", "object", "detail", "address", "salt",
                 "digest", "chain"});
    for (const AuditEntry& entry : entries) {
        const AuditContent& content = entry.content;
        std::vector<std::string> cells;
        for (const std::string& field : {entry.server, std::to_string(entry.number), entry.at, content.person,
                                         content.action, content.organisation, content.object, content.detail,
                                         content.address, content.salt, entry.digest, entry.chain})
            cells.push_back(report::csv_text(field));
        csv.add_row(cells);
    }
    return csv.text();
}

}  // namespace

AuditFormat audit_format_from(std::string_view word) { return value_of<AuditFormat>(formats, word); }

std::string audit_text(const std::vector<AuditEntry>& entries, AuditFormat format) {
    if (format == AuditFormat::csv) return csv_of(entries);
    std::string lines;
    for (const AuditEntry& entry : entries) lines += whole_entry_to_json(entry).dump() + "\n";
    return lines;
}

}  // namespace resmon::accounts
