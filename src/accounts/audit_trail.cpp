#include "accounts/audit_trail.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <utility>

namespace resmon::accounts {

namespace {

/// Checks the chains one after the other, as they come: ordered by server and number.
class Verification {
public:
    explicit Verification(std::map<std::string, AuditHead> anchored) : anchored_{std::move(anchored)} {}

    void take(const AuditEntry& entry) {
        ++verdict_.entries;
        if (verdict_.broken) return;
        verdict_.broken = chains_[entry.server].next(entry);
        const auto anchor = anchored_.find(entry.server);
        if (!verdict_.broken && anchor != anchored_.end() && anchor->second.number == entry.number &&
            anchor->second.chain != entry.chain)
            verdict_.broken =
                worded("audit.not-anchored", {{"entry", fmt::format("{} {}", entry.server, entry.number)}});
    }

    [[nodiscard]] Verdict verdict(const std::map<std::string, AuditHead>& heads) {
        std::map<std::string, AuditHead> reached;
        for (const auto& [server, chain] : chains_) reached[server] = chain.head();
        for (const auto& [server, wanted] : heads) look_for(server, wanted, reached);
        for (const auto& [server, wanted] : anchored_) look_for(server, wanted, reached);
        verdict_.anchor = anchor_text(reached);
        return verdict_;
    }

private:
    void look_for(const std::string& server, const AuditHead& wanted, const std::map<std::string, AuditHead>& reached) {
        const auto found = reached.find(server);
        const std::int64_t number = found == reached.end() ? 0 : found->second.number;
        if (!verdict_.broken && number < wanted.number)
            verdict_.broken = worded("audit.cut-off", {{"entry", fmt::format("{} {}", server, number + 1)},
                                                       {"reached", std::to_string(wanted.number)}});
    }

    std::map<std::string, AuditHead> anchored_;
    std::map<std::string, ChainCheck> chains_;
    Verdict verdict_;
};

/// A link is named where else a person would be: no person's id has a colon.
std::string doer(const Principal& who) {
    return who.kind == Principal::Kind::link ? "link:" + who.link : who.person.value;
}

/// Who may see an organisation's trail also sees when its people signed in, but not what they did for others.
Filter visible_to(const Principal& who) {
    const Reach within = reach(who, Action::read_audit);
    Filter filter = filter_of(within, "organisation", Shareable::profile);
    const Filter people = filter_of(within, "membership.organisation", Shareable::profile);
    filter.condition =
        fmt::format("({} OR (organisation = '' AND person IN (SELECT membership.person FROM membership WHERE {})))",
                    filter.condition, people.condition);
    return filter;
}

}  // namespace

void AuditTrail::append(soci::session& sql, const Principal& who, const Deed& deed) {
    insert_audit(sql, next_entry(locked_head(sql, server_), server_, utc_text(clock_()),
                                 {.person = doer(who),
                                  .action = deed.action,
                                  .organisation = deed.organisation,
                                  .object = deed.object,
                                  .detail = deed.detail,
                                  .address = who.address}));
}

void AuditTrail::note(const Principal& who, const Deed& deed) {
    database_.write([&](soci::session& sql) { append(sql, who, deed); });
}

std::vector<AuditEntry> AuditTrail::entries(const Principal& who, const AuditQuery& query) {
    const Filter filter = visible_to(who);
    std::vector<AuditEntry> found;
    database_.read([&](soci::session& sql) { found = select_audit(sql, filter, query); });
    return found;
}

std::vector<AuditEntry> AuditTrail::whole(const Principal& who) {
    std::vector<AuditEntry> found = entries(who, {.limit = std::numeric_limits<int>::max()});
    std::ranges::sort(found, {}, [](const AuditEntry& entry) { return std::pair{entry.server, entry.number}; });
    return found;
}

std::string AuditTrail::anchor() {
    std::map<std::string, AuditHead> heads;
    database_.read([&](soci::session& sql) { heads = audit_heads(sql); });
    return anchor_text(heads);
}

Verdict AuditTrail::verify(const std::string& anchor) {
    Verdict verdict;
    const auto anchored = anchor.empty() ? std::map<std::string, AuditHead>{} : anchor_from(anchor);
    database_.read([&](soci::session& sql) {
        Verification verification{anchored};
        for_each_audit(sql, [&](const AuditEntry& entry) { verification.take(entry); });
        verdict = verification.verdict(audit_heads(sql));
    });
    return verdict;
}

}  // namespace resmon::accounts
