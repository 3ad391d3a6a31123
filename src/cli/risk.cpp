// resmon risk: what a year costs on average, and how likely more than some days are lost.
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/terminal.hpp"
#include "risk/risk_json.hpp"

#include <cmath>

namespace resmon::cli {

namespace {

class Words {
public:
    explicit Words(const Options& options) : options_{options} {}

    [[nodiscard]] std::string report(const catalogue::Catalogue& catalogue, const risk::RiskReport& report) const {
        const risk::AnnualLoss& loss = report.loss;
        std::string words =
            emphasised(program_text("risk.title", options_.language, {{"place", report.name.in(options_.language)}}),
                       options_) +
            "\n" +
            program_text(
                "risk.expected", options_.language,
                {{"days", number(loss.days.value)}, {"low", number(loss.days.low)}, {"high", number(loss.days.high)}}) +
            "\n" +
            program_text(
                "risk.any", options_.language,
                {{"any", share(loss.any.value)}, {"low", share(loss.any.low)}, {"high", share(loss.any.high)}}) +
            "\n";
        if (report.is_own_provider) words += text("risk.own-provider") + "\n";
        return words + "\n" + scenarios(catalogue, loss) + "\n" + curve(loss) + "\n" +
               program_text("risk.about", options_.language,
                            {{"courses", static_cast<double>(report.replications)},
                             {"seed", std::to_string(report.seed)},
                             {"catalogue", catalogue.version}}) +
               "\n";
    }

private:
    [[nodiscard]] std::string text(const char* key) const { return program_text(key, options_.language); }
    [[nodiscard]] std::string number(double value) const {
        return number_text(value, value < 0.1 ? 3 : value < 10 ? 2 : 0, options_.language);
    }
    [[nodiscard]] std::string share(double value) const {
        return number_text(value * 100, value < 0.1 ? 1 : 0, options_.language) + " %";
    }

    [[nodiscard]] std::string scenarios(const catalogue::Catalogue& catalogue, const risk::AnnualLoss& loss) const {
        std::vector<std::vector<std::string>> rows;
        for (const risk::StreamLoss& stream : loss.streams)
            rows.push_back(
                {catalogue.scenario({stream.scenario}).name.in(options_.language), number(stream.incidents.value),
                 number(stream.incidents.low) + "–" + number(stream.incidents.high), number(stream.days_each),
                 number(stream.days.value), number(stream.days.low) + "–" + number(stream.days.high)});
        return text_table({{text("risk.scenario"), Align::left},
                           {text("risk.per-year"), Align::right},
                           {text("calibrate.interval"), Align::right},
                           {text("risk.days-each"), Align::right},
                           {text("risk.days-per-year"), Align::right},
                           {text("calibrate.interval"), Align::right}},
                          rows);
    }

    [[nodiscard]] std::string curve(const risk::AnnualLoss& loss) const {
        std::vector<std::vector<std::string>> rows;
        for (const risk::Exceedance& point : loss.curve)
            rows.push_back({number_text(point.days, point.days < 1 && point.days > 0 ? 3 : 0, options_.language),
                            share(point.probability.value),
                            share(point.probability.low) + "–" + share(point.probability.high)});
        return text_table({{text("risk.more-than"), Align::right},
                           {text("risk.probability"), Align::right},
                           {text("calibrate.interval"), Align::right}},
                          rows);
    }

    const Options& options_;
};

risk::Place place_of(const catalogue::Catalogue& catalogue, const RiskOptions& wished) {
    const int said = static_cast<int>(!wished.body.empty()) + static_cast<int>(!wished.region.empty()) +
                     static_cast<int>(!wished.state.empty());
    if (said != 1) throw InputError{worded("fault.risk.one-place")};
    if (!wished.body.empty()) return {.body = catalogue.bodies.body(wished.body).key};
    if (!wished.region.empty()) return {.region = {wished.region}};
    return {.state = state_from(wished.state)};
}

}  // namespace

int show_risk(const Options& options, const RiskOptions& wished) {
    const catalogue::Catalogue catalogue = catalogue_in_use(options);
    constexpr std::uint32_t usual = 100;
    const risk::RiskReport report = risk::risk_of(
        catalogue, place_of(catalogue, wished),
        {.seed = options.seed, .replications = wished.is_number_of_courses_said ? options.replications : usual});
    write_output(options, options.format == Format::json  ? risk::risk_to_json(catalogue, report).dump() + "\n"
                          : options.format == Format::csv ? risk::risk_csv(report, options.language)
                                                          : Words{options}.report(catalogue, report));
    return exit_done;
}

}  // namespace resmon::cli
