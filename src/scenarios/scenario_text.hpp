// A scenario that somebody writes as text: checked as those of the catalogue are, and named by its content.
#pragma once

#include "base/error.hpp"
#include "catalogue/catalogue.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace resmon::scenarios {

inline constexpr std::size_t most_bytes = 256 << 10;
/// People mend the first ones and look again.
inline constexpr std::size_t most_faults = 200;

/// `own-` and 32 digits of the text's digest: the same text has the same id on every machine, another text never.
[[nodiscard]] ScenarioId id_of(const std::string& text);
[[nodiscard]] bool is_own(const ScenarioId& id);

struct TextFault {
    Fault fault;
    int column = 0;  ///< from 1, in characters; 0 if unknown
};

struct CheckedText {
    Text name;  ///< each language empty where the text does not tell it
    /// Without faults alone. Its id is `id_of`; its figures are named by the id that the text itself tells: a changed
    /// copy of a scenario draws what both have in common alike.
    std::optional<catalogue::Scenario> scenario;
    std::vector<TextFault> faults;  ///< by place, at most `most_faults`
};

/// Pure. `file` is what faults are told by. Never throws for what stands in the text.
[[nodiscard]] CheckedText checked(const std::string& text, const std::string& file,
                                  const catalogue::Catalogue& catalogue);

/// A copy of the catalogue that knows the scenario of the text too. Throws InputError with its faults. `file` is what
/// they are told by; empty: one that is called by the scenario's id.
[[nodiscard]] catalogue::Catalogue catalogue_with(const catalogue::Catalogue& catalogue, const std::string& text,
                                                  const std::string& file = {});

}  // namespace resmon::scenarios
