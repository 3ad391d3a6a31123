// Files of waves over HTTP (api/waves.yaml). Answers are not among them.
#pragma once

#include "http/routes.hpp"
#include "wave_files/wave_files.hpp"

namespace resmon::wave_files {

/// The desk must outlive the routes.
void add_routes(http::Routes& routes, WaveFiles& files);

}  // namespace resmon::wave_files
