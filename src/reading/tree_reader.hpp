// A YAML file as a plain tree that knows the line of every value and whether a text stood in quotes.
#pragma once

#include "base/error.hpp"

#include <string>
#include <vector>

namespace resmon::catalogue {

struct TreeEntry;

struct Tree {
    enum class Kind { nothing, scalar, list, mapping };
    Kind kind = Kind::nothing;
    std::string scalar;
    bool is_quoted = false;
    int line = 0;
    int column = 0;  ///< from 1, in bytes
    std::vector<Tree> items;
    std::vector<TreeEntry> entries;  ///< in the order of the file

    [[nodiscard]] const Tree* find(const std::string& key) const;
};

struct TreeEntry {
    std::string key;
    Tree value;
    int line = 0;  ///< of the key
    int column = 0;
};

/// Adds a fault if the text is no YAML or more than one document, else one for each key that is repeated and for what
/// nests deeper, or has more values, than a catalogue ever does. What is no YAML is nothing, at the place where that
/// shows.
[[nodiscard]] Tree tree_from_yaml(const std::string& text, const std::string& file, std::vector<Fault>& faults);

/// What the YAML parser says, in both languages: `illegal map key`, `unknown escape character: q`.
[[nodiscard]] Wording what_is_no_yaml(const std::string& said);

/// As deep as the path leads. Items of lists are told by their number, or by their id, kind or resource
/// (`gates.containment.days`).
[[nodiscard]] const Tree& tree_at(const Tree& root, const std::string& path);

/// Of what a fault is about, from 1 in bytes; 0 if nothing stands on its line.
[[nodiscard]] int column_of(const Tree& root, const Place& place);

}  // namespace resmon::catalogue
