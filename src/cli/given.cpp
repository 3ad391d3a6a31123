// resmon simulate --day …: the forecast from a day on, given what is known by then.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/summary.hpp"
#include "cli/terminal.hpp"
#include "cli/what_if.hpp"
#include "explain/conditional.hpp"
#include "explain/explain_json.hpp"

#include <algorithm>
#include <cmath>

namespace resmon::cli {

namespace {

std::string table(const Options& options, const catalogue::Catalogue& catalogue, const explain::Conditional& found) {
    const auto text = [&](const char* key) { return program_text(key, options.language); };
    const auto name_of = [&](const explain::Fact& fact) {
        return (fact.is_service ? catalogue.service({fact.id}).name : catalogue.resource({fact.id}).name)
            .in(options.language);
    };
    std::string shown = emphasised(std::isfinite(found.most.p50)
                                       ? program_text("given.heading", options.language,
                                                      {{"day", found.day}, {"most", std::round(found.most.p50)}})
                                       : program_text("given.heading-never", options.language,
                                                      {{"day", found.day}, {"horizon", found.horizon}}),
                                   options) +
                        "\n";
    shown +=
        program_text("given.fit", options.language,
                     {{"fitting", static_cast<double>(found.fitting)}, {"all", static_cast<double>(found.looked_at)}}) +
        "\n";
    for (const explain::Fact& fact : found.facts)
        shown += program_text(fact.is_back ? "given.back" : "given.not-back", options.language,
                              {{"name", name_of(fact)}, {"percent", std::round(100 * fact.share)}}) +
                 "\n";
    std::vector<const explain::ServiceGiven*> by_return;
    for (const explain::ServiceGiven& service : found.services) by_return.push_back(&service);
    std::ranges::stable_sort(by_return, {}, [](const auto* service) { return service->given.p50; });
    std::vector<std::vector<std::string>> rows;
    for (const explain::ServiceGiven* service : by_return)
        rows.push_back({catalogue.service({service->id}).name.in(options.language),
                        day_text(service->before.p50, options), day_text(service->given.p50, options),
                        day_range(service->given.p10, service->given.p90, options)});
    return shown + "\n" +
           text_table({{text("summary.service"), Align::left},
                       {text("given.before"), Align::right},
                       {text("given.now"), Align::right},
                       {text("given.range"), Align::right}},
                      rows);
}

}  // namespace

int simulate_given(const Options& options, const SimulateOptions& wished) {
    if (options.format == Format::csv) throw InputError{worded("fault.cli.no-csv")};
    const WishedScenario scenario = scenario_wished(wished.scenario);
    const catalogue::Catalogue catalogue = catalogue_of(catalogue_files_in_use(options), scenario);
    const forecast::CaseRequest request = forecast::completed(
        catalogue,
        {.scenario = scenario.id, .region = RegionId{wished.region}, .overrides = overrides_of(wished.what_if)});
    const std::string body = wished.body.empty() ? "" : catalogue.bodies.body(wished.body).key.text();
    const explain::Conditional found =
        explain::conditional(forecast::case_of(catalogue, request), options.seed,
                             {.day = *wished.day, .back = wished.back, .not_back = wished.not_back, .body = body});
    explain::refuse_too_few(found);
    if (options.format == Format::json)
        write_output(options, explain::conditional_text({catalogue, request}, options.seed, body, found) + "\n");
    else
        write_output(options, table(options, catalogue, found));
    return exit_done;
}

}  // namespace resmon::cli
