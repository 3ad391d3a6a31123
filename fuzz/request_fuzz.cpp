// Any address and any body at the door: an answer, never an exception.
#include "base/error.hpp"
#include "http/door.hpp"
#include "http/openapi.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon;
    static const http::OpenApi api;
    static const http::Routes routes = [] {
        http::Routes known;
        const auto nothing = [](const http::Request&) { return http::Response{}; };
        known.post("/api/v1/outage-runs", Action::start_run, nothing);
        known.get("/api/v1/bodies", Action::read_catalogue, nothing);
        known.get("/api/v1/outage-runs/{run}/bodies/{body}", Action::read_runs, nothing);
        return known;
    }();
    static const http::Door door{routes, {.validate = [](const http::Request& request, const http::Route& route) {
                                     api.check(request, route);
                                 }}};

    // The first line is the target, the rest the body.
    const std::string_view input{reinterpret_cast<const char*>(bytes), size};
    const std::size_t line = std::min(input.find('\n'), input.size());
    http::Request request{.method = size % 2 == 0 ? "POST" : "GET",
                          .body = std::string{input.substr(std::min(line + 1, size))}};
    try {
        http::read_target(input.substr(0, line), request);
    } catch (const InputError&) {
        return 0;
    }
    std::string route;
    if (const int status = door.answer(request, route).status; status < 200 || status == 500) std::abort();
    return 0;
}
