#include "model_file/drawn_normals.hpp"

#include "base/random.hpp"

#include <array>
#include <ostream>

namespace resmon::model_file {

namespace {

using outage::Index;
using Of = NormalColumn::Of;

constexpr std::array<const char*, outage::mode_count> mode_names{"normal", "basic-operation", "neighbour", "paper",
                                                                 "down"};
constexpr std::uint32_t attempts = 3;

struct Draw {
    std::uint64_t entity = 0;
    Purpose purpose = Purpose::severity;
    std::uint32_t attempt = 0;
};

Draw draw_of(const NormalColumn& column) {
    switch (column.of) {
        case Of::severity: return {entity_hash("severity"), Purpose::severity};
        case Of::owner:
        case Of::body: return {entity_hash(column.id), Purpose::owner};
        case Of::duration: return {entity_hash(column.id), Purpose::duration, column.attempt};
        case Of::activation: return {entity_hash(column.id), Purpose::activation};
    }
    return {};
}

/// Gates that can fail are tried three times; what they repeat is drawn anew for the second and the third.
std::vector<bool> repeated(const outage::Case& outage) {
    std::vector<bool> is_repeated(outage.activities.size(), false);
    for (Index gate = 0; gate < outage.activities.size(); ++gate) {
        if (!outage.activities[gate].setback) continue;
        is_repeated[gate] = true;
        for (const Index again : outage.activities[gate].setback->repeats) is_repeated[again] = true;
    }
    return is_repeated;
}

void add_activations(const outage::Case& outage, std::vector<NormalColumn>& columns) {
    std::vector<std::array<bool, outage::mode_count>> has_delay(outage.bodies.size());
    for (const outage::Provision& provision : outage.provisions)
        for (const outage::Mode& mode : provision.modes)
            if (mode.delay) has_delay[provision.body][static_cast<std::size_t>(mode.kind)] = true;
    for (Index body = 0; body < outage.bodies.size(); ++body)
        for (const bool has : has_delay[body])
            if (has) {
                columns.push_back({Of::body, outage.bodies[body].key});
                break;
            }
    for (Index body = 0; body < outage.bodies.size(); ++body)
        for (std::size_t mode = 0; mode < outage::mode_count; ++mode)
            if (has_delay[body][mode])
                columns.push_back({Of::activation, outage.bodies[body].key + "/" + mode_names[mode]});
}

}  // namespace

std::string_view to_string(NormalColumn::Of of) {
    switch (of) {
        case Of::severity: return "severity";
        case Of::owner: return "owner";
        case Of::duration: return "duration";
        case Of::body: return "body";
        case Of::activation: return "activation";
    }
    return {};
}

std::vector<NormalColumn> normal_columns(const outage::Case& outage) {
    std::vector<NormalColumn> columns{{}};
    for (const std::string& owner : outage.owners) columns.push_back({Of::owner, owner});
    const std::vector<bool> is_repeated = repeated(outage);
    for (Index activity = 0; activity < outage.activities.size(); ++activity)
        for (std::uint32_t attempt = 0; attempt < (is_repeated[activity] ? attempts : 1); ++attempt)
            columns.push_back({Of::duration, outage.activities[activity].id, attempt});
    add_activations(outage, columns);
    return columns;
}

void write_normals(const std::vector<NormalColumn>& columns, const outage::Sampling& sampling, std::ostream& out) {
    std::vector<Draw> draws;
    for (const NormalColumn& column : columns) draws.push_back(draw_of(column));
    std::vector<double> row(columns.size());
    for (std::uint32_t course = 0; course < sampling.replications; ++course) {
        for (std::size_t column = 0; column < draws.size(); ++column)
            row[column] =
                normal_draw(sampling.seed, course, draws[column].entity, draws[column].purpose, draws[column].attempt);
        out.write(reinterpret_cast<const char*>(row.data()), static_cast<std::streamsize>(row.size() * sizeof(double)));
    }
}

}  // namespace resmon::model_file
