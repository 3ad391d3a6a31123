// The same case by an independent program: bench/peers/spec.md, region 72, computed by an event queue.
#include "outage/town.hpp"

#include "base/random.hpp"
#include "engine/forecast.hpp"

#include <gtest/gtest.h>

#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>

namespace resmon::outage {
namespace {

constexpr std::uint64_t seed = 20'231'030;
constexpr std::uint32_t replications = 8;

/// The case of bench/peers/case.txt (format: spec.md §6) in our words; rule "ready".
class Region72 {
public:
    Town town;
    std::vector<Index> z;  ///< activity of each normal of the peer, in its order; bodies' fallback factors apart
    std::vector<std::string> bodies;

    Region72() {
        std::ifstream file{"bench/peers/case.txt"};
        std::size_t resources = 0;
        std::size_t crews = 0;
        std::size_t municipalities = 0;
        file >> resources >> crews >> municipalities >> services_;
        Case& outage = town.outage;
        outage.severity_share = town.figure(0.3);
        outage.owner_share = town.figure(0);
        outage.bodies.clear();
        z = {town.gate(3, {}, 0.5)};
        z.push_back(town.gate(7, {z[0]}, 0.6));
        add_tasks(file, resources, town.crews(crews));
        for (std::size_t number = 0; number < municipalities; ++number) add_body(file, number);
        for (Index body = 0; body < municipalities; ++body)
            for (Index service = 0; service < services_; ++service) add_provision(file, body, service);
        if (!file) ADD_FAILURE() << "bench/peers/case.txt is cut off";
    }

private:
    void add_tasks(std::istream& file, std::size_t resources, Index pool) {
        std::vector<Index> order(resources);
        for (Index& resource : order) file >> resource;
        const auto first = static_cast<Index>(town.outage.activities.size());
        for (Index resource = 0; resource < resources; ++resource) {
            double median = 0;
            double sigma = 0;
            std::size_t predecessors = 0;
            file >> median >> sigma >> predecessors;
            const Index task = town.task(median, pool, {z[1]}, 1, sigma);
            for (Index before = 0; predecessors > 0; --predecessors) {
                file >> before;
                town.outage.activities[task].after.push_back(first + before);
            }
            z.push_back(task);
            town.resource(task);
        }
        for (std::size_t rank = 0; rank < order.size(); ++rank)
            town.outage.activities[z[2 + order[rank]]].rank = static_cast<double>(rank);
    }

    void add_body(std::istream& file, std::size_t number) {
        double population = 0;
        double network = 0;
        double clients = 0;
        file >> population >> network >> clients;
        const Index local = town.gate(network, {z[1]}, 0.5);
        const Index reconnected = town.gate(clients, {local, z[2 + 1], z[2 + 0]}, 0.6);
        z.push_back(local);
        z.push_back(reconnected);
        clients_.push_back(town.resource(reconnected));
        bodies.push_back("body-" + std::to_string(100 + number));
        town.outage.bodies.push_back({.key = bodies.back(), .inhabitants = population * 1000});
    }

    void add_provision(std::istream& file, Index body, Index service) {
        std::size_t needed = 0;
        file >> needed;
        Mode normal;
        normal.needs.of.push_back({.kind = Requirement::Kind::resource, .resource = clients_[body]});
        for (Index resource = 0; needed > 0; --needed) {
            file >> resource;
            normal.needs.of.push_back({.kind = Requirement::Kind::resource, .resource = resource});
        }
        Provision provision{.body = body, .service = service};
        double delay = 0;
        double capacity = 0;
        double endurance = 0;
        file >> provision.weight >> provision.demand >> delay >> capacity >> endurance;
        Mode paper = town.fallback(ModeKind::paper, delay, capacity);
        paper.delay->sigma = town.figure(0.5);
        paper.endurance = town.figure(endurance);
        paper.sustained = town.figure(capacity / 2);
        provision.modes = {normal, paper};
        provision.id = bodies[body] + "/service-" + std::to_string(service);
        if (body == 0) town.outage.services.push_back({.id = "service-" + std::to_string(service)});
        town.outage.provisions.push_back(std::move(provision));
    }

    std::size_t services_ = 0;
    std::vector<Index> clients_;  ///< by body: resource that is up when its clients are reconnected
};

/// Our normals in the order of the peer (spec.md §3). A fallback has no severity of its own there: it gets our whole
/// normal sum as its one normal.
void write_normals(const Region72& region, const std::filesystem::path& path) {
    std::ofstream file{path, std::ios::binary};
    const std::size_t shared = region.z.size() - 2 * region.bodies.size();
    for (std::uint32_t one = 0; one < replications; ++one) {
        const double severity = normal_draw(seed, one, entity_hash("severity"), Purpose::severity);
        std::vector<double> normals{severity};
        const auto add = [&](Index activity) {
            normals.push_back(
                normal_draw(seed, one, entity_hash(region.town.outage.activities[activity].id), Purpose::duration));
        };
        for (std::size_t number = 0; number < shared; ++number) add(region.z[number]);
        for (std::size_t body = 0; body < region.bodies.size(); ++body) {
            add(region.z[shared + 2 * body]);
            add(region.z[shared + 2 * body + 1]);
            normals.push_back(std::sqrt(0.3) * severity +
                              std::sqrt(0.7) * normal_draw(seed, one, entity_hash(region.bodies[body] + "/paper"),
                                                           Purpose::activation));
        }
        file.write(reinterpret_cast<const char*>(normals.data()),
                   static_cast<std::streamsize>(normals.size() * sizeof(double)));
    }
}

struct Outputs {
    double t50 = 0, t80 = 0, t100 = 0, loss = 0;
};

std::vector<Outputs> of_peer(const Region72& region) {
    const std::filesystem::path folder =
        std::filesystem::path{testing::TempDir()} / ("resmon_peer_test_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    write_normals(region, folder / "normals");
    const std::string command = "cd bench/peers && '" RESMON_PEER "' '" + (folder / "normals").string() + "' " +
                                std::to_string(replications) + " ready '" + (folder / "outputs").string() + "' > '" +
                                (folder / "log").string() + "'";
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    std::ifstream file{folder / "outputs"};
    std::vector<Outputs> outputs(replications);
    for (Outputs& one : outputs) {
        file >> one.t50 >> one.t80 >> one.t100 >> one.loss;
        double unused = 0;
        for (int rest = 0; rest < 8; ++rest) file >> unused;
    }
    EXPECT_TRUE(file) << "the peer wrote fewer outputs than courses";
    std::filesystem::remove_all(folder);
    return outputs;
}

Outputs of_ours(const Case& outage, std::uint32_t replication) {
    const Course one = course(outage, {seed, replications}, replication);
    std::vector<double> back;
    for (const auto& begins : one.mode_begin) back.push_back(begins.front());
    std::ranges::sort(back);
    double weight = 0;
    double loss = 0;
    for (const Provision& provision : outage.provisions) {
        weight += provision.weight;
        loss += provision.weight * one.loss_days[provision.body];
    }
    return {back[back.size() / 2 - 1], back[back.size() * 4 / 5 - 1], back.back(), loss / weight};
}

TEST(Peer, AnEventQueueOfTheSameCaseAgreesInEveryCourseTo1e9) {
    const Region72 region;
    const std::vector<Outputs> peer = of_peer(region);
    double mean_loss = 0;
    for (std::uint32_t one = 0; one < replications; ++one) {
        const Outputs ours = of_ours(region.town.outage, one);
        EXPECT_NEAR(ours.t50 / peer[one].t50, 1, 1e-9) << one;
        EXPECT_NEAR(ours.t80 / peer[one].t80, 1, 1e-9) << one;
        EXPECT_NEAR(ours.t100 / peer[one].t100, 1, 1e-9) << one;
        EXPECT_NEAR(ours.loss / peer[one].loss, 1, 1e-9) << one;
        mean_loss += peer[one].loss / replications;
    }
    const Forecast forecast = *outage::forecast(region.town.outage, {seed, replications});
    EXPECT_NEAR(forecast.loss_days.mean / mean_loss, 1, 1e-9);
}

}  // namespace
}  // namespace resmon::outage
