// The pages that are built into the program.
#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <string>

namespace resmon::server {

/// A page, script, style or font; every address without a file extension is a page and gets index.html, whose script
/// reads the address. 404 for a file that does not exist.
[[nodiscard]] http::Response static_page(const http::Request& request);

}  // namespace resmon::server
