#include "links/grant.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>

namespace resmon::links {

std::string topics_text(const std::set<std::string>& topics) { return fmt::format("{}", fmt::join(topics, ",")); }

std::set<std::string> topics_from(const std::string& text) {
    std::set<std::string> topics;
    std::istringstream names{text};
    for (std::string name; std::getline(names, name, ',');) topics.insert(name);
    return topics;
}

}  // namespace resmon::links
