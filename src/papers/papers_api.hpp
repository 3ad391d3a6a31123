// Papers over HTTP (api/survey.yaml).
#pragma once

#include "http/routes.hpp"
#include "survey/survey.hpp"

namespace resmon::papers {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, survey::Survey& survey);

}  // namespace resmon::papers
