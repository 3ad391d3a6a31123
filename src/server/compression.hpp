// Large answers travel compressed; those that hold a secret never (docs/decisions/0035-compressed-answers.md).
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <string_view>

namespace resmon::server {

/// By its header, the client takes this encoding (RFC 9110, 12.5.3; a weight of 0 declines it).
[[nodiscard]] bool takes(const http::Request& request, std::string_view encoding);

/// JSON and CSV of some size as gzip if the client takes it, its tag then a weak one; every other answer as it is.
/// Costs about a millisecond per 100 kB.
[[nodiscard]] http::Response compressed(http::Response response, const http::Request& request);

}  // namespace resmon::server
