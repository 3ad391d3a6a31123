#include "server/tls.hpp"

#include "base/error.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <fstream>
#include <mutex>
#include <sstream>

namespace resmon::server {

namespace {

struct Free {
    void operator()(X509* one) const noexcept { X509_free(one); }
    void operator()(EVP_PKEY* one) const noexcept { EVP_PKEY_free(one); }
    void operator()(BIO* one) const noexcept { BIO_free(one); }
    void operator()(SSL_CTX* one) const noexcept { SSL_CTX_free(one); }
    void operator()(STACK_OF(X509) * all) const noexcept { sk_X509_pop_free(all, X509_free); }
};
template <class Thing>
using Owned = std::unique_ptr<Thing, Free>;

/// What OpenSSL says about its last failure.
std::string reason() {
    const char* words = ERR_reason_error_string(ERR_peek_last_error());
    ERR_clear_error();
    return words == nullptr ? "" : std::string{" ("} + words + ")";
}

InputError fault(const std::filesystem::path& file, Wording expectation) {
    return InputError{{{{.file = file.string()}, expectation}}};
}

std::string content_of(const std::filesystem::path& path) {
    const std::ifstream file{path, std::ios::binary};
    std::ostringstream content;
    content << file.rdbuf();
    if (!file || content.str().empty()) throw fault(path, worded("fault.file-readable"));
    return content.str();
}

Owned<BIO> memory_of(const std::string& text) {
    return Owned<BIO>{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

/// A server that starts by itself cannot be asked for a passphrase.
int no_passphrase(char*, int, int, void*) { return -1; }

}  // namespace

struct Certificate::Pair {
    Owned<X509> own;
    Owned<STACK_OF(X509)> above;
    Owned<EVP_PKEY> key;

    explicit Pair(const CertificateFiles& files) : above{sk_X509_new_null()} {
        const std::string certificates = content_of(files.certificate);
        const auto in = memory_of(certificates);
        own.reset(PEM_read_bio_X509(in.get(), nullptr, no_passphrase, nullptr));
        if (!own) throw fault(files.certificate, worded("fault.tls.certificate", {{"reason", reason()}}));
        while (X509* next = PEM_read_bio_X509(in.get(), nullptr, no_passphrase, nullptr))
            sk_X509_push(above.get(), next);
        const bool ends_well = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
        if (!ends_well) throw fault(files.certificate, worded("fault.tls.chain", {{"reason", reason()}}));
        ERR_clear_error();

        const std::string secret = content_of(files.key);
        key.reset(PEM_read_bio_PrivateKey(memory_of(secret).get(), nullptr, no_passphrase, nullptr));
        if (!key) throw fault(files.key, worded("fault.tls.key", {{"reason", reason()}}));
        if (X509_check_private_key(own.get(), key.get()) != 1) {
            ERR_clear_error();
            throw fault(files.key, worded("fault.tls.other-key", {{"file", files.certificate.string()}}));
        }
        // A key that is too short, a signature by SHA-1: what a handshake would refuse is refused now.
        const Owned<SSL_CTX> trial{SSL_CTX_new(TLS_server_method())};
        if (SSL_CTX_use_cert_and_key(trial.get(), own.get(), key.get(), above.get(), 1) != 1)
            throw fault(files.certificate, worded("fault.tls.weak", {{"reason", reason()}}));
    }
};

struct Certificate::Held {
    mutable std::mutex mutex;
    std::unique_ptr<const Pair> newest;

    /// OpenSSL asks at each handshake and keeps its own reference.
    static int show_newest(SSL* connection, void* self) {
        const auto* held = static_cast<const Held*>(self);
        const std::lock_guard lock{held->mutex};
        const Pair& pair = *held->newest;
        return SSL_use_cert_and_key(connection, pair.own.get(), pair.key.get(), pair.above.get(), 1);
    }
};

Certificate::Certificate(CertificateFiles files) : files_{std::move(files)}, held_{std::make_unique<Held>()} {
    reload();
}

Certificate::~Certificate() = default;

void Certificate::reload() {
    auto read = std::make_unique<const Pair>(files_);
    const std::lock_guard lock{held_->mutex};
    held_->newest = std::move(read);
}

bool Certificate::names(const std::string& host) const {
    const std::lock_guard lock{held_->mutex};
    X509* own = held_->newest->own.get();
    return X509_check_host(own, host.data(), host.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT, nullptr) == 1 ||
           X509_check_ip_asc(own, host.c_str(), 0) == 1;
}

std::string Certificate::about() const {
    const std::lock_guard lock{held_->mutex};
    const X509* own = held_->newest->own.get();
    const Owned<BIO> text{BIO_new(BIO_s_mem())};
    X509_NAME_print_ex(text.get(), X509_get_subject_name(own), 0, XN_FLAG_ONELINE & ~ASN1_STRFLGS_ESC_MSB);
    BIO_puts(text.get(), ", valid until ");
    ASN1_TIME_print(text.get(), X509_get0_notAfter(own));
    std::array<char, 512> bytes{};
    const int size = BIO_read(text.get(), bytes.data(), static_cast<int>(bytes.size()));
    return {bytes.data(), static_cast<std::size_t>(std::max(size, 0))};
}

bool Certificate::has_expired() const {
    const std::lock_guard lock{held_->mutex};
    return X509_cmp_current_time(X509_get0_notAfter(held_->newest->own.get())) < 0;
}

ssl_ctx_st* Certificate::new_context() {
    Owned<SSL_CTX> context{SSL_CTX_new(TLS_server_method())};
    if (!context) throw Unavailable{worded("fault.unavailable.tls", {{"why", reason()}})};
    // BSI TR-02102-2: TLS 1.2 and 1.3, forward secrecy, authenticated encryption. The suites of 1.3 are all of that
    // kind.
    const bool is_set = SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION) == 1 &&
                        SSL_CTX_set_cipher_list(context.get(), "ECDHE+AESGCM:ECDHE+CHACHA20") == 1 &&
                        SSL_CTX_set1_groups_list(context.get(), "X25519:P-256:P-384") == 1;
    if (!is_set) throw Unavailable{worded("fault.unavailable.tls", {{"why", reason()}})};
    // A ticket would keep the key of yesterday's connections in memory.
    SSL_CTX_set_options(context.get(), SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(context.get(), 0);
    SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
    // Connections that only wait keep no buffers.
    SSL_CTX_set_mode(context.get(), SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_cert_cb(context.get(), &Held::show_newest, held_.get());
    return context.release();
}

}  // namespace resmon::server
