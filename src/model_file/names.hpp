// The ids of one section of a model file: each stands once, and references lead to a position.
#pragma once

#include "outage/case.hpp"
#include "reading/cursor.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace resmon::model_file {

using catalogue::Cursor;
using outage::Index;

class Names {
public:
    /// What a fault calls it, a word of `fault.model.name`: `task_or_gate`.
    explicit Names(std::string_view kind) : kind_{kind} {}

    /// The position of a new one; a fault if the id stands twice.
    Index add(const std::string& id, const Cursor& where);
    /// A fault and nothing if there is none of that id.
    [[nodiscard]] std::optional<Index> at(const Cursor& reference) const;
    [[nodiscard]] std::optional<Index> at_if_given(const Cursor& reference) const;
    [[nodiscard]] std::optional<Index> find(const std::string& id) const;
    /// Of a list of references; those that lead nowhere are left out.
    [[nodiscard]] std::vector<Index> all(const Cursor& list) const;
    [[nodiscard]] std::optional<Place> place_of(const std::string& id) const;
    [[nodiscard]] std::size_t size() const noexcept { return ids_.size(); }

private:
    std::string_view kind_;
    std::vector<std::string> ids_;
    std::unordered_map<std::string, Index> positions_;
    std::vector<Place> places_;
};

}  // namespace resmon::model_file
