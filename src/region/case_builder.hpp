// Builds a case part by part: estimates and owners once each, every thing of the catalogue once per place where it
// exists.
#pragma once

#include "catalogue/catalogue.hpp"
#include "outage/case.hpp"
#include "region/region.hpp"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace resmon::forecast {

/// A place where a resource stands or a gate is decided: a part of the provider, a body, a state, the federation.
struct Site {
    catalogue::OwnerKind kind = catalogue::OwnerKind::provider;
    std::string id;                                 ///< of its common factor
    const catalogue::ProviderPart* part = nullptr;  ///< of a part and of its bodies
    const catalogue::Body* body = nullptr;
    State state = State::nordrhein_westfalen;
};

class CaseBuilder {
public:
    CaseBuilder(const catalogue::Catalogue& catalogue, const CaseRequest& request);

    [[nodiscard]] outage::Case built();
    /// Figures that went into the case, by id.
    [[nodiscard]] const std::map<std::string, catalogue::Figure>& figures() const noexcept { return figures_; }

private:
    using Index = outage::Index;

    void add_sites();
    void add_pools();
    void add_local_pool(const Site& body);
    void add_resources();
    void add_tasks(const catalogue::Resource& resource, const Site& site, Index position);
    void add_gates();
    void add_gate(const catalogue::Gate& gate, const Site& site);
    void link_tasks();
    void link_gates();
    void add_bodies();
    void add_services();
    void add_provision(const catalogue::Service& service, Index number, Index body);
    void add_questions();

    [[nodiscard]] Index estimate(const catalogue::Figure& figure);
    [[nodiscard]] Index constant(double value);
    [[nodiscard]] double certain(const catalogue::Figure& figure);  ///< its value, noted as used
    [[nodiscard]] Index owner(const std::string& id);
    [[nodiscard]] Index calendar(State state);
    [[nodiscard]] Index own_backups(const Site& site);
    [[nodiscard]] std::vector<const Site*> sites_seen_from(const Site& from, catalogue::OwnerKind kind) const;
    [[nodiscard]] std::vector<Index> activities_of(const std::string& reference, const Site& from) const;
    [[nodiscard]] outage::Requirement requirement(const catalogue::Requirement& needs, const Site& from) const;
    [[nodiscard]] outage::Mode mode(const catalogue::Mode& mode, const catalogue::Service& service, const Site& body);
    [[nodiscard]] std::vector<outage::Helper> helpers_of(const catalogue::Mode& mode, const catalogue::Service& service,
                                                         const Site& body);
    /// The nearest bodies of the state that provide services of the level and do not share the failed provider.
    [[nodiscard]] const std::vector<const catalogue::Body*>& nearest_unharmed(const Site& body, catalogue::Level level);
    [[nodiscard]] double daily_demand(const catalogue::Service& service, const catalogue::Body& body);

    const catalogue::Catalogue& catalogue_;
    const CaseRequest& request_;
    const catalogue::Scenario& scenario_;
    const catalogue::Region own_region_;  ///< of a body alone
    const catalogue::Region& region_;
    const catalogue::Incident* incident_ = nullptr;
    outage::Case case_;
    std::vector<Site> sites_;
    std::map<std::string, catalogue::Figure> figures_;
    std::map<std::string, Index> estimates_;
    std::map<std::string, Index> owners_;
    std::map<State, Index> calendars_;
    std::map<std::pair<std::string, catalogue::Level>, std::vector<const catalogue::Body*>> nearest_;
    std::map<std::string, Index> backups_;
    std::map<std::string, Index> pools_;       ///< `site/crew`
    std::map<std::string, Index> resources_;   ///< `site/resource`
    std::map<std::string, Index> activities_;  ///< `site/resource/task` and `site/gate`
};

}  // namespace resmon::forecast
