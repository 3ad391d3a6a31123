// What went wrong, for people and machines: RFC 9457.
#pragma once

#include "base/error.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <string>
#include <vector>

namespace resmon::http {

/// `type` is the last word of the problem's type and the key of its title in the program texts (`problem.<type>`).
[[nodiscard]] Response problem(const Request& request, int status, const std::string& type,
                               const std::string& detail = {}, const std::vector<Fault>& faults = {});

/// The type of what a person may not do. What belongs to others is not found.
[[nodiscard]] std::string problem_type(Forbidden::Why why);

}  // namespace resmon::http
