// A request in our words.
#pragma once

#include "access/principal.hpp"
#include "base/text.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace resmon::http {

using Fields = std::map<std::string, std::string>;

struct Request {
    std::string method;  ///< `GET`
    std::string path;    ///< decoded, without query: `/api/v1/bodies`
    Fields query;        ///< decoded
    Fields headers;      ///< names in lower case
    Fields parameters;   ///< of the path template: `run`
    std::string body;
    std::string client;   ///< address of the person's machine, for audit and throttling; never logged in full
    bool secure = false;  ///< encrypted on its way, to this program or to its proxy
    std::string id;       ///< 16 hex digits, answered as X-Request-Id
    Language language = Language::german;
    Principal who;  ///< nobody until the door has asked

    /// Empty if there is none.
    [[nodiscard]] std::string header(const std::string& name) const;
    /// `https://befragung.example.de`: where the person found the pages, for links that are given out.
    [[nodiscard]] std::string site() const;
    [[nodiscard]] const std::string& parameter(const std::string& name) const { return parameters.at(name); }
};

/// Path and query of a request target. Throws InputError for a malformed escape, bytes that are not UTF-8, or a target
/// that is no absolute path.
void read_target(std::string_view target, Request& request);

/// `lang` of the query; without it `otherwise`.
[[nodiscard]] Language language_asked(const Request& request, Language otherwise);

/// The first of German and English in `Accept-Language`; German if neither is asked for.
[[nodiscard]] Language language_from_accept(std::string_view header);

}  // namespace resmon::http
