// Waves over HTTP (api/waves.yaml).
#pragma once

#include "http/routes.hpp"
#include "waves/dispatching.hpp"
#include "waves/invitations.hpp"

namespace resmon::waves {

/// The three desks; they must outlive the routes.
struct Desks {
    Waves& waves;
    Dispatching& dispatching;
    Invitations& invitations;
};

void add_routes(http::Routes& routes, Desks desks);

}  // namespace resmon::waves
