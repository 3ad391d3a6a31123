// A message as it goes over the wire: RFC 5322 and MIME, plain text in UTF-8.
#pragma once

#include "base/instant.hpp"

#include <string>
#include <string_view>

namespace resmon::mail {

struct Message {
    std::string id;    ///< what makes it this message: sent twice, a mail server can tell
    std::string from;  ///< `name@host`
    std::string to;
    std::string subject;
    std::string body;
    Instant at;
};

/// One address without display name: `name@host`. Nothing that could end a header line or add a recipient.
[[nodiscard]] bool is_address(std::string_view text);

/// Lines end in CR LF; subject and body are encoded (RFC 2047, base64), so that no text can become a header.
[[nodiscard]] std::string text_of(const Message& message);

}  // namespace resmon::mail
