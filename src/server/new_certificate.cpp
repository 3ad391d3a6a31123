#include "server/new_certificate.hpp"

#include "base/error.hpp"
#include "server/proxy.hpp"

#include <fmt/format.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace resmon::server {

namespace {

struct Free {
    void operator()(X509* one) const noexcept { X509_free(one); }
    void operator()(X509_EXTENSION* one) const noexcept { X509_EXTENSION_free(one); }
    void operator()(EVP_PKEY* one) const noexcept { EVP_PKEY_free(one); }
    void operator()(BIGNUM* one) const noexcept { BN_free(one); }
    void operator()(BIO* one) const noexcept { BIO_free(one); }
};
template <class Thing>
using Owned = std::unique_ptr<Thing, Free>;

constexpr std::chrono::days authority_lifetime{3653};
constexpr std::chrono::days server_lifetime{825};
/// Clocks of isolated networks differ.
constexpr std::chrono::hours clocks_differ{24};

/// OpenSSL fails here only without memory or randomness.
template <class Result>
Result checked(Result result) {
    if (!result) {
        const char* reason = ERR_reason_error_string(ERR_get_error());
        throw std::runtime_error{std::string{"a certificate cannot be made: "} + (reason == nullptr ? "?" : reason)};
    }
    return result;
}

std::string pem_of(const auto& write) {
    const Owned<BIO> memory{checked(BIO_new(BIO_s_mem()))};
    checked(write(memory.get()) == 1);
    char* bytes = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, static_cast<std::size_t>(size)};
}

Owned<BIO> memory_of(const std::string& text) {
    return Owned<BIO>{checked(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())))};
}

void add_extension(X509& subject, X509& issuer, int kind, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx(&context, &issuer, &subject, nullptr, nullptr, 0);
    const Owned<X509_EXTENSION> extension{checked(X509V3_EXT_nconf_nid(nullptr, &context, kind, value.c_str()))};
    checked(X509_add_ext(&subject, extension.get(), -1) == 1);
}

/// Serial, name, lifetime and key; issuer and extensions are still missing.
Owned<X509> unsigned_certificate(const std::string& name, EVP_PKEY& key, Time now, std::chrono::days lifetime) {
    Owned<X509> made{checked(X509_new())};
    checked(X509_set_version(made.get(), X509_VERSION_3) == 1);
    constexpr int serial_bits = 127;
    const Owned<BIGNUM> serial{checked(BN_new())};
    checked(BN_rand(serial.get(), serial_bits, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1);
    checked(BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(made.get())));
    using std::chrono::system_clock;
    checked(ASN1_TIME_set(X509_getm_notBefore(made.get()), system_clock::to_time_t(now - clocks_differ)));
    checked(ASN1_TIME_set(X509_getm_notAfter(made.get()), system_clock::to_time_t(now - clocks_differ + lifetime)));
    checked(X509_set_pubkey(made.get(), &key) == 1);

    // RFC 5280, A.1: a common name has at most 64 characters.
    constexpr std::size_t longest_name = 64;
    const std::string shown = name.substr(0, longest_name);
    const auto* bytes = reinterpret_cast<const unsigned char*>(shown.data());
    checked(X509_NAME_add_entry_by_NID(X509_get_subject_name(made.get()), NID_commonName, MBSTRING_UTF8, bytes,
                                       static_cast<int>(shown.size()), -1, 0) == 1);
    return made;
}

NewCertificate signed_pem(X509& made, EVP_PKEY& own_key, EVP_PKEY& signing_key) {
    checked(X509_sign(&made, &signing_key, EVP_sha256()) > 0);
    return {.certificate = pem_of([&](BIO* out) { return PEM_write_bio_X509(out, &made); }),
            .key = pem_of([&](BIO* out) {
                return PEM_write_bio_PKCS8PrivateKey(out, &own_key, nullptr, nullptr, 0, nullptr, nullptr);
            })};
}

Owned<EVP_PKEY> new_key() { return Owned<EVP_PKEY>{checked(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"))}; }

/// RFC 1123, 2.1: letters, digits and hyphens between dots.
bool is_host_name(std::string_view name) {
    constexpr std::size_t longest_name = 253;
    constexpr std::size_t longest_label = 63;
    if (name.empty() || name.size() > longest_name) return false;
    for (std::size_t begin = 0; begin <= name.size();) {
        const std::size_t end = std::min(name.find('.', begin), name.size());
        const std::string_view label = name.substr(begin, end - begin);
        const bool is_label = !label.empty() && label.size() <= longest_label && label.front() != '-' &&
                              label.back() != '-' && std::ranges::all_of(label, [](char letter) {
                                  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                                         (letter >= '0' && letter <= '9') || letter == '-';
                              });
        if (!is_label) return false;
        begin = end + 1;
    }
    // 10.0.0.256 is a mistyped address, not a name.
    return !std::ranges::all_of(name.substr(name.rfind('.') + 1),
                                [](char letter) { return letter >= '0' && letter <= '9'; });
}

std::string alternative_names(std::span<const std::string> hosts) {
    std::vector<Fault> faults;
    std::string list;
    for (const std::string& host : hosts) {
        const bool is_address = address_from(host).has_value();
        if (!is_address && !is_host_name(host))
            faults.push_back({{.path = "--host"}, worded("fault.tls.host", {{"found", host}})});
        list += (list.empty() ? "" : ",") + std::string{is_address ? "IP:" : "DNS:"} + host;
    }
    if (hosts.empty()) faults.push_back({{.path = "--host"}, worded("fault.missing")});
    if (!faults.empty()) throw InputError{std::move(faults)};
    return list;
}

}  // namespace

NewCertificate new_authority(const std::string& name, Time now) {
    const auto key = new_key();
    const auto made = unsigned_certificate(name, *key, now, authority_lifetime);
    checked(X509_set_issuer_name(made.get(), X509_get_subject_name(made.get())) == 1);
    add_extension(*made, *made, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(*made, *made, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(*made, *made, NID_subject_key_identifier, "hash");
    return signed_pem(*made, *key, *key);
}

NewCertificate new_server_certificate(const NewCertificate& authority, std::span<const std::string> hosts, Time now) {
    const std::string names = alternative_names(hosts);
    const Owned<X509> above{PEM_read_bio_X509(memory_of(authority.certificate).get(), nullptr, nullptr, nullptr)};
    const Owned<EVP_PKEY> signing{PEM_read_bio_PrivateKey(memory_of(authority.key).get(), nullptr, nullptr, nullptr)};
    const bool may_sign =
        above && signing && X509_check_ca(above.get()) == 1 && X509_check_private_key(above.get(), signing.get()) == 1;
    ERR_clear_error();
    if (!may_sign) throw InputError{{{{.path = "--ca"}, worded("fault.tls.authority")}}};

    const auto key = new_key();
    const auto made = unsigned_certificate(hosts.front(), *key, now, server_lifetime);
    checked(X509_set_issuer_name(made.get(), X509_get_subject_name(above.get())) == 1);
    add_extension(*made, *above, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(*made, *above, NID_key_usage, "critical,digitalSignature");
    add_extension(*made, *above, NID_ext_key_usage, "serverAuth");
    add_extension(*made, *above, NID_subject_alt_name, names);
    add_extension(*made, *above, NID_subject_key_identifier, "hash");
    add_extension(*made, *above, NID_authority_key_identifier, "keyid:always");
    return signed_pem(*made, *key, *signing);
}

std::string fingerprint_of(const std::string& certificate) {
    const Owned<X509> read{checked(PEM_read_bio_X509(memory_of(certificate).get(), nullptr, nullptr, nullptr))};
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    checked(X509_digest(read.get(), EVP_sha256(), digest.data(), &size) == 1);
    return fmt::format("{:02X}", fmt::join(digest.data(), digest.data() + size, ":"));
}

}  // namespace resmon::server
