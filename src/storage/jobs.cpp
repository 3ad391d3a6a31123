#include "storage/jobs.hpp"

#include "secrets/digest.hpp"
#include "storage/changes.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>
#include <vector>

namespace resmon::storage {

namespace {

/// When the process began, in ticks since the machine did: tells it from a later one of the same number. Empty if there
/// is none that runs.
std::string beginning_of_process(const std::string& process) {
    std::ifstream file{"/proc/" + process + "/stat"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};
    // proc(5): the name, in brackets, may hold anything; the state follows it as field 3, the beginning is field 22.
    const std::size_t name_end = text.rfind(')');
    if (name_end == std::string::npos) return {};
    std::istringstream fields{text.substr(name_end + 1)};
    const std::vector<std::string> after{std::istream_iterator<std::string>{fields}, {}};
    constexpr std::size_t state = 0;
    constexpr std::size_t beginning = 19;
    if (after.size() <= beginning || after[state] == "Z" || after[state] == "X") return {};
    return after[beginning];
}

/// Of a worker of that server: whether its process runs no more. False for workers of other servers.
bool is_of_ended_process(const std::string& worker, const std::string& server) {
    if (!worker.starts_with(server + " ")) return false;
    std::istringstream words{worker.substr(server.size() + 1)};
    const std::vector<std::string> parts{std::istream_iterator<std::string>{words}, {}};
    constexpr std::size_t count = 3;
    return parts.size() == count && beginning_of_process(parts[0]) != parts[1];
}

bool is_one_affected(soci::statement& statement) {
    statement.execute(true);
    return statement.get_affected_rows() == 1;
}

std::vector<Job> select_jobs(soci::session& sql) {
    Job row;
    long long beat = 0;
    long long wished = 0;
    soci::statement query =
        (sql.prepare << "SELECT id, kind, needs, worker, beat, cancel_wished FROM job ORDER BY queued_at, id",
         soci::into(row.id), soci::into(row.kind), soci::into(row.needs), soci::into(row.worker), soci::into(beat),
         soci::into(wished));
    query.execute();
    std::vector<Job> found;
    while (query.fetch()) {
        row.beat = beat;
        row.is_cancel_wished = wished != 0;
        found.push_back(row);
    }
    return found;
}

}  // namespace

void add_job(soci::session& sql, const Job& job) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    const long long queued_at = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
    sql << "INSERT INTO job (id, kind, needs, queued_at, worker, beat, doing, progress, spent_milliseconds, "
           "cancel_wished) VALUES (:id, :kind, :needs, :queued, '', 1, '', 0, 0, 0)",
        soci::use(job.id, "id"), soci::use(job.kind, "kind"), soci::use(job.needs, "needs"),
        soci::use(queued_at, "queued");
    announce(sql, topic_of_queue);
}

Cancellation cancel_job(soci::session& sql, const std::string& id) {
    soci::statement waiting = (sql.prepare << "DELETE FROM job WHERE id = :id AND worker = ''", soci::use(id, "id"));
    if (is_one_affected(waiting)) {
        announce(sql, topic_of_job(id));
        return Cancellation::at_once;
    }
    soci::statement worked_on = (sql.prepare << "UPDATE job SET cancel_wished = 1 WHERE id = :id", soci::use(id, "id"));
    return is_one_affected(worked_on) ? Cancellation::wished : Cancellation::ended;
}

Jobs::Jobs(Database& database, const std::string& server, Ticks ticks)
    : database_{database}, server_{server}, ticks_{std::move(ticks)} {
    constexpr std::size_t serial_bytes = 4;
    const std::string process = std::to_string(getpid());
    worker_ = fmt::format("{} {} {} {}", server, process, beginning_of_process(process), random_hex(serial_bytes));
}

bool Jobs::is_gone(const Job& job) const {
    if (job.worker == worker_ || is_of_ended_process(job.worker, server_)) return true;
    return ticks_() - sightings_.at(job.id).since >= lost_after;
}

std::vector<Job> Jobs::looked_at() {
    std::vector<Job> jobs;
    database_.read([&](soci::session& sql) { jobs = select_jobs(sql); });
    const std::lock_guard lock{mutex_};
    std::map<std::string, Sighting> sightings;
    for (const Job& job : jobs) {
        const auto known = sightings_.find(job.id);
        const bool is_silent =
            known != sightings_.end() && known->second.worker == job.worker && known->second.beat == job.beat;
        sightings[job.id] = is_silent ? known->second : Sighting{job.worker, job.beat, ticks_()};
    }
    sightings_ = std::move(sightings);
    for (Job& job : jobs) job.is_left = !job.worker.empty() && is_gone(job);
    return jobs;
}

void Jobs::look() { (void)looked_at(); }

std::optional<Job> Jobs::claim(const std::function<bool(const Job&)>& wanted) {
    for (Job& job : looked_at()) {
        if ((!job.worker.empty() && !job.is_left) || !wanted(job)) continue;
        bool is_mine = false;
        database_.write([&](soci::session& sql) {
            const auto beat = static_cast<long long>(job.beat);
            // Whoever came between changed the beat.
            soci::statement update =
                (sql.prepare << "UPDATE job SET worker = :mine, beat = beat + 1, doing = '', progress = 0, "
                                "spent_milliseconds = 0 WHERE id = :id AND worker = :seen AND beat = :beat",
                 soci::use(worker_, "mine"), soci::use(job.id, "id"), soci::use(job.worker, "seen"),
                 soci::use(beat, "beat"));
            is_mine = is_one_affected(update);
            if (is_mine) announce(sql, topic_of_job(job.id));
        });
        if (!is_mine) continue;
        job.worker = worker_;
        return job;
    }
    return std::nullopt;
}

Jobs::Standing Jobs::beat(const std::string& id, const JobProgress& progress) {
    Standing standing = Standing::lost;
    const auto per_mille = static_cast<long long>(progress.per_mille);
    const auto spent = static_cast<long long>(progress.spent_milliseconds);
    database_.write([&](soci::session& sql) {
        soci::statement update =
            (sql.prepare << "UPDATE job SET beat = beat + 1, doing = :doing, progress = :progress, "
                            "spent_milliseconds = :spent WHERE id = :id AND worker = :mine",
             soci::use(progress.doing, "doing"), soci::use(per_mille, "progress"), soci::use(spent, "spent"),
             soci::use(id, "id"), soci::use(worker_, "mine"));
        if (!is_one_affected(update)) return;
        long long wished = 0;
        sql << "SELECT cancel_wished FROM job WHERE id = :id", soci::into(wished), soci::use(id, "id");
        standing = wished != 0 ? Standing::cancel_wished : Standing::mine;
        announce(sql, topic_of_job(id));
    });
    return standing;
}

Jobs::Standing Jobs::standing(const std::string& id) {
    Standing standing = Standing::lost;
    database_.read([&](soci::session& sql) {
        long long wished = 0;
        sql << "SELECT cancel_wished FROM job WHERE id = :id AND worker = :mine", soci::into(wished),
            soci::use(id, "id"), soci::use(worker_, "mine");
        if (sql.got_data()) standing = wished != 0 ? Standing::cancel_wished : Standing::mine;
    });
    return standing;
}

bool Jobs::close(soci::session& sql, const std::string& id) const {
    soci::statement closed = (sql.prepare << "DELETE FROM job WHERE id = :id AND worker = :mine", soci::use(id, "id"),
                              soci::use(worker_, "mine"));
    if (!is_one_affected(closed)) return false;
    announce(sql, topic_of_job(id));
    return true;
}

void Jobs::release(const std::string& id) {
    database_.write([&](soci::session& sql) {
        soci::statement released =
            (sql.prepare << "UPDATE job SET worker = '', beat = beat + 1, doing = '', progress = 0, "
                            "spent_milliseconds = 0 WHERE id = :id AND worker = :mine",
             soci::use(id, "id"), soci::use(worker_, "mine"));
        if (!is_one_affected(released)) return;
        announce(sql, topic_of_queue);
        announce(sql, topic_of_job(id));
    });
}

}  // namespace resmon::storage
