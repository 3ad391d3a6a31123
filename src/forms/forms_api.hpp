// The offline form over HTTP (api/survey.yaml).
#pragma once

#include "forms/forms.hpp"
#include "http/routes.hpp"

namespace resmon::forms {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, Forms& forms);

}  // namespace resmon::forms
