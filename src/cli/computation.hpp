// A forecast computed for a command: with progress, stopped by Ctrl-C, told what it took.
#pragma once

#include "catalogue/catalogue.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/options.hpp"
#include "engine/forecast.hpp"
#include "ranks/ranks.hpp"
#include "region/region.hpp"

#include <filesystem>
#include <optional>

namespace resmon::cli {

/// How many courses of which kind are wished for, whatever their error. Throws InputError if they are no whole
/// randomisations.
[[nodiscard]] outage::Sampling sampling_of(const Options& options);

/// As many of them as the wished error needs.
[[nodiscard]] outage::Sampling sampling_of(const Options& options, const outage::Case& outage);

/// none = stopped by the person.
[[nodiscard]] std::optional<outage::Forecast> computed(const Options& options, const outage::Case& outage);

/// The same by all ranks: the first gets it, the others none. `checkpoint`: folder of finished courses; empty = none.
[[nodiscard]] std::optional<outage::Forecast> computed_together(const Options& options, const outage::Case& outage,
                                                                const outage::Sampling& sampling,
                                                                const ranks::Ranks& ranks,
                                                                const std::filesystem::path& checkpoint);

/// Ctrl-C asks the work to stop, for as long as this lives.
class Interruptible {
public:
    Interruptible();
    Interruptible(const Interruptible&) = delete;
    Interruptible& operator=(const Interruptible&) = delete;
    ~Interruptible();

    [[nodiscard]] bool is_interrupted() const;

private:
    void (*before_)(int);
};

/// Computes, stores the run in the data directory and writes it in the wished format. Returns the exit code.
/// `scenario`: where the request asks for one of a file.
int compute_and_show(const Options& options, const forecast::CaseRequest& request,
                     const std::filesystem::path& checkpoint = {}, const WishedScenario& scenario = {});

}  // namespace resmon::cli
