// Any bytes as a Cookie header: at most a token of the right form comes out, and only one that stands in the header.
#include "credentials/secret_token.hpp"
#include "sign_on/cookie.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace resmon::sign_on;
    const std::string_view header{reinterpret_cast<const char*>(bytes), size};
    for (const Transport transport : {Transport::tls, Transport::plain_loopback}) {
        const auto value = find_cookie(header, transport);
        if (!value) continue;
        if (header.find(value->revealed()) == std::string_view::npos) std::abort();
        const auto token = token_from(TokenKind::session, value->revealed());
        // What is accepted can be written back without ending the header or the cookie.
        if (token && find_cookie(set_cookie(*token, transport), transport) != token) std::abort();
    }
    return 0;
}
