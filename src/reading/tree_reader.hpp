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
    std::vector<Tree> items;
    std::vector<TreeEntry> entries;  ///< in the order of the file

    [[nodiscard]] const Tree* find(const std::string& key) const;
};

struct TreeEntry {
    std::string key;
    Tree value;
};

/// Adds a fault and returns nothing if the text is no YAML, repeats a key or nests deeper than a catalogue ever does.
[[nodiscard]] Tree tree_from_yaml(const std::string& text, const std::string& file, std::vector<Fault>& faults);

}  // namespace resmon::catalogue
