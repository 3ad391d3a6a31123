// Where in the input a fault stands: file, line and path, as far as they are known.
#pragma once

#include <string>

namespace resmon {

struct Place {
    std::string file;  ///< as the user named it, relative to the catalogue's folder; empty for a request
    int line = 0;      ///< from 1; 0 if unknown
    std::string path;  ///< `modes.paper.capacity` in files, a JSON pointer in requests

    bool operator==(const Place&) const = default;
};

/// `services/passport.yaml:14: demand_per_1000`; parts that are unknown are left out.
std::string to_string(const Place& place);

}  // namespace resmon
