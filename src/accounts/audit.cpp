#include "accounts/audit.hpp"

#include "base/error.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <initializer_list>
#include <sstream>
#include <string_view>

namespace resmon::accounts {

namespace {

/// Each field with its length before it, so that nothing can be moved from one field to the next.
std::string digest_of_fields(std::initializer_list<std::string_view> fields) {
    std::string measured;
    for (const std::string_view field : fields) measured += fmt::format("{}:{}", field.size(), field);
    return digest_of(measured);
}

std::string digest_of_content(const AuditContent& content) {
    return digest_of_fields({content.salt, content.person, content.action, content.organisation, content.object,
                             content.detail, content.address});
}

std::string chained(const std::string& before, const AuditEntry& entry) {
    return digest_of_fields({before, entry.server, std::to_string(entry.number), entry.at, entry.digest});
}

}  // namespace

AuditEntry next_entry(const AuditHead& head, const std::string& server, const std::string& at, AuditContent content) {
    constexpr std::size_t salt_bytes = 16;
    content.salt = random_name(salt_bytes);
    AuditEntry entry{.server = server, .number = head.number + 1, .at = at};
    entry.digest = digest_of_content(content);
    entry.content = std::move(content);
    entry.chain = chained(head.chain, entry);
    return entry;
}

std::optional<Wording> ChainCheck::next(const AuditEntry& entry) {
    const auto fault = [&entry](const char* key, std::int64_t number) {
        return worded(key, {{"entry", fmt::format("{} {}", entry.server, number)}});
    };
    if (entry.number != head_.number + 1) return fault("audit.missing", head_.number + 1);
    if (!entry.is_erased() && digest_of_content(entry.content) != entry.digest)
        return fault("audit.changed", entry.number);
    if (chained(head_.chain, entry) != entry.chain) return fault("audit.does-not-follow", entry.number);
    head_ = {entry.number, entry.chain};
    return {};
}

std::string anchor_text(const std::map<std::string, AuditHead>& heads) {
    std::string line;
    for (const auto& [server, head] : heads)
        line += fmt::format("{}{} {} {}", line.empty() ? "" : "; ", server, head.number, head.chain);
    return line;
}

std::map<std::string, AuditHead> anchor_from(const std::string& line) {
    std::map<std::string, AuditHead> heads;
    std::istringstream parts{line};
    for (std::string part; std::getline(parts, part, ';');) {
        std::istringstream words{part};
        std::string server;
        AuditHead head;
        std::string rest;
        if (!(words >> server >> head.number >> head.chain) || words >> rest)
            throw InputError{worded("fault.audit.anchor", {{"found", part}})};
        heads[server] = head;
    }
    if (heads.empty()) throw InputError{worded("fault.audit.anchor-empty")};
    return heads;
}

}  // namespace resmon::accounts
