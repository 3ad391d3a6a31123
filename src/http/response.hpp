// An answer in our words.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace resmon::http {

/// Sends a piece of a stream; false when the other side has gone or the server stops.
using Send = std::function<bool(std::string_view)>;

struct Response {
    int status = 200;
    std::string type = "application/json; charset=utf-8";
    std::string body;
    std::map<std::string, std::string> headers;
    std::function<void(const Send&)>
        stream;  ///< if set, the body is sent by it, piece by piece, on a thread of its own
};

[[nodiscard]] inline Response json_response(std::string body, int status = 200) {
    return {.status = status, .body = std::move(body)};
}

inline constexpr const char* csv_type = "text/csv; charset=utf-8";

/// To be kept as a file of that name.
[[nodiscard]] Response file_response(std::string type, std::string content, const std::string& name);

/// For answers that hold a secret: nobody on the way keeps them.
[[nodiscard]] inline Response unkept(Response response) {
    response.headers["Cache-Control"] = "no-store";
    return response;
}

/// Adds an ETag of the body and answers 304 if the reader has it already.
[[nodiscard]] Response with_etag(Response response, const std::string& if_none_match);

}  // namespace resmon::http
