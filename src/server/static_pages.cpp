#include "server/static_pages.hpp"

#include "base/shipped.hpp"
#include "http/problem.hpp"
#include "server/compression.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace resmon::server {

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 9> types{
    {{".html", "text/html; charset=utf-8"},
     {".js", "text/javascript; charset=utf-8"},
     {".css", "text/css; charset=utf-8"},
     {".svg", "image/svg+xml"},
     {".woff2", "font/woff2"},
     {".json", "application/json"},
     {".webmanifest", "application/manifest+json"},
     {".png", "image/png"},
     {".txt", "text/plain; charset=utf-8"}}};

const ShippedFile* find_file(std::string_view path) {
    const auto files = shipped_pages();
    const auto found = std::ranges::find(files, path, &ShippedFile::path);
    return found == files.end() ? nullptr : &*found;
}

std::string_view type_of(std::string_view path) {
    for (const auto& [ending, type] : types)
        if (path.ends_with(ending)) return type;
    return "application/octet-stream";
}

}  // namespace

http::Response static_page(const http::Request& request) {
    if (request.method != "GET" && request.method != "HEAD") return http::problem(request, 405, "method-not-allowed");
    std::string_view path{request.path};
    path.remove_prefix(1);
    const ShippedFile* file = find_file(path);
    const bool is_page = path.find('.') == std::string_view::npos;
    if (file == nullptr && is_page) file = find_file("index.html");
    if (file == nullptr) return http::problem(request, 404, "not-found");

    http::Response response{.type = std::string{type_of(file->path)}, .headers = {{"Vary", "Accept-Encoding"}}};
    // Vite puts a hash of the content into the names below assets/: what has such a name never changes.
    if (file->path.starts_with("assets/")) response.headers["Cache-Control"] = "public, max-age=31536000, immutable";
    if (takes(request, "br")) {
        response.headers["Content-Encoding"] = "br";
        response.body = file->brotli;
    } else if (!file->gzip.empty() && takes(request, "gzip")) {
        response.headers["Content-Encoding"] = "gzip";
        response.body = file->gzip;
    } else {
        response.body = unpacked(*file);
    }
    return http::with_etag(std::move(response), request.header("if-none-match"));
}

}  // namespace resmon::server
