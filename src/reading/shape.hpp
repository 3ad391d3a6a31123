// The published JSON Schemas of the catalogue, held against its files.
#pragma once

#include "reading/tree_reader.hpp"

#include <map>
#include <memory>
#include <string>

namespace resmon::schema {
class Schema;
}

namespace resmon::catalogue {

/// The schemas built into the program, each compiled when it is first needed.
class Shapes {
public:
    Shapes();
    ~Shapes();
    Shapes(const Shapes&) = delete;
    Shapes& operator=(const Shapes&) = delete;

    /// What does not fit `schemas/<schema>.json`, with lines and the paths of the readers (`modes.normal.needs`).
    [[nodiscard]] std::vector<Fault> faults(const Tree& tree, const std::string& schema, const std::string& file);

private:
    struct Documents;
    std::unique_ptr<Documents> documents_;
    std::map<std::string, schema::Schema> compiled_;
};

}  // namespace resmon::catalogue
