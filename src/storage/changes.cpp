#include "storage/changes.hpp"

#include "storage/connection.hpp"

#include <utility>

namespace resmon::storage {

namespace {

using namespace std::chrono_literals;

constexpr const char* channel = "resmon";
constexpr std::chrono::milliseconds glance = 200ms;  // also how soon the listener notices that it shall end

}  // namespace

void announce(soci::session& sql, const std::string& topic) {
    if (sql.get_backend_name() != "postgresql") return;
    sql << "SELECT pg_notify('resmon', :topic)", soci::use(topic);
}

Changes::~Changes() { listener_.request_stop(); }

Changes::Watch::Watch(Changes& changes, std::string topic) : changes_{changes}, topic_{std::move(topic)} {
    changes_.add(*this);
}

Changes::Watch::~Watch() { changes_.remove(*this); }

bool Changes::Watch::wait(std::chrono::milliseconds patience, const std::stop_token& stop) {
    std::unique_lock lock{changes_.mutex_};
    changes_.changed_.wait_for(lock, stop, patience, [this] { return has_changed_; });
    return std::exchange(has_changed_, false);
}

void Changes::add(Watch& watch) {
    const std::lock_guard lock{mutex_};
    watches_.insert(&watch);
    if (!listener_.joinable()) listener_ = std::jthread{[this](const std::stop_token& stop) { hear(stop); }};
}

void Changes::remove(Watch& watch) {
    const std::lock_guard lock{mutex_};
    watches_.erase(&watch);
}

void Changes::tell(const std::string& topic) {
    const std::lock_guard lock{mutex_};
    for (Watch* watch : watches_)
        if (watch->topic_ == topic) watch->has_changed_ = true;
    changed_.notify_all();
}

void Changes::tell_all() {
    const std::lock_guard lock{mutex_};
    for (Watch* watch : watches_) watch->has_changed_ = true;
    changed_.notify_all();
}

void Changes::hear(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        try {
            if (location_.engine() == Engine::postgresql)
                hear_notifications(stop);
            else
                hear_commits(stop);
        } catch (const soci::soci_error&) {
            // The server was restarted, or cannot be reached: whoever watches has patience of its own meanwhile.
            std::unique_lock lock{mutex_};
            changed_.wait_for(lock, stop, 1s, [] { return false; });
        }
    }
}

void Changes::hear_notifications(const std::stop_token& stop) {
    Connection connection{location_};
    connection.listen(channel);
    tell_all();  // nobody heard what changed before
    while (!stop.stop_requested())
        for (const std::string& topic : connection.notifications(glance)) tell(topic);
}

void Changes::hear_commits(const std::stop_token& stop) {
    Connection connection{location_};
    long long seen = -1;
    while (!stop.stop_requested()) {
        long long version = 0;
        connection.sql() << "PRAGMA data_version", soci::into(version);
        if (std::exchange(seen, version) != version) tell_all();
        std::unique_lock lock{mutex_};
        changed_.wait_for(lock, stop, glance, [] { return false; });
    }
}

}  // namespace resmon::storage
