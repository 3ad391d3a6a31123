#include "explain/explain.hpp"

#include "base/error.hpp"
#include "explain/bottlenecks.hpp"
#include "explain/comparison.hpp"
#include "explain/dependencies.hpp"
#include "explain/explain_json.hpp"
#include "explain/sensitivity.hpp"
#include "explain/timetable.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace resmon::explain {

struct Explanations::Asked {
    const forecast::Run& run;
    const catalogue::Catalogue& catalogue;

    [[nodiscard]] outage::Case outage() const { return forecast::case_of(catalogue, run.request); }
    [[nodiscard]] outage::Sampling sampling(std::uint32_t courses) const {
        return {run.sampling.seed, std::min(courses, run.sampling.replications)};
    }
    [[nodiscard]] Context context() const { return {catalogue, run.request}; }
    /// The ARS of a body that is named by any of its keys; empty stays empty.
    [[nodiscard]] std::string body(const std::string& key) const {
        return key.empty() ? key : catalogue.bodies.body(key).key.text();
    }
};

namespace {

std::string comparison_in(const catalogue::Catalogue& catalogue, const WishedComparison& wished) {
    const forecast::CaseRequest complete = forecast::completed(catalogue, wished.request);
    std::vector<Variant> variants;
    for (const WishedVariant& one : wished.variants) {
        forecast::CaseRequest request = complete;
        request.overrides = one.overrides;
        variants.push_back({one.name, forecast::case_of(catalogue, forecast::completed(catalogue, request))});
    }
    return comparison_text({catalogue, complete}, wished.variants, compared(variants, wished.sampling));
}

}  // namespace

std::string Explanations::answered(const Principal& who, const RunId& run, const std::string& what,
                                   const std::function<std::string(const Asked&)>& compute) {
    constexpr std::size_t most_kept = 64;
    const std::string key = run.value + "/" + what;
    std::string answer;
    runs_.with_inputs(who, run, what, [&](const forecast::Run& of, const catalogue::Catalogue& catalogue) {
        {
            const std::lock_guard lock{mutex_};
            const auto known = std::ranges::find(latest_, key, &std::pair<std::string, std::string>::first);
            if (known != latest_.end()) {
                latest_.splice(latest_.begin(), latest_, known);
                answer = known->second;
                return;
            }
        }
        answer = compute({of, catalogue});
        const std::lock_guard lock{mutex_};
        latest_.emplace_front(key, answer);
        if (latest_.size() > most_kept) latest_.pop_back();
    });
    return answer;
}

std::vector<std::string> providers_of(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request) {
    if (request.alone) return {"own"};
    return {catalogue.region(request.region).provider.id.value};
}

std::string Explanations::autonomy(const Principal& who, const RunId& run, std::uint32_t courses) {
    return answered(who, run, fmt::format("autonomy/{}", courses), [&](const Asked& asked) {
        const auto variants = explain::autonomy(asked.outage(), providers_of(asked.catalogue, asked.run.request));
        const outage::Sampling sampling = asked.sampling(courses);
        return autonomy_text(asked.context(), compared(variants, sampling));
    });
}

std::string Explanations::timetable(const Principal& who, const RunId& run, std::uint32_t courses,
                                    const std::string& service) {
    return answered(who, run, fmt::format("timetable/{}/{}", courses, service), [&](const Asked& asked) {
        const outage::Sampling sampling = asked.sampling(courses);
        const outage::Case outage = asked.outage();
        return timetable_text(asked.context(), sampling, outage.horizon, explain::timetable(outage, sampling, service));
    });
}

std::string Explanations::bottlenecks(const Principal& who, const RunId& run, std::uint32_t courses) {
    return answered(who, run, fmt::format("bottlenecks/{}", courses), [&](const Asked& asked) {
        const outage::Sampling sampling = asked.sampling(courses);
        return bottlenecks_text(asked.context(), sampling, explain::bottlenecks(asked.outage(), sampling));
    });
}

std::string Explanations::sensitivity(const Principal& who, const RunId& run, std::uint32_t courses) {
    return answered(who, run, fmt::format("sensitivity/{}", courses), [&](const Asked& asked) {
        const outage::Sampling sampling = asked.sampling(courses);
        if (sampling.replications < least_courses_of_sensitivity)
            throw InputError{worded("fault.explain.courses", {{"least", std::to_string(least_courses_of_sensitivity)},
                                                              {"found", std::to_string(sampling.replications)}})};
        return sensitivity_text(asked.context(), sampling, explain::sensitivity(asked.outage(), sampling));
    });
}

std::string Explanations::dependencies(const Principal& who, const RunId& run, const std::string& body) {
    return answered(who, run, "dependencies/" + body, [&](const Asked& asked) {
        const std::string key = asked.body(body);
        return dependencies_text(asked.context(), key, explain::dependencies(asked.outage(), key));
    });
}

std::string Explanations::conditional(const Principal& who, const RunId& run, const Known& known,
                                      const Patience& patience) {
    const std::string what = fmt::format("conditional/{}/{}/{}/{}/{}", known.day, fmt::join(known.back, ","),
                                         fmt::join(known.not_back, ","), known.body, patience.limit);
    return answered(who, run, what, [&](const Asked& asked) {
        Known resolved = known;
        resolved.body = asked.body(known.body);
        const Conditional result = explain::conditional(asked.outage(), asked.run.sampling.seed, resolved, patience);
        return conditional_text(asked.context(), asked.run.sampling.seed, resolved.body, result);
    });
}

std::string Explanations::comparison(const Principal& who, const WishedComparison& wished) {
    std::string text;
    runs_.with_scenario(who, wished.request.scenario,
                        [&](const catalogue::Catalogue& catalogue) { text = comparison_in(catalogue, wished); });
    return text;
}

}  // namespace resmon::explain
