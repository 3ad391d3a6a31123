#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/computation.hpp"
#include "cli/file_content.hpp"
#include "cli/model_result.hpp"
#include "cli/simulations.hpp"
#include "cli/terminal.hpp"
#include "cli/what_if.hpp"

#include <utility>

namespace resmon::cli {

namespace {

/// What a model file does not need and a scenario does.
void require_scenario(const Options& options, const SimulateOptions& wished) {
    for (const auto& [word, value] : {std::pair{"--scenario", &wished.scenario}, {"--region", &wished.region}})
        if (value->empty())
            throw InputError{program_text("error.missing-word", options.language, {{"word", std::string{word}}})};
    for (const auto& [word, path] :
         {std::pair{"--draws-out", &wished.draws_out}, {"--courses-out", &wished.courses_out}})
        if (!path->empty())
            throw InputError{program_text("error.only-with-model", options.language, {{"word", std::string{word}}})};
}

}  // namespace

int simulate(const Options& options, const SimulateOptions& wished) {
    if (!wished.model.empty()) {
        if (!wished.scenario.empty() || !wished.region.empty())
            throw InputError{program_text("error.model-or-scenario", options.language)};
        if (overrides_of(wished.what_if) != forecast::Overrides{}) throw InputError{worded("fault.cli.what-if-model")};
        const auto model = model_file::model_from_yaml(content_of_file(wished.model), wished.model.string());
        if (wished.check) write_output(options, model_extent(options, model) + "\n");
        if (!wished.write_model.empty()) write_file(wished.write_model, model_file::yaml_of(model));
        return wished.check || !wished.write_model.empty() ? exit_done : simulate_model(options, wished, model);
    }
    require_scenario(options, wished);
    if (wished.day) return simulate_given(options, wished);
    const WishedScenario scenario = scenario_wished(wished.scenario);
    forecast::CaseRequest request{.scenario = scenario.id, .region = {}, .overrides = overrides_of(wished.what_if)};
    forecast::set_place(request, wished.region);
    if (forecast::is_germany(request) && !request.overrides.crews.empty())
        throw InputError{{{{.path = "--crews"}, worded("fault.run.germany-crews")}}};
    if (!wished.check && wished.write_model.empty())
        return request.region.value == forecast::germany_id
                   ? simulate_germany(options, request, wished.checkpoint, scenario)
                   : compute_and_show(options, request, wished.checkpoint, scenario);
    const catalogue::Catalogue catalogue = catalogue_of(catalogue_files_in_use(options), scenario);
    const model_file::Model model{wished.scenario + ", " + wished.region,
                                  forecast::case_of(catalogue, forecast::completed(catalogue, request))};
    if (wished.check) write_output(options, model_extent(options, model) + "\n");
    if (!wished.write_model.empty()) write_file(wished.write_model, model_file::yaml_of(model));
    return exit_done;
}

}  // namespace resmon::cli
