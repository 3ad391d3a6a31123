// The certificate that this server shows, and how it encrypts.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

struct ssl_ctx_st;

namespace resmon::server {

struct CertificateFiles {
    std::filesystem::path certificate;  ///< PEM: the server's own, then those that lead to the authority
    std::filesystem::path key;          ///< PEM, without passphrase
};

/// From any thread.
class Certificate {
public:
    /// Throws InputError with the file and what is wrong with it.
    explicit Certificate(CertificateFiles files);
    Certificate(const Certificate&) = delete;
    Certificate& operator=(const Certificate&) = delete;
    ~Certificate();

    /// Reads the files again; connections that begin from now on see what was read. If it throws InputError, the pair
    /// that was read before stays.
    void reload();

    /// Whether the certificate names this host or address.
    [[nodiscard]] bool names(const std::string& host) const;
    /// Who and until when, for the log.
    [[nodiscard]] std::string about() const;
    [[nodiscard]] bool has_expired() const;

    /// TLS 1.2 with forward secrecy and authenticated encryption, or TLS 1.3. The caller frees it, and before this
    /// ends.
    [[nodiscard]] ssl_ctx_st* new_context();

private:
    struct Pair;
    struct Held;

    CertificateFiles files_;
    std::unique_ptr<Held> held_;
};

}  // namespace resmon::server
