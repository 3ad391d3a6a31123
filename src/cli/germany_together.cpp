#include "cli/germany_together.hpp"

#include "cli/computation.hpp"
#include "cli/terminal.hpp"
#include "nationwide/providers.hpp"
#include "ranks/pieces.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <numeric>
#include <stop_token>
#include <type_traits>
#include <utility>

namespace resmon::cli {

namespace {

/// What a provider's courses depend on.
std::string name_of(const GermanyTogether& together, const outage::Sampling& sampling) {
    return digest_of(fmt::format("{} {} {} {} {} {}", outage::model_version, together.catalogue.hash,
                                 together.request.scenario.value, sampling.seed, sampling.replications,
                                 sampling.points));
}

ranks::Checkpoint checkpoint_of(const GermanyTogether& together, const outage::Sampling& sampling) {
    if (together.checkpoint.empty()) return {};
    // Of a wished error every number of courses that is tried has its own.
    const std::filesystem::path folder =
        together.options.error > 0 ? together.checkpoint / std::to_string(sampling.replications) : together.checkpoint;
    return {.folder = folder, .what = name_of(together, sampling)};
}

/// Of the first rank; the others get none.
std::optional<nationwide::Outlook> outlook_of(const GermanyTogether& together, const outage::Sampling& sampling) {
    const Options& options = together.options;
    const nationwide::Providers providers{together.catalogue, together.request};
    nationwide::OutlookSum sum{together.catalogue, providers, sampling};
    const Interruptible interruptible;
    std::stop_source stop;
    const auto courses = static_cast<double>(sampling.replications);
    ProgressBar bar{options, sampling.replications,
                    program_text("progress.computing", options.language, {{"courses", courses}})};
    const std::vector<double> sizes = providers.sizes();
    const double all = std::accumulate(sizes.begin(), sizes.end(), 0.0) / together.ranks.size();
    double before = 0;
    const auto compute = [&](std::size_t number) -> std::optional<std::string> {
        const auto tell = [&](std::uint32_t done) {
            const double share = (before + sizes[number] * done / courses) / all;
            bar.show(static_cast<std::uint32_t>(std::min(share, 1.0) * courses));
            if (interruptible.is_interrupted()) stop.request_stop();
        };
        const auto added = providers.contribution(
            number, sampling, {.threads = options.threads, .stop = stop.get_token(), .progress = tell});
        before += sizes[number];
        return added ? std::optional{nationwide::bytes_of(*added)} : std::nullopt;
    };
    const auto take = [&](std::size_t number, std::string_view bytes) {
        sum.add(number, nationwide::contribution_from(bytes));
    };
    const ranks::Checkpoint checkpoint = checkpoint_of(together, sampling);
    if (!ranks::in_pieces(together.ranks, {sizes, compute, take}, checkpoint) || !together.ranks.is_first())
        return std::nullopt;
    nationwide::Outlook outlook = std::move(sum).outlook();
    ranks::forget_pieces(checkpoint);
    return outlook;
}

/// What the first found, for all ranks: they must agree on whether it is enough.
outage::Distribution agreed(const ranks::Ranks& ranks, const std::optional<nationwide::Outlook>& found) {
    static_assert(std::is_trivially_copyable_v<outage::Distribution>);
    outage::Distribution loss;
    if (found) loss = found->totals.loss_days;
    std::string bytes(sizeof loss, '\0');
    std::memcpy(bytes.data(), &loss, sizeof loss);
    bytes = ranks.told_by_first(std::move(bytes));
    std::memcpy(&loss, bytes.data(), sizeof loss);
    return loss;
}

}  // namespace

std::optional<nationwide::Outlook> outlook_of(const GermanyTogether& together) {
    const outage::Sampling least = sampling_of(together.options);
    if (together.options.error == 0) return outlook_of(together, least);
    std::optional<nationwide::Outlook> found;
    constexpr std::uint32_t most = 16'384;  // a gigabyte or two
    (void)outage::enough(least, {together.options.error / 100, most},
                         [&](const outage::Sampling& sampling) -> std::optional<outage::Distribution> {
                             found = outlook_of(together, sampling);
                             if (together.ranks.is_first() && !found) return std::nullopt;
                             return agreed(together.ranks, found);
                         });
    return found;
}

}  // namespace resmon::cli
