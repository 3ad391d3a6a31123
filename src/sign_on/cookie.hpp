// The one cookie: written by us, read back from a header that anybody may have written.
#pragma once

#include "secrets/secret.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace resmon::sign_on {

enum class Transport {
    tls,
    plain_loopback,  ///< browsers keep no `Secure` cookie and no `__Host-` name without TLS
};

/// `__Host-resmon` under TLS: the prefix makes browsers refuse it from other hosts, for other paths, and without TLS.
[[nodiscard]] std::string_view cookie_name(Transport transport);

/// The value of the header `Cookie` for our name, as it stands there; the caller lets token_from judge it. Nothing if
/// the name is missing, stands there twice (somebody slipped in a second one), or the header is longer than 8 KiB.
/// Form: RFC 6265 §5.4, read leniently: pairs without `=` are passed over.
[[nodiscard]] std::optional<Secret> find_cookie(std::string_view header, Transport transport);

/// The value of `Set-Cookie`. Without `Max-Age`: it goes with the browser, and the server ends it earlier.
/// SameSite=Strict: a link from a mail arrives without the cookie, so its page has to be one that asks for it itself.
[[nodiscard]] std::string set_cookie(const Secret& token, Transport transport);

/// The value of `Set-Cookie` that removes it.
[[nodiscard]] std::string removed_cookie(Transport transport);

}  // namespace resmon::sign_on
