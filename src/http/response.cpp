#include "http/response.hpp"

#include "base/random.hpp"

#include <fmt/format.h>

#include <utility>

namespace resmon::http {

Response file_response(std::string type, std::string content, const std::string& name) {
    return {.type = std::move(type),
            .body = std::move(content),
            .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}\"", name)}}};
}

Response with_etag(Response response, const std::string& if_none_match) {
    const std::string tag = fmt::format("\"{:016x}\"", entity_hash(response.body));
    const bool is_known = if_none_match == "*" || if_none_match.find(tag) != std::string::npos;
    if (is_known) response = {.status = 304, .type = {}};
    response.headers["ETag"] = tag;
    return response;
}

}  // namespace resmon::http
