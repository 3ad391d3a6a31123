#include "http/request.hpp"

#include "base/error.hpp"

#include <charconv>

namespace resmon::http {

namespace {

std::string decoded(std::string_view text, bool is_query) {
    std::string plain;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] == '+' && is_query) {
            plain += ' ';
        } else if (text[at] == '%') {
            unsigned byte = 0;
            const char* digits = text.data() + at + 1;
            const bool is_whole =
                at + 2 < text.size() && std::from_chars(digits, digits + 2, byte, 16).ptr == digits + 2;
            if (!is_whole || byte == 0) throw InputError{worded("fault.request.escape")};
            plain += static_cast<char>(byte);
            at += 2;
        } else {
            plain += text[at];
        }
    }
    if (!is_utf8(plain)) throw InputError{worded("fault.request.address-utf8")};
    return plain;
}

}  // namespace

std::string Request::site() const { return (secure ? "https://" : "http://") + header("host"); }

std::string Request::header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string{} : found->second;
}

void read_target(std::string_view target, Request& request) {
    if (!target.starts_with('/')) throw InputError{worded("fault.request.absolute")};
    const std::size_t mark = target.find('?');
    request.path = decoded(target.substr(0, mark), false);
    if (mark == std::string_view::npos) return;
    std::string_view rest = target.substr(mark + 1);
    rest = rest.substr(0, rest.find('#'));
    while (!rest.empty()) {
        const std::string_view pair = rest.substr(0, rest.find('&'));
        rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
        const std::size_t equals = pair.find('=');
        if (pair.empty()) continue;
        request.query[decoded(pair.substr(0, equals), true)] =
            equals == std::string_view::npos ? "" : decoded(pair.substr(equals + 1), true);
    }
}

Language language_asked(const Request& request, Language otherwise) {
    const auto asked = request.query.find("lang");
    return asked == request.query.end() ? otherwise : language_from_locale(asked->second);
}

Language language_from_accept(std::string_view header) {
    const std::size_t german = header.find("de");
    const std::size_t english = header.find("en");
    return english < german ? Language::english : Language::german;
}

}  // namespace resmon::http
