// The tables of a LimeSurvey survey (.lss), read without believing them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::exchange {

/// Fields by name; those that are missing are empty.
class LssRow {
public:
    void set(std::string field, std::string value) { fields_[std::move(field)] = std::move(value); }
    [[nodiscard]] const std::string& at(const std::string& field) const;
    [[nodiscard]] int number(const std::string& field) const;  ///< 0 for what is none

private:
    std::map<std::string, std::string> fields_;
};

using LssTables = std::map<std::string, std::vector<LssRow>>;

inline constexpr std::size_t most_lss_bytes = 32U << 20U;
inline constexpr std::size_t most_lss_rows = 200'000;  ///< of all tables together

/// Document types are never looked at, entities of their own never resolved. Throws InputError if it is no such file,
/// is damaged, or holds more than is read at most.
[[nodiscard]] LssTables lss_tables_from(std::string_view bytes);

}  // namespace resmon::exchange
