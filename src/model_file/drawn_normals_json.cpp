#include "model_file/drawn_normals.hpp"

#include <nlohmann/json.hpp>

#include <bit>

namespace resmon::model_file {

std::string columns_text(const std::vector<NormalColumn>& columns, const outage::Sampling& sampling) {
    nlohmann::ordered_json json = {{"type", "float64"},
                                   {"byte_order", std::endian::native == std::endian::little ? "little" : "big"},
                                   {"order", "replication-major"},
                                   {"seed", sampling.seed},
                                   {"replications", sampling.replications},
                                   {"columns", nlohmann::ordered_json::array()}};
    for (const NormalColumn& column : columns) {
        nlohmann::ordered_json item = {{"of", to_string(column.of)}};
        if (!column.id.empty()) item["id"] = column.id;
        if (column.of == NormalColumn::Of::duration) item["attempt"] = column.attempt;
        json["columns"].push_back(std::move(item));
    }
    return json.dump(1) + "\n";
}

}  // namespace resmon::model_file
