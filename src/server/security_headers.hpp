// The headers of every answer that tell a browser how to keep strangers out.
#pragma once

#include "http/response.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace resmon::server {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// What an answer carries: the policies, its own headers, the request's id. `is_secure`: came encrypted, and shall from
/// now on. What would break out of its line is left out.
[[nodiscard]] Headers headers_of(const http::Response& response, const std::string& request_id, bool is_secure);

/// No control character: neither a further header nor a further answer can hide in it.
[[nodiscard]] bool is_header_value(std::string_view value);

}  // namespace resmon::server
