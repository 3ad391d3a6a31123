// The cell `type` of an XLSForm: its word, and what stands behind it.
#pragma once

#include "catalogue/questionnaire.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace resmon::exchange {

struct XlsFormType {
    std::string word;        ///< `select_one`, `begin_group`, `integer` … in its usual spelling
    std::string list;        ///< of choices
    bool has_other = false;  ///< `or_other`: a choice that people word themselves
};

[[nodiscard]] XlsFormType xlsform_type_from(std::string_view cell);

/// Nothing for what no question of ours can be, as `geopoint`.
[[nodiscard]] std::optional<catalogue::QuestionType> question_type_of(const XlsFormType& type);

/// Whether a question of ours is written with that word.
[[nodiscard]] bool is_written_as(catalogue::QuestionType type, std::string_view word);

struct Limits {
    std::optional<double> lowest;
    std::optional<double> highest;
};
/// Of `. >= 0 and . <= 100`; nothing for any other constraint, an empty one sets none. `whole`: < and > can be said,
/// too.
[[nodiscard]] std::optional<Limits> limits_from(std::string_view constraint, bool whole);

/// Of `start=1 end=5 step=1`.
struct Range {
    double start = 1;
    double end = 10;
    double step = 1;
};
/// What is missing is as XLSForm has it. Throws InputError for anything that is no number.
[[nodiscard]] Range range_from(std::string_view parameters);

}  // namespace resmon::exchange
