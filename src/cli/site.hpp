// Everything that answers over HTTP, put together: routes, who comes, who may, the shape of requests.
#pragma once

#include "cli/installation.hpp"
#include "explain/explain.hpp"
#include "forecast/forecast.hpp"
#include "forms/forms.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"
#include "server/metrics.hpp"
#include "survey/survey.hpp"
#include "wave_files/wave_files.hpp"
#include "waves/dispatching.hpp"
#include "waves/invitations.hpp"

namespace resmon::cli {

enum class Audience {
    this_machine,  ///< one implicit person, no accounts
    people,        ///< who sign in
};

class Site {
public:
    /// All of them must outlive the site.
    Site(const Options& options, Installation& installation, forecast::Runs& runs, survey::Survey& survey,
         Audience audience);
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    /// From any thread.
    [[nodiscard]] http::Response answer(http::Request request);
    [[nodiscard]] const http::Routes& routes() const noexcept { return routes_; }

private:
    [[nodiscard]] http::Checks checks(Audience audience);

    Installation& installation_;
    explain::Explanations explanations_;
    forms::Forms forms_;
    waves::Waves waves_;
    wave_files::WaveFiles wave_files_;
    waves::Dispatching dispatching_;
    waves::Invitations wave_invitations_;
    http::OpenApi api_;
    server::Metrics metrics_;
    http::Routes routes_;
    http::Door door_;
};

}  // namespace resmon::cli
