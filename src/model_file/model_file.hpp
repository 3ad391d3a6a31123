// A model as a file: everything that a forecast needs, and nothing else. docs/model-file.md has the format.
#pragma once

#include "outage/case.hpp"

#include <cstddef>
#include <string>

namespace resmon::model_file {

struct Model {
    std::string title;  ///< for people; may be empty
    outage::Case outage;
};

inline constexpr std::size_t most_bytes = 64 << 20;

/// `file` is what faults are told by. Throws InputError with all faults, each with its line and path: what is no YAML,
/// else what does not fit catalogue/schemas/model-file.json, else unknown references, equal ids, figures out of bounds,
/// modes that cannot be reached, and what contradicts itself (cycles, crews, φ + φ' > 0.9).
[[nodiscard]] Model model_from_yaml(const std::string& text, const std::string& file);

/// Read again it gives the same forecast, bit by bit. Modes that can never begin are left out.
/// Precondition: the case is one that `forecast` takes, a provision's id is `body/service`, and it has one mode of a
/// kind.
[[nodiscard]] std::string yaml_of(const Model& model);

}  // namespace resmon::model_file
