// resmon calibrate: what a table of durations says about how long something takes.
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/file_content.hpp"
#include "cli/terminal.hpp"
#include "incidents/calibration_json.hpp"

#include <cmath>

namespace resmon::cli {

namespace {

using incidents::GroupCalibration;
using statistics::DurationEstimate;
using statistics::FittedLaw;

class Words {
public:
    explicit Words(const Options& options) : options_{options} {}

    [[nodiscard]] std::string text(const char* key) const { return program_text(key, options_.language); }
    [[nodiscard]] std::string number(double value, int decimals) const {
        return std::isfinite(value) ? number_text(value, decimals, options_.language) : text("calibrate.open");
    }
    [[nodiscard]] std::string range(double low, double high, int decimals) const {
        return number(low, decimals) + "–" + number(high, decimals);
    }

    [[nodiscard]] std::string group(const GroupCalibration& group) const {
        const std::string name = group.group ? *group.group : text("calibrate.all");
        std::string words = emphasised(name.empty() ? text("calibrate.nameless") : name, options_) + "\n" +
                            program_text("calibrate.counts", options_.language,
                                         {{"count", static_cast<double>(group.count)},
                                          {"exact", static_cast<double>(group.exact)},
                                          {"between", static_cast<double>(group.between)},
                                          {"not_over", static_cast<double>(group.not_over)}}) +
                            "\n";
        std::vector<std::vector<std::string>> rows;
        if (group.median) rows.push_back(row("calibrate.kaplan-meier", *group.median));
        if (group.between_visits) {
            const auto within = statistics::median_interval_of(group.between_visits->support);
            rows.push_back({text("calibrate.turnbull"), range(within.low, within.high, 1), "", "", "", ""});
        }
        add_law(rows, "calibrate.log-normal", group.log_normal);
        add_law(rows, "calibrate.weibull", group.weibull);
        if (group.updated_median) rows.push_back(row("calibrate.updated", *group.updated_median));
        words += text_table({{text("calibrate.estimate"), Align::left},
                             {text("calibrate.median"), Align::right},
                             {text("calibrate.interval"), Align::right},
                             {"μ (SE)", Align::right},
                             {"σ (95 %)", Align::right},
                             {"AIC", Align::right}},
                            rows);
        if (const FittedLaw* law = group.better_law())
            words += program_text("calibrate.in-words", options_.language,
                                  {{"low", number(law->quantile(0.1).value, 1)},
                                   {"middle", number(law->median.value, 1)},
                                   {"high", number(law->quantile(0.9).value, 1)},
                                   {"law", text(law->kind == statistics::LawKind::log_normal ? "calibrate.log-normal"
                                                                                             : "calibrate.weibull")}}) +
                     "\n";
        else
            words += text("calibrate.no-law") + "\n";
        return words + "\n";
    }

private:
    [[nodiscard]] std::vector<std::string> row(const char* key, const DurationEstimate& median) const {
        return {text(key), number(median.value, 1), range(median.low, median.high, 1), "", "", ""};
    }
    void add_law(std::vector<std::vector<std::string>>& rows, const char* key,
                 const std::optional<FittedLaw>& law) const {
        if (!law) return;
        rows.push_back(row(key, law->median));
        rows.back()[3] = number(law->location.value, 3) + " (" + number(law->location.standard_error, 3) + ")";
        rows.back()[4] = number(law->scale.value, 3) + " (" + range(law->scale.low, law->scale.high, 2) + ")";
        rows.back()[5] = number(law->akaike, 1);
    }

    const Options& options_;
};

std::optional<incidents::Prior> prior_of(const CalibrateOptions& wished) {
    if (!wished.prior_low && !wished.prior_high) return std::nullopt;
    if (!wished.prior_low || !wished.prior_high || !(0 < *wished.prior_low && *wished.prior_low < *wished.prior_high))
        throw InputError{worded("fault.calibrate.prior")};
    return incidents::Prior{*wished.prior_low, *wished.prior_high};
}

}  // namespace

int calibrate(const Options& options, const CalibrateOptions& wished) {
    const auto prior = prior_of(wished);
    const auto groups = incidents::calibrated(
        incidents::durations_from_csv(content_of_file(wished.file), wished.file.filename().string()), prior);
    if (options.format == Format::json) {
        write_output(options, incidents::calibration_to_json(groups).dump() + "\n");
    } else if (options.format == Format::csv) {
        write_output(options, incidents::calibration_csv(groups, options.language));
    } else {
        const Words words{options};
        std::string text;
        for (const GroupCalibration& group : groups) text += words.group(group);
        write_output(options, text + program_text("calibrate.about", options.language) + "\n");
    }
    return exit_done;
}

}  // namespace resmon::cli
