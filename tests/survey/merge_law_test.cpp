// Several people answer, some of them without a network for a while: whatever the order in which their answers arrive,
// and however often, nothing that was submitted is lost. Against the desk itself, on both engines.
#include "accounts/audit_trail.hpp"
#include "support/database.hpp"
#include "support/shipped.hpp"
#include "survey/survey.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <random>
#include <set>
#include <sstream>

namespace resmon::survey {
namespace {

const Principal local{.kind = Principal::Kind::local};
constexpr std::array<const char*, 3> questions{"A4", "A5", "B1"};

using Numbers = std::vector<std::int64_t>;
using EntryIds = std::set<std::string>;

/// An answer on somebody's device.
struct Written {
    std::string id;
    std::string question;
    int level = 0;
    EntryIds knew;  ///< what stood on the screen when it was written, also of one's own that had not arrived yet
};

/// One response at the desk.
class Response {
public:
    explicit Response(Survey& survey)
        : survey_{survey},
          id_{survey.begin(local, {.questionnaire = {"resilienzmonitor"}, .body = "059580032000"}).response.id} {}
    Response(const Response&) = delete;
    Response& operator=(const Response&) = delete;
    ~Response() { survey_.remove(local, id_); }

    /// The numbers of what the author knew are those of this response: all of it has arrived.
    std::int64_t deliver(const Written& written) {
        SaveWish wish{.question = {written.question},
                      .id = written.id,
                      .answer = {.state = AnswerState::answered, .value = static_cast<double>(written.level)}};
        for (const std::string& known : written.knew) wish.seen.push_back(numbers_.at(known));
        const Saved saved = survey_.save(local, id_, wish);
        RC_ASSERT(saved.entry.id == written.id);
        const auto [place, is_new] = numbers_.emplace(written.id, saved.entry.number);
        RC_ASSERT(is_new || place->second == saved.entry.number);
        return saved.entry.number;
    }

    [[nodiscard]] Entries entries() { return survey_.opened(local, id_).entries; }

    /// What a page shows of a question and what its next answer supersedes.
    [[nodiscard]] EntryIds holding_ids(const std::string& question) {
        EntryIds ids;
        for (const Entry& entry : unsuperseded(entries()[{question}])) ids.insert(entry.id);
        return ids;
    }

private:
    Survey& survey_;
    ResponseId id_;
    std::map<std::string, std::int64_t> numbers_;
};

/// Somebody at a device, which keeps in its order what it could not send.
class Person {
public:
    Person(Response& response, int name) : response_{response}, name_{name} {}

    void answer(const std::string& question, int level) {
        Written written{.id = fmt::format("person-{}-{}", name_, ++count_), .question = question, .level = level};
        written.knew = screen_[question];
        screen_[question] = {written.id};
        waiting_.push_back(written);
        if (is_online_) send();
    }
    void go_offline() { is_online_ = false; }
    void come_back(bool receipts_are_lost) {
        is_online_ = true;
        // Everything arrives, but the device does not hear of it and sends all again.
        if (receipts_are_lost)
            for (const Written& written : waiting_) (void)response_.deliver(written);
        send();
        look();
    }
    void look() {
        if (!is_online_) return;
        for (const char* question : questions) screen_[question] = response_.holding_ids(question);
    }
    void send_again_all() {
        for (const Written& written : arrived_) (void)response_.deliver(written);
    }
    [[nodiscard]] const std::vector<Written>& arrived() const { return arrived_; }

private:
    void send() {
        for (const Written& written : waiting_) {
            (void)response_.deliver(written);
            arrived_.push_back(written);
        }
        waiting_.clear();
    }

    Response& response_;
    int name_;
    int count_ = 0;
    bool is_online_ = true;
    std::map<std::string, EntryIds> screen_;
    std::vector<Written> waiting_;
    std::vector<Written> arrived_;
};

enum class Deed { answer, look, go_offline, come_back, come_back_without_receipts, send_again };

struct Step {
    int person;
    Deed deed;
    int question;
    int level;
};

std::vector<Step> any_steps(int people) {
    using rc::gen::inRange;
    const auto deed = rc::gen::weightedElement<Deed>({{8, Deed::answer},
                                                      {2, Deed::look},
                                                      {2, Deed::go_offline},
                                                      {2, Deed::come_back},
                                                      {1, Deed::come_back_without_receipts},
                                                      {1, Deed::send_again}});
    return *rc::gen::container<std::vector<Step>>(rc::gen::construct<Step>(
        inRange(0, people), deed, inRange(0, static_cast<int>(questions.size())), inRange(0, 5)));
}

void act(Person& person, const Step& step) {
    switch (step.deed) {
        case Deed::answer: return person.answer(questions.at(static_cast<std::size_t>(step.question)), step.level);
        case Deed::look: return person.look();
        case Deed::go_offline: return person.go_offline();
        case Deed::come_back: return person.come_back(false);
        case Deed::come_back_without_receipts: return person.come_back(true);
        case Deed::send_again: return person.send_again_all();
    }
}

/// What people do in turn; in the end everybody is back, and what they wrote is told.
std::vector<Written> lived(Response& response) {
    const int count = *rc::gen::inRange(2, 6);
    std::vector<Person> people;
    for (int name = 0; name < count; ++name) people.emplace_back(response, name);
    for (const Step& step : any_steps(count)) act(people.at(static_cast<std::size_t>(step.person)), step);
    std::vector<Written> all;
    for (Person& person : people) {
        person.come_back(false);
        person.send_again_all();
        all.insert(all.end(), person.arrived().begin(), person.arrived().end());
    }
    return all;
}

/// Another order in which they may arrive: nobody has seen what had not arrived yet.
std::vector<Written> in_another_order(std::vector<Written> rest) {
    std::mt19937 random{*rc::gen::arbitrary<std::uint32_t>()};
    std::vector<Written> order;
    EntryIds arrived;
    while (!rest.empty()) {
        std::vector<std::size_t> possible;
        for (std::size_t place = 0; place < rest.size(); ++place)
            if (std::ranges::includes(arrived, rest[place].knew)) possible.push_back(place);
        const auto next = rest.begin() + static_cast<std::ptrdiff_t>(possible.at(random() % possible.size()));
        arrived.insert(next->id);
        order.push_back(std::move(*next));
        rest.erase(next);
    }
    return order;
}

class MergeOn : public testing::TestWithParam<storage::Engine> {
protected:
    /// As many cases as an engine does in half a minute.
    static void holds(const std::function<void()>& law) {
        rc::detail::TestParams params = rc::detail::configuration().testParams;
        params.maxSuccess = GetParam() == storage::Engine::sqlite ? 60 : 15;
        params.maxSize = 40;
        const rc::detail::TestResult result = rc::detail::checkTestable(law, rc::detail::TestMetadata{}, params);
        std::ostringstream told;
        rc::detail::printResultMessage(result, told);
        EXPECT_TRUE(result.is<rc::detail::SuccessResult>()) << told.str();
    }

    storage::EmptyDatabase empty_{GetParam()};
    storage::Database database_{empty_.location()};
    accounts::AuditTrail audit_{database_, "here", &std::chrono::system_clock::now};
    storage::Sealing sealing_{{storage::new_sealing_key()}};
    Survey survey_{
        database_, audit_, sealing_, catalogue::shipped(), catalogue::shipped_files(), &std::chrono::system_clock::now};
};

TEST_P(MergeOn, WhatWasSubmittedHoldsOrIsShownOrWasReplacedBySomebodyWhoHadSeenIt) {
    holds([this] {
        Response response{survey_};
        const std::vector<Written> all = lived(response);
        std::map<std::string, const Written*> by_id;
        for (const Written& written : all) RC_ASSERT(by_id.emplace(written.id, &written).second);
        std::size_t kept = 0;
        for (const auto& [question, entries] : response.entries()) {
            kept += entries.size();
            const std::vector<Entry> shown = current(entries);
            for (const Entry& entry : entries) {
                const bool is_shown = std::ranges::find(shown, entry.answer, &Entry::answer) != shown.end();
                const bool is_replaced =
                    std::ranges::any_of(all, [&](const Written& other) { return other.knew.contains(entry.id); });
                RC_ASSERT(is_shown || is_replaced);
                RC_ASSERT(entry.answer.value == Value{static_cast<double>(by_id.at(entry.id)->level)});
                for (const std::int64_t number : entry.supersedes) {
                    const auto replaced = std::ranges::find(entries, number, &Entry::number);
                    RC_ASSERT(by_id.at(entry.id)->knew.contains(replaced->id));
                }
            }
            for (const Entry& one : shown) RC_ASSERT(std::ranges::count(shown, one.answer, &Entry::answer) == 1);
        }
        RC_ASSERT(kept == all.size());
    });
}

TEST_P(MergeOn, TheOrderInWhichAnswersArriveDecidesNothing) {
    holds([this] {
        std::map<std::string, EntryIds> before;
        std::vector<Written> all;
        {
            Response response{survey_};
            all = lived(response);
            for (const char* question : questions) before[question] = response.holding_ids(question);
        }
        Response response{survey_};
        for (const Written& written : in_another_order(all)) (void)response.deliver(written);
        for (const char* question : questions) RC_ASSERT(response.holding_ids(question) == before[question]);
    });
}

INSTANTIATE_TEST_SUITE_P(On, MergeOn, storage::both_engines, storage::engine_name);

}  // namespace
}  // namespace resmon::survey
