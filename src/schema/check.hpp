// JSON Schema → faults with a place, in our wording. The only valijson unit.
#pragma once

#include "base/error.hpp"

#include <nlohmann/json_fwd.hpp>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace resmon::schema {

/// A schema (draft 7, the subset it shares with OpenAPI 3.1), ready to check many documents.
class Schema {
public:
    /// `pointer` names the schema within the document, whose `$ref`s into itself are followed:
    /// `/components/schemas/Run`.
    Schema(const nlohmann::json& document, const std::string& pointer);
    /// The document of that name; they may refer to each other: `figure.json#/definitions/amount`.
    Schema(const std::map<std::string, nlohmann::json>& documents, const std::string& name);
    Schema(Schema&&) noexcept;
    Schema& operator=(Schema&&) noexcept;
    ~Schema();

    /// One fault per place: its JSON pointer, what is expected, what was found. Empty if the value fits.
    [[nodiscard]] std::vector<Fault> faults(const nlohmann::json& value) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> compiled_;
};

/// At most 60 bytes of it, in whole characters: for a message.
[[nodiscard]] std::string shortened(const std::string& text);

}  // namespace resmon::schema
