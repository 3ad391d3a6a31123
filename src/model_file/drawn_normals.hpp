// The standard normals that a plain sample draws, by column, so that another program can compute the same courses.
#pragma once

#include "engine/forecast.hpp"

#include <cstdint>
#include <iosfwd>
#include <string>
#include <vector>

namespace resmon::model_file {

/// What one normal is for.
struct NormalColumn {
    enum class Of {
        severity,    ///< Z₀
        owner,       ///< of durations
        duration,    ///< Z_j of a task or gate, by attempt
        body,        ///< the owner's factor of a body's activation delays
        activation,  ///< Z_j of the delays of one mode at one body
    };
    Of of = Of::severity;
    std::string id;  ///< owner, task or gate, body, `body/mode`; empty for the severity
    std::uint32_t attempt = 0;
};

[[nodiscard]] std::string_view to_string(NormalColumn::Of of);

/// Severity, owners, tasks and gates with their attempts, bodies, delays of modes; each in the order of the case.
[[nodiscard]] std::vector<NormalColumn> normal_columns(const outage::Case& outage);

/// Row after row, one per course, as float64 in this machine's order of bytes. Estimates, failures and what else is
/// uniform are not among them.
void write_normals(const std::vector<NormalColumn>& columns, const outage::Sampling& sampling, std::ostream& out);

/// What is in such a file: `{"type": "float64", "replications": …, "columns": [{"of": …, "id": …, "attempt": …}]}`.
[[nodiscard]] std::string columns_text(const std::vector<NormalColumn>& columns, const outage::Sampling& sampling);

}  // namespace resmon::model_file
