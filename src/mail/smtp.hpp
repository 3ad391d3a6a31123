// Hands messages to the mail server of the installation (SMTP); the only libcurl unit.
#pragma once

#include "mail/message.hpp"
#include "secrets/secret.hpp"

#include <functional>
#include <string>

namespace resmon::mail {

/// Settings of the installation. No address: mail is not set up.
struct SmtpServer {
    std::string url;   ///< `smtps://host:465`, or `smtp://host:587` with STARTTLS, which is demanded but on loopback
    std::string from;  ///< the sender's address
    std::string user;  ///< empty = without signing in
    Secret password;
    std::string certificates = {};  ///< file of authorities to trust instead of the system's; for tests and own ones

    [[nodiscard]] bool is_set_up() const { return !url.empty(); }
};

/// Throws InputError for an address that is no smtp:// or smtps:// of a host, or a sender that is no address.
void check(const SmtpServer& server);

struct Outcome {
    enum class Kind {
        accepted,  ///< the server took it
        refused,   ///< it was certainly not sent
        unknown,   ///< it was handed over, but the answer did not come: it may have been sent
    };
    Kind kind = Kind::refused;
    std::string reason;  ///< what the server or the network said; without addresses of recipients
};

/// How a message leaves. Tests put another in its place.
using Post = std::function<Outcome(const Message&)>;

/// Each message has a connection of its own, with 30 seconds for it. From any thread.
[[nodiscard]] Post post_over(SmtpServer server);

}  // namespace resmon::mail
