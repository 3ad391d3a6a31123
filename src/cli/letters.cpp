#include "cli/letters.hpp"

#include "base/error.hpp"
#include "cli/passphrase.hpp"

namespace resmon::cli {

namespace {

bool is_address_of_pages(const std::string& url) {
    return (url.starts_with("https://") || url.starts_with("http://")) && !url.ends_with('/') &&
           url.find_first_of(" #?\"<>") == std::string::npos;
}

}  // namespace

waves::Sending sending_of(const Options& options) {
    waves::Sending sending{.post = {}, .from = options.smtp.from, .address = options.public_url};
    if (!options.public_url.empty() && !is_address_of_pages(options.public_url))
        throw InputError{{Fault{{.path = "public-url"}, worded("fault.public-url", {{"found", options.public_url}})}}};
    if (!options.smtp.is_set_up()) return sending;
    mail::SmtpServer server = options.smtp;
    mail::check(server);
    if (!options.smtp_password_file.empty()) server.password = first_line(options.smtp_password_file);
    sending.post = mail::post_over(std::move(server));
    return sending;
}

}  // namespace resmon::cli
