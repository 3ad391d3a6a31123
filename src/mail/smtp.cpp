#include "mail/smtp.hpp"

#include "base/error.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>

namespace resmon::mail {

namespace {

constexpr std::string_view plain = "smtp://";
constexpr std::string_view encrypted = "smtps://";

std::string host_of(std::string_view url) {
    url.remove_prefix(url.starts_with(encrypted) ? encrypted.size() : plain.size());
    if (url.starts_with('[')) return std::string{url.substr(1, url.find(']') - 1)};
    return std::string{url.substr(0, url.find_first_of(":/"))};
}

bool is_loopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

/// What is left of the message, as libcurl asks for it.
struct Upload {
    std::string_view rest;
    bool is_over = false;
};

std::size_t more(char* to, std::size_t size, std::size_t count, void* from) {
    auto& upload = *static_cast<Upload*>(from);
    const std::size_t length = std::min(size * count, upload.rest.size());
    std::memcpy(to, upload.rest.data(), length);
    upload.rest.remove_prefix(length);
    if (length == 0) upload.is_over = true;
    return length;
}

struct Closing {
    void operator()(CURL* connection) const { curl_easy_cleanup(connection); }
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Connection = std::unique_ptr<CURL, Closing>;
using List = std::unique_ptr<curl_slist, Closing>;

/// Once in a process, before any other thread speaks to libcurl.
void begin_library() {
    static std::once_flag once;
    std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

void set_server(CURL* connection, const SmtpServer& server, const std::string& password) {
    constexpr long seconds_to_connect = 10;
    constexpr long seconds = 30;
    curl_easy_setopt(connection, CURLOPT_URL, server.url.c_str());
    curl_easy_setopt(connection, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(connection, CURLOPT_PROXY, "");
    const long tls = is_loopback(host_of(server.url)) ? CURLUSESSL_TRY : CURLUSESSL_ALL;
    curl_easy_setopt(connection, CURLOPT_USE_SSL, tls);
    if (!server.certificates.empty()) curl_easy_setopt(connection, CURLOPT_CAINFO, server.certificates.c_str());
    if (!server.user.empty()) {
        curl_easy_setopt(connection, CURLOPT_USERNAME, server.user.c_str());
        curl_easy_setopt(connection, CURLOPT_PASSWORD, password.c_str());
    }
    curl_easy_setopt(connection, CURLOPT_CONNECTTIMEOUT, seconds_to_connect);
    curl_easy_setopt(connection, CURLOPT_TIMEOUT, seconds);
    curl_easy_setopt(connection, CURLOPT_NOSIGNAL, 1L);
}

/// A negative answer after the message says that it was not taken; silence after it says nothing.
Outcome outcome_of(CURLcode code, long answer, bool is_handed_over) {
    constexpr long first_refusal = 400;
    if (code == CURLE_OK) return {Outcome::Kind::accepted, {}};
    const std::string reason =
        answer >= first_refusal ? fmt::format("{} ({})", curl_easy_strerror(code), answer) : curl_easy_strerror(code);
    return {is_handed_over && answer < first_refusal ? Outcome::Kind::unknown : Outcome::Kind::refused, reason};
}

Outcome send(const SmtpServer& server, const Message& message) {
    begin_library();
    const Connection connection{curl_easy_init()};
    if (!connection) return {Outcome::Kind::refused, "out of memory"};
    const std::string password{server.password.revealed()};
    set_server(connection.get(), server, password);
    const std::string text = text_of(message);
    const std::string from = "<" + message.from + ">";
    const List recipients{curl_slist_append(nullptr, ("<" + message.to + ">").c_str())};
    Upload upload{.rest = text};
    curl_easy_setopt(connection.get(), CURLOPT_MAIL_FROM, from.c_str());
    curl_easy_setopt(connection.get(), CURLOPT_MAIL_RCPT, recipients.get());
    curl_easy_setopt(connection.get(), CURLOPT_READFUNCTION, &more);
    curl_easy_setopt(connection.get(), CURLOPT_READDATA, &upload);
    curl_easy_setopt(connection.get(), CURLOPT_UPLOAD, 1L);
    const CURLcode code = curl_easy_perform(connection.get());
    long answer = 0;
    curl_easy_getinfo(connection.get(), CURLINFO_RESPONSE_CODE, &answer);
    return outcome_of(code, answer, upload.is_over);
}

}  // namespace

void check(const SmtpServer& server) {
    std::vector<Fault> faults;
    if (server.is_set_up()) {
        const bool is_smtp = server.url.starts_with(plain) || server.url.starts_with(encrypted);
        if (!is_smtp || host_of(server.url).empty() || server.url.find('@') != std::string::npos)
            faults.push_back({{.path = "smtp-url"}, worded("fault.smtp.url")});
        if (!is_address(server.from)) faults.push_back({{.path = "smtp-from"}, worded("fault.smtp.from")});
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
}

Post post_over(SmtpServer server) {
    return [server = std::move(server)](const Message& message) { return send(server, message); };
}

}  // namespace resmon::mail
