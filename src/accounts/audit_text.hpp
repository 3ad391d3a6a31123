// The audit trail as a file for people (CSV) and programs (JSON lines).
#pragma once

#include "accounts/audit.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace resmon::accounts {

enum class AuditFormat { csv, jsonl };

/// Throws InputError that lists the words.
[[nodiscard]] AuditFormat audit_format_from(std::string_view word);

/// With salt, digest and chain, so that the file can be verified without this program (docs/decisions, audit trail).
[[nodiscard]] std::string audit_text(const std::vector<AuditEntry>& entries, AuditFormat format);

}  // namespace resmon::accounts
