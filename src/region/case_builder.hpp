// Builds a case part by part: estimates and owners once each, every thing of the catalogue once per place where it
// exists. What the catalogue names by id is looked up once; a state has more than a thousand bodies.
#pragma once

#include "catalogue/catalogue.hpp"
#include "outage/case.hpp"
#include "region/region.hpp"

#include <array>
#include <map>
#include <optional>
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
    std::array<std::vector<outage::Index>, 4> seen = {};  ///< by kind of owner: sites that things here can refer to
};

class CaseBuilder {
public:
    /// All must outlive the builder.
    CaseBuilder(const catalogue::Catalogue& catalogue, const CaseRequest& request, const RegionPart& part);

    [[nodiscard]] outage::Case built();
    /// Figures that went into the case, by id.
    [[nodiscard]] const std::map<std::string, catalogue::Figure>& figures() const noexcept { return figures_; }

private:
    using Index = outage::Index;

    /// A thing of the catalogue at every site, by the site's position.
    class AtSites {
    public:
        void put(Index site, std::size_t sites, Index position) {
            positions_.resize(sites);
            positions_[site] = position;
        }
        [[nodiscard]] std::optional<Index> at(Index site) const {
            return site < positions_.size() ? positions_[site] : std::nullopt;
        }

    private:
        std::vector<std::optional<Index>> positions_;
    };

    /// What a reference of the catalogue means: a gate, a resource with all its tasks, one task.
    struct Work {
        catalogue::OwnerKind owner = catalogue::OwnerKind::provider;
        std::vector<const AtSites*> activities;
    };

    struct Needs {
        outage::Requirement::Kind kind = outage::Requirement::Kind::all;
        std::size_t count = 0;
        catalogue::OwnerKind owner = catalogue::OwnerKind::provider;
        const AtSites* resource = nullptr;
        std::vector<Needs> of;
    };

    /// A service as it is at every body, with what differs left out.
    struct ModeAnywhere {
        outage::Mode mode;
        Needs needs;
        double helper_spare = 0;
    };
    struct ServiceAnywhere {
        double class_weight = 0;
        double demand_per_1000 = 0;
        std::vector<ModeAnywhere> modes;
    };

    void add_sites();
    void let_sites_see();
    void add_pools();
    void add_local_pool(Index body);
    void add_resources();
    void add_tasks(const catalogue::Resource& resource, Index site, Index position);
    void add_gates();
    void add_gate(const catalogue::Gate& gate, Index site);
    void link_tasks();
    void link_gates();
    void hold(const catalogue::Gate& gate, Index site);
    void add_bodies();
    void add_services();
    void add_provision(Index service, Index body, Index site);
    void add_questions();

    [[nodiscard]] Index estimate(const catalogue::Figure& figure);
    [[nodiscard]] Index constant(double value);
    [[nodiscard]] double certain(const catalogue::Figure& figure);  ///< its value, noted as used
    [[nodiscard]] Index owner(const std::string& id);
    [[nodiscard]] Index calendar(State state);
    [[nodiscard]] Index own_backups(const Site& site);
    [[nodiscard]] int first_year() const;
    [[nodiscard]] double crews_left(catalogue::CrewKind kind);  ///< share, by the scenario
    [[nodiscard]] const catalogue::FailingResource* failing(const catalogue::Resource& resource,
                                                            const Site& site) const;  ///< null = stands
    [[nodiscard]] std::vector<const catalogue::DurationChange*> changes_of(const std::string& resource,
                                                                           const std::string& task) const;
    [[nodiscard]] const Work& work(const std::string& reference);
    [[nodiscard]] std::vector<Index> activities_of(const std::string& reference, Index from);
    [[nodiscard]] Needs needs_of(const catalogue::Requirement& requirement) const;
    [[nodiscard]] outage::Requirement requirement(const Needs& needs, const Site& from) const;
    [[nodiscard]] const ServiceAnywhere& anywhere(Index service);
    [[nodiscard]] std::vector<outage::Helper> helpers_of(Index service, double spare, const Site& body);
    /// The nearest bodies of the state that provide services of the level and do not share the failed provider.
    [[nodiscard]] const std::vector<const catalogue::Body*>& nearest_unharmed(const Site& body, catalogue::Level level);
    [[nodiscard]] double daily_demand(Index service, const catalogue::Body& body);

    const catalogue::Catalogue& catalogue_;
    const CaseRequest& request_;
    const catalogue::Scenario& scenario_;
    const RegionPart& part_;
    const catalogue::Incident* incident_ = nullptr;
    outage::Case case_;
    std::vector<Site> sites_;
    std::map<std::string, catalogue::Figure> figures_;
    std::map<std::string, Index> estimates_;
    std::map<std::string, Index> owners_;
    std::map<State, Index> calendars_;
    std::map<State, double> working_shares_;
    std::map<std::pair<std::string, catalogue::Level>, std::vector<const catalogue::Body*>> nearest_;
    std::map<std::string, Index> backups_;
    std::vector<std::optional<ServiceAnywhere>> services_;
    std::map<std::pair<Index, catalogue::CrewKind>, Index> pools_;  ///< by site
    std::map<std::string, AtSites> resources_;                      ///< by id
    std::map<std::string, AtSites> activities_;                     ///< by `resource/task` and gate
    std::map<std::string, Work> work_;
};

}  // namespace resmon::forecast
