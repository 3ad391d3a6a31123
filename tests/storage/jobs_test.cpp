// Jobs shared by several workers, on both engines: each is done once, whoever dies.
#include "storage/jobs.hpp"

#include "support/database.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

namespace resmon::storage {
namespace {

using namespace std::chrono_literals;

bool any(const Job&) { return true; }

class JobsOn : public testing::TestWithParam<Engine> {
protected:
    Jobs worker_of(const std::string& server) {
        return Jobs{database_, server, [this] { return now_; }};
    }
    void add(const std::string& id, const std::string& needs = "") {
        database_.write([&](soci::session& sql) { add_job(sql, {.id = id, .kind = "test", .needs = needs}); });
    }
    bool close(const Jobs& jobs, const std::string& id) {
        bool is_closed = false;
        database_.write([&](soci::session& sql) { is_closed = jobs.close(sql, id); });
        return is_closed;
    }
    Cancellation cancel(const std::string& id) {
        Cancellation done{};
        database_.write([&](soci::session& sql) { done = cancel_job(sql, id); });
        return done;
    }
    /// As a killed process of that server leaves it.
    void leave_to_an_ended_process(const std::string& id, const std::string& server) {
        const pid_t child = fork();
        if (child == 0) _exit(0);
        waitpid(child, nullptr, 0);
        const std::string worker = fmt::format("{} {} 12345 ab", server, child);
        database_.write([&](soci::session& sql) {
            sql << "UPDATE job SET worker = :worker WHERE id = :id", soci::use(worker, "worker"), soci::use(id, "id");
        });
    }

    EmptyDatabase empty_{GetParam()};
    Database database_{empty_.location()};
    Jobs::Time now_{};
};

TEST_P(JobsOn, AreClaimedOldestFirstAndOnlyOnce) {
    Jobs one = worker_of("one");
    Jobs other = worker_of("other");
    add("b");
    add("a");
    EXPECT_EQ(one.claim(any)->id, "b");
    EXPECT_EQ(other.claim(any)->id, "a");
    EXPECT_FALSE(worker_of("third").claim(any));
    EXPECT_FALSE(close(other, "b")) << "only its worker may close it";
    EXPECT_TRUE(close(one, "b"));
    EXPECT_FALSE(close(one, "b")) << "nothing ends twice";
}

TEST_P(JobsOn, AreLeftToThoseWhoHaveWhatTheyNeed) {
    Jobs worker = worker_of("one");
    add("older", "model 1");
    add("newer", "model 2");
    EXPECT_EQ(worker.claim([](const Job& job) { return job.needs == "model 2"; })->id, "newer");
}

TEST_P(JobsOn, AreSharedByRacingWorkersSoThatEachIsDoneOnce) {
    constexpr int jobs = 40;
    constexpr int workers = 4;
    for (int job = 0; job < jobs; ++job) add(fmt::format("{:02}", job));
    std::atomic<int> closed = 0;
    std::vector<std::jthread> threads;
    for (int worker = 0; worker < workers; ++worker)
        threads.emplace_back([&, worker] {
            Database connection{empty_.location()};
            Jobs mine{connection, fmt::format("server{}", worker)};
            while (const std::optional<Job> job = mine.claim(any))
                connection.write([&](soci::session& sql) { closed += mine.close(sql, job->id) ? 1 : 0; });
        });
    threads.clear();
    EXPECT_EQ(closed, jobs);
}

TEST_P(JobsOn, OfAnotherServerAreTakenOverAfterFifteenSecondsOfSilence) {
    Jobs dying = worker_of("dying");
    Jobs heir = worker_of("heir");
    add("job");
    ASSERT_TRUE(dying.claim(any));
    heir.look();
    now_ += 14s;
    EXPECT_FALSE(heir.claim(any));
    EXPECT_EQ(dying.beat("job", {}), Jobs::Standing::mine);
    now_ += 2s;
    EXPECT_FALSE(heir.claim(any)) << "it gave a sign of life";
    now_ += 15s;
    ASSERT_TRUE(heir.claim(any));
    EXPECT_EQ(dying.beat("job", {}), Jobs::Standing::lost);
    EXPECT_FALSE(close(dying, "job")) << "what it computed meanwhile counts for nothing";
    EXPECT_TRUE(close(heir, "job"));
}

TEST_P(JobsOn, OfAnEndedProcessOfTheSameServerAreTakenOverAtOnce) {
    Jobs restarted = worker_of("server one");
    Jobs elsewhere = worker_of("server");
    add("job");
    leave_to_an_ended_process("job", "server one");
    EXPECT_FALSE(elsewhere.claim(any)) << "another server cannot know";
    const std::optional<Job> job = restarted.claim(any);
    ASSERT_TRUE(job);
    EXPECT_TRUE(job->is_left);
}

TEST_P(JobsOn, OfALivingProcessOfTheSameServerStayWithIt) {
    Jobs one = worker_of("server");
    Jobs other = worker_of("server");
    add("job");
    ASSERT_TRUE(one.claim(any));
    EXPECT_FALSE(other.claim(any));
}

TEST_P(JobsOn, AreReleasedForOthers) {
    Jobs one = worker_of("one");
    Jobs other = worker_of("other");
    add("job");
    ASSERT_TRUE(one.claim(any));
    one.release("job");
    EXPECT_EQ(one.standing("job"), Jobs::Standing::lost);
    EXPECT_TRUE(other.claim(any));
}

TEST_P(JobsOn, AreCancelledFromAnywhere) {
    Jobs worker = worker_of("one");
    add("waiting");
    EXPECT_EQ(cancel("waiting"), Cancellation::at_once);
    EXPECT_EQ(cancel("waiting"), Cancellation::ended);
    add("running");
    ASSERT_TRUE(worker.claim(any));
    EXPECT_EQ(cancel("running"), Cancellation::wished);
    EXPECT_EQ(worker.standing("running"), Jobs::Standing::cancel_wished);
    EXPECT_EQ(worker.beat("running", {}), Jobs::Standing::cancel_wished);
}

INSTANTIATE_TEST_SUITE_P(On, JobsOn, both_engines, engine_name);

}  // namespace
}  // namespace resmon::storage
