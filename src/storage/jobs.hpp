// Long work that several servers share: one of them works on a job, another takes it over if that one is gone.
#pragma once

#include "storage/database.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace resmon::storage {

/// How far a job is, told by its worker.
struct JobProgress {
    std::string doing;
    std::int64_t per_mille = 0;
    std::int64_t spent_milliseconds = 0;  ///< since its worker began
};

struct Job {
    std::string id;
    std::string kind;
    std::string needs;      ///< what its worker must have, such as the version of a model
    std::string worker;     ///< empty while nobody works on it
    std::int64_t beat = 0;  ///< grows with each sign of life
    bool is_left = false;   ///< its worker is gone
    bool is_cancel_wished = false;
};

/// What those who wait for a job watch (changes.hpp), and what those who look for work watch.
[[nodiscard]] inline std::string topic_of_job(const std::string& id) { return "job/" + id; }
inline constexpr const char* topic_of_queue = "jobs";

/// In the transaction of what the job is for.
void add_job(soci::session& sql, const Job& job);

/// `at_once`: nobody worked on it, it is gone. `wished`: its worker is told. `ended`: there is no such job any more.
enum class Cancellation { at_once, wished, ended };
[[nodiscard]] Cancellation cancel_job(soci::session& sql, const std::string& id);

/// One worker's view of the jobs.
class Jobs {
public:
    using Time = std::chrono::steady_clock::time_point;
    using Ticks = std::function<Time()>;

    /// A worker that says nothing for so long is gone. Measured by the clock of the one who looks: no two agree.
    static constexpr std::chrono::seconds lost_after{15};
    static constexpr std::chrono::seconds beats_every{2};

    /// `server` is the name of this machine's installation; workers of the same name lie on the same machine.
    Jobs(Database& database, const std::string& server, Ticks ticks = std::chrono::steady_clock::now);

    /// Takes the oldest job that is wanted and on which nobody works. Of two who try, one gets it. A worker has one job
    /// at a time: whoever asks while a job still bears its name gets that one again.
    [[nodiscard]] std::optional<Job> claim(const std::function<bool(const Job&)>& wanted);

    /// Remembers who gave a sign of life: whoever is busy looks now and then, so as to know at once later.
    void look();

    enum class Standing { mine, cancel_wished, lost };
    /// A sign of life. `lost`: another took it over, whatever is computed now counts for nothing.
    [[nodiscard]] Standing beat(const std::string& id, const JobProgress& progress);
    [[nodiscard]] Standing standing(const std::string& id);

    /// In the transaction of the result: the job is gone. False if it is not this worker's: then nothing may be kept.
    [[nodiscard]] bool close(soci::session& sql, const std::string& id) const;

    /// Back into the queue.
    void release(const std::string& id);

private:
    struct Sighting {
        std::string worker;
        std::int64_t beat = 0;
        Time since;
    };

    [[nodiscard]] std::vector<Job> looked_at();
    [[nodiscard]] bool is_gone(const Job& job) const;

    Database& database_;
    std::string server_;
    std::string worker_;
    Ticks ticks_;
    std::mutex mutex_;  ///< guards the next
    std::map<std::string, Sighting> sightings_;
};

}  // namespace resmon::storage
