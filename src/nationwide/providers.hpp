// Germany provider by provider: what each adds can be computed anywhere and in any order; it is summed in one.
#pragma once

#include "nationwide/nationwide.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::nationwide {

/// Those of a request for Germany, by number.
class Providers {
public:
    /// The catalogue must outlive it. Throws as `forecast::parts_of`.
    Providers(const catalogue::Catalogue& catalogue, forecast::CaseRequest request);

    [[nodiscard]] std::size_t size() const noexcept { return parts_.size(); }
    [[nodiscard]] const forecast::RegionPart& part(std::size_t number) const { return parts_[number]; }
    /// Bodies of each: what its case costs.
    [[nodiscard]] std::vector<double> sizes() const;
    /// none = stopped. `done` of the progress: courses of this provider. Throws as `outlook`.
    [[nodiscard]] std::optional<outage::Contribution> contribution(std::size_t number, const outage::Sampling& sampling,
                                                                   const Work& work) const;

private:
    const catalogue::Catalogue& catalogue_;
    forecast::CaseRequest request_;
    std::vector<forecast::RegionPart> parts_;
};

/// Adds up what the providers add: each once, in the order of their numbers, so that the sums have the same bits.
class OutlookSum {
public:
    /// What is named here must outlive it.
    OutlookSum(const catalogue::Catalogue& catalogue, const Providers& providers, const outage::Sampling& sampling);
    ~OutlookSum();
    OutlookSum(const OutlookSum&) = delete;
    OutlookSum& operator=(const OutlookSum&) = delete;

    void add(std::size_t number, outage::Contribution added);
    /// Once all are added.
    [[nodiscard]] Outlook outlook() &&;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

/// In the form of this machine and version, for another process: not for keeping long.
[[nodiscard]] std::string bytes_of(const outage::Contribution& contribution);
/// Throws InputError if they are not whole.
[[nodiscard]] outage::Contribution contribution_from(std::string_view bytes);

}  // namespace resmon::nationwide
