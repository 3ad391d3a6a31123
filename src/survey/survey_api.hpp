// The survey over HTTP (api/survey.yaml).
#pragma once

#include "http/routes.hpp"
#include "survey/survey.hpp"

namespace resmon::survey {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, Survey& survey);

}  // namespace resmon::survey
