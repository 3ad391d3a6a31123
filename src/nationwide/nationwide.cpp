#include "nationwide/nationwide.hpp"

#include "nationwide/providers.hpp"

#include <numeric>
#include <utility>

namespace resmon::nationwide {

std::optional<Outlook> outlook(const catalogue::Catalogue& catalogue, const forecast::CaseRequest& request,
                               const outage::Sampling& sampling, const Work& work) {
    const Providers providers{catalogue, request};
    OutlookSum sum{catalogue, providers, sampling};
    const std::vector<double> sizes = providers.sizes();
    const double all = std::accumulate(sizes.begin(), sizes.end(), 0.0);
    double before = 0;
    for (std::size_t number = 0; number < providers.size(); ++number) {
        // Courses of a provider count by its bodies.
        const auto tell = [&](std::uint32_t done) {
            const double bodies = before * sampling.replications + sizes[number] * done;
            if (work.progress) work.progress(static_cast<std::uint32_t>(bodies / all));
        };
        auto added =
            providers.contribution(number, sampling, {.threads = work.threads, .stop = work.stop, .progress = tell});
        if (!added) return std::nullopt;
        sum.add(number, std::move(*added));
        before += sizes[number];
    }
    return std::move(sum).outlook();
}

}  // namespace resmon::nationwide
