#include "model_file/names.hpp"

#include <fmt/format.h>

namespace resmon::model_file {

Index Names::add(const std::string& id, const Cursor& where) {
    const auto position = static_cast<Index>(ids_.size());
    const auto [known, is_new] = positions_.emplace(id, position);
    if (!is_new)
        where.fault(worded("fault.model.only",
                           {{"kind", kind_}, {"id", id}, {"line", fmt::format("{}", places_[known->second].line)}}));
    ids_.push_back(id);
    places_.push_back(where.place());
    return position;
}

std::optional<Index> Names::find(const std::string& id) const {
    const auto known = positions_.find(id);
    return known == positions_.end() ? std::nullopt : std::optional{known->second};
}

std::optional<Place> Names::place_of(const std::string& id) const {
    const auto position = find(id);
    return position ? std::optional{places_[*position]} : std::nullopt;
}

std::optional<Index> Names::at(const Cursor& reference) const {
    const std::string id = reference.text();
    if (id.empty()) return std::nullopt;
    if (const auto position = find(id)) return position;
    // Of very many names no person knows which one was meant, and to compare them all takes long.
    constexpr std::size_t few = 500;
    std::optional<std::string> near;
    if (ids_.size() <= few) near = catalogue::meant(id, std::vector<std::string_view>{ids_.begin(), ids_.end()});
    reference.fault(near ? worded("fault.model.name-near", {{"kind", kind_}, {"id", id}, {"near", *near}})
                         : worded("fault.model.name", {{"kind", kind_}, {"id", id}}));
    return std::nullopt;
}

std::optional<Index> Names::at_if_given(const Cursor& reference) const {
    return reference.exists() ? at(reference) : std::nullopt;
}

std::vector<Index> Names::all(const Cursor& list) const {
    std::vector<Index> found;
    if (!list.exists()) return found;
    for (const Cursor& item : list.items())
        if (const auto position = at(item)) found.push_back(*position);
    return found;
}

}  // namespace resmon::model_file
