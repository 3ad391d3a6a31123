#include "accounts/audit_store.hpp"

#include <fmt/format.h>

namespace resmon::accounts {

namespace {

constexpr const char* columns =
    "server, number, at, person, action, organisation, object, detail, address, salt, digest, chain";

/// Rows of audit_entry in the order of `columns`, bound once for a query.
class EntryRows {
public:
    void bind(soci::statement& query) {
        query.exchange(soci::into(entry_.server));
        query.exchange(soci::into(number_));
        query.exchange(soci::into(entry_.at));
        for (std::string* field :
             {&entry_.content.person, &entry_.content.action, &entry_.content.organisation, &entry_.content.object,
              &entry_.content.detail, &entry_.content.address, &entry_.content.salt, &entry_.digest, &entry_.chain})
            query.exchange(soci::into(*field));
    }

    [[nodiscard]] const AuditEntry& entry() {
        entry_.number = number_;
        return entry_;
    }

private:
    AuditEntry entry_;
    long long number_ = 0;
};

}  // namespace

AuditHead locked_head(soci::session& sql, const std::string& server) {
    long long next = 0;
    AuditHead head;
    // The update locks the row; SQLite's transaction holds the lock of the whole database anyway.
    const auto is_there = [&] {
        sql << "UPDATE audit_head SET number = number + 1 WHERE server = :server RETURNING number, chain",
            soci::into(next), soci::into(head.chain), soci::use(server, "server");
        return sql.got_data();
    };
    if (!is_there()) {
        sql << "INSERT INTO audit_head (server, number, chain) VALUES (:server, 0, '') ON CONFLICT DO NOTHING",
            soci::use(server, "server");
        (void)is_there();
    }
    head.number = next - 1;
    return head;
}

void insert_audit(soci::session& sql, const AuditEntry& entry) {
    const auto number = static_cast<long long>(entry.number);
    const AuditContent& content = entry.content;
    sql << "INSERT INTO audit_entry (server, number, at, person, action, organisation, object, detail, address, salt, "
           "digest, chain) VALUES (:server, :number, :at, :person, :action, :organisation, :object, :detail, :address, "
           ":salt, :digest, :chain)",
        soci::use(entry.server, "server"), soci::use(number, "number"), soci::use(entry.at, "at"),
        soci::use(content.person, "person"), soci::use(content.action, "action"),
        soci::use(content.organisation, "organisation"), soci::use(content.object, "object"),
        soci::use(content.detail, "detail"), soci::use(content.address, "address"), soci::use(content.salt, "salt"),
        soci::use(entry.digest, "digest"), soci::use(entry.chain, "chain");
    sql << "UPDATE audit_head SET chain = :chain WHERE server = :server", soci::use(entry.chain, "chain"),
        soci::use(entry.server, "server");
}

std::map<std::string, AuditHead> audit_heads(soci::session& sql) {
    std::map<std::string, AuditHead> heads;
    std::string server;
    std::string chain;
    long long number = 0;
    soci::statement query = (sql.prepare << "SELECT server, number, chain FROM audit_head", soci::into(server),
                             soci::into(number), soci::into(chain));
    query.execute();
    while (query.fetch()) heads[server] = {number, chain};
    return heads;
}

void for_each_audit(soci::session& sql, const std::function<void(const AuditEntry&)>& take) {
    soci::statement query{sql};
    EntryRows rows;
    rows.bind(query);
    query.alloc();
    query.prepare(fmt::format("SELECT {} FROM audit_entry ORDER BY server, number", columns));
    query.define_and_bind();
    query.execute();
    while (query.fetch()) take(rows.entry());
}

std::vector<AuditEntry> select_audit(soci::session& sql, const Filter& filter, const AuditQuery& query) {
    std::string condition = filter.condition;
    std::vector<std::pair<std::string, const std::string*>> values;
    for (std::size_t place = 0; place < filter.values.size(); ++place)
        values.emplace_back(fmt::format("reach{}", place), &filter.values[place]);
    const auto add = [&](const char* name, const std::string& value, const std::string& comparison) {
        if (value.empty()) return;
        condition += " AND " + comparison;
        values.emplace_back(name, &value);
    };
    add("person", query.person, "person = :person");
    add("action", query.action, "action = :action");
    add("from", query.from, "at >= :from");
    add("until", query.until, "at < :until");
    const auto number = static_cast<long long>(query.before ? query.before->number : 0);
    if (query.before) {
        add("at", query.before->at, "(at, server, number) < (:at, :server, :number)");
        values.emplace_back("server", &query.before->server);
    }

    soci::statement statement{sql};
    EntryRows rows;
    rows.bind(statement);
    for (const auto& [name, value] : values) statement.exchange(soci::use(*value, name));
    if (query.before) statement.exchange(soci::use(number, "number"));
    statement.alloc();
    statement.prepare(
        fmt::format("SELECT {} FROM audit_entry WHERE {} ORDER BY at DESC, server DESC, number DESC LIMIT {}", columns,
                    condition, query.limit));
    statement.define_and_bind();
    statement.execute();
    std::vector<AuditEntry> found;
    while (statement.fetch()) found.push_back(rows.entry());
    return found;
}

void erase_audit_content(soci::session& sql, const std::string& person) {
    sql << "UPDATE audit_entry SET person = '', object = '', detail = '', address = '', salt = '' WHERE person = "
           ":person OR object = :object",
        soci::use(person, "person"), soci::use(person, "object");
}

}  // namespace resmon::accounts
