// Answers held against the API's description.
#pragma once

#include "http/response.hpp"
#include "schema/check.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace resmon::http {

/// The status is one of the operation's, its kind of content too, and a JSON answer fits its schema. `method` in lower
/// case, `path` as the description names it: `/responses/{response}`.
inline void expect_described(const nlohmann::json& document, const std::string& path, const std::string& method,
                             const Response& response) {
    const nlohmann::json& described = document.at("paths").at(path).at(method).at("responses");
    const std::string status = std::to_string(response.status);
    EXPECT_TRUE(described.contains(status)) << method << " " << path << " answers " << status << ": " << response.body;
    if (const std::string type = response.type.substr(0, response.type.find(';')); !type.empty()) {
        EXPECT_TRUE(described.at(status).at("content").contains(type)) << method << " " << path << " answers " << type;
    }
    std::string pointer = "/paths/";
    for (const char character : path) pointer += character == '/' ? "~1" : std::string(1, character);
    pointer += "/" + method + "/responses/" + status + "/content/application~1json/schema";
    if (!document.contains(nlohmann::json::json_pointer{pointer})) return;
    for (const Fault& fault : schema::Schema{document, pointer}.faults(nlohmann::json::parse(response.body)))
        ADD_FAILURE() << method << " " << path << ": " << to_string(fault);
}

}  // namespace resmon::http
