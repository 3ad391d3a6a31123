// A run: a forecast that is kept, with everything needed to understand and repeat it.
#pragma once

#include "access/principal.hpp"
#include "base/quantity.hpp"
#include "base/text.hpp"
#include "engine/forecast.hpp"
#include "region/region.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace resmon::forecast {

/// `running` is what a queued run is while some server computes it.
enum class RunState { queued, running, done, cancelled, failed, interrupted };

[[nodiscard]] std::string_view to_string(RunState state);
/// Throws InputError for another word.
[[nodiscard]] RunState run_state_from(std::string_view word);

/// A wish for exactness in place of a number of courses.
struct WishedError {
    double relative = 0;      ///< of the mean loss: outage::relative_error
    std::uint32_t least = 0;  ///< courses to begin with

    bool operator==(const WishedError&) const = default;
};

struct Run {
    RunId id;
    OrganisationId organisation;  ///< whose; empty if it was made on this machine without accounts
    RunState state = RunState::queued;
    CaseRequest request;
    Text scenario_name;                       ///< of an own scenario; empty for those of the catalogue
    outage::Sampling sampling;                ///< once it is done: as many courses as a wished error took
    std::optional<WishedError> wished_error;  ///< none: the number of courses was wished
    std::string model_version;
    std::string catalogue_version;
    std::string catalogue_hash;
    std::string created_at;       ///< UTC, ISO 8601
    std::string ended_at;         ///< empty while it has not ended
    std::string failure;          ///< why it failed, else empty
    std::string idempotency_key;  ///< empty if none was given
};

[[nodiscard]] bool has_ended(RunState state);

enum class Doing { waiting, computing, storing, nothing };

[[nodiscard]] std::string_view to_string(Doing doing);
/// Throws InputError for another word.
[[nodiscard]] Doing doing_from(std::string_view word);

/// A run and how far it is, whichever server computes it.
struct RunStatus {
    Run run;
    double progress = 0;  ///< 0 to 1
    Doing doing = Doing::nothing;
    std::optional<double> seconds_left;  ///< if it can be told
    bool is_current = true;              ///< made by this version of model and catalogue
    std::uint64_t version = 0;           ///< grows with every change of the run: the id of its event
};

/// The version of a run that has ended: nothing changes it any more.
inline constexpr std::uint64_t last_version = 1'000'000'000'000;

/// More would keep the memory of a server: sums by course and day for several states at once, and four figures by body
/// and course (430 MB for so many).
inline constexpr std::uint32_t most_courses_of_germany = 4096;

/// Of one region or body.
inline constexpr std::uint32_t most_courses = 100'000;

/// If only the number of randomisations is wished for, or an error.
inline constexpr std::uint32_t usual_courses_of_points = 512;

/// Parts of a result by name: `summary`, `body/059620032000`, `map/passport`; those of Germany:
/// nationwide/outlook_json.hpp.
using ResultParts = std::map<std::string, std::string>;

/// The job of a run that has not ended. Those of all Germany wait in a line of their own: they take long.
inline constexpr const char* job_kind = "outage-run";
inline constexpr const char* germany_job_kind = "germany-run";

/// What a computation took.
struct Effort {
    double seconds = 0;
    unsigned threads = 0;  ///< of each process, 0 = all
    int ranks = 1;         ///< processes that computed together
};

/// What somebody wants computed.
struct Wish {
    std::optional<OrganisationId> organisation = {};  ///< whose run it becomes; none = the person's first
    CaseRequest request;
    outage::Sampling sampling = {};
    std::optional<WishedError> wished_error = {};
    std::string idempotency_key = {};
};

}  // namespace resmon::forecast
