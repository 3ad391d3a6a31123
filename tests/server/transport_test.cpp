// Which ways of listening are refused, with what remedy; certificates that are made here are those that TLS takes.
#include "base/error.hpp"
#include "server/new_certificate.hpp"
#include "server/server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace resmon::server {
namespace {

std::string fault_of(const ServerOptions& options) {
    try {
        check(options);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

const std::vector<Network> proxies{network_from("10.0.0.0/8", "")};
const CertificateFiles files{.certificate = "server.crt", .key = "server.key"};

TEST(Transport, StaysHereOrIsEncryptedOrStandsBehindAProxy) {
    for (const char* address : {"127.0.0.1", "127.0.0.2", "::1"})
        EXPECT_EQ(fault_of({.address = address}), "") << address;
    for (const char* address : {"0.0.0.0", "::", "192.0.2.7"}) {
        EXPECT_EQ(fault_of({.address = address, .tls = files}), "") << address;
        EXPECT_EQ(fault_of({.address = address, .proxies = proxies, .hosts = {"resmon.example"}}), "") << address;
    }
}

TEST(Transport, PlainHttpOffThisMachineIsRefusedWithTheRemedy) {
    EXPECT_EQ(fault_of({.address = "0.0.0.0"}),
              "--address: must be this machine itself (127.0.0.1 or ::1) without encryption, is 0.0.0.0. To be reached "
              "from elsewhere: --tls-cert FILE --tls-key FILE (resmon tls new makes them), or a proxy that encrypts: "
              "--behind-proxy CIDR --host NAME");
    EXPECT_THAT(fault_of({.address = "localhost"}), testing::StartsWith("--address: must be an address"));
}

TEST(Transport, LocalMeansThisMachineWhateverElseIsWished) {
    EXPECT_EQ(fault_of({.address = "0.0.0.0", .local = true, .tls = files}),
              "--address: must be this machine itself (127.0.0.1 or ::1) with --local, is 0.0.0.0");
    EXPECT_EQ(fault_of({.local = true, .proxies = proxies, .hosts = {"resmon.example"}}),
              "--behind-proxy: must not stand beside --local: a proxy would let others in without signing in");
}

TEST(Transport, HalfOfAPairIsRefused) {
    EXPECT_EQ(fault_of({.tls = CertificateFiles{.certificate = "server.crt"}}),
              "--tls-key: is missing: certificate and key belong together");
    EXPECT_EQ(fault_of({.tls = CertificateFiles{.key = "server.key"}}),
              "--tls-cert: is missing: certificate and key belong together");
    EXPECT_EQ(fault_of({.proxies = proxies}),
              "--host: is missing: behind a proxy the name by which people call it must be said");
}

class CertificateFilesOnDisk : public testing::Test {
protected:
    CertificateFilesOnDisk() { std::filesystem::create_directories(folder_); }
    ~CertificateFilesOnDisk() override { std::filesystem::remove_all(folder_); }

    CertificateFiles kept(const NewCertificate& pair) const {
        std::ofstream{folder_ / "server.crt"} << pair.certificate;
        std::ofstream{folder_ / "server.key"} << pair.key;
        return {.certificate = folder_ / "server.crt", .key = folder_ / "server.key"};
    }

    std::string fault_of(const NewCertificate& pair) const {
        try {
            const Certificate certificate{kept(pair)};
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    }

    const std::filesystem::path folder_ =
        std::filesystem::path{testing::TempDir()} /
        ("resmon_tls_" + std::string{testing::UnitTest::GetInstance()->current_test_info()->name()});
    const Time now_ = std::chrono::system_clock::now();
    const NewCertificate authority_ = new_authority("Test", now_);
    const std::vector<std::string> hosts_{"resmon.example", "192.0.2.7", "2001:db8::7"};
    const NewCertificate pair_ = new_server_certificate(authority_, hosts_, now_);
};

TEST_F(CertificateFilesOnDisk, NameTheirHostsAndNobodyElse) {
    const Certificate certificate{kept(pair_)};
    for (const char* host : {"resmon.example", "RESMON.example", "192.0.2.7", "2001:db8::7"})
        EXPECT_TRUE(certificate.names(host)) << host;
    for (const char* host : {"", "evil.example", "example", "sub.resmon.example", "192.0.2.8"})
        EXPECT_FALSE(certificate.names(host)) << host;
    EXPECT_FALSE(certificate.has_expired());
    EXPECT_THAT(certificate.about(), testing::StartsWith("CN = resmon.example, valid until "));
}

TEST_F(CertificateFilesOnDisk, ABrokenNewPairLeavesTheOldOne) {
    Certificate certificate{kept(pair_)};
    const std::vector<std::string> others{"other.example"};
    const NewCertificate other = new_server_certificate(authority_, others, now_);
    kept({.certificate = other.certificate, .key = pair_.key});
    EXPECT_THROW(certificate.reload(), InputError);
    EXPECT_TRUE(certificate.names("resmon.example"));
    kept(other);
    certificate.reload();
    EXPECT_TRUE(certificate.names("other.example"));
    EXPECT_FALSE(certificate.names("resmon.example"));
}

TEST_F(CertificateFilesOnDisk, AreRefusedWithFileAndReason) {
    const std::string certificate = (folder_ / "server.crt").string();
    const std::string key = (folder_ / "server.key").string();
    EXPECT_EQ(fault_of({.certificate = pair_.certificate, .key = authority_.key}),
              key + ": must be the key of the certificate in " + certificate);
    EXPECT_THAT(fault_of({.certificate = "no certificate", .key = pair_.key}),
                testing::StartsWith(certificate + ": must hold a certificate in PEM"));
    EXPECT_THAT(fault_of({.certificate = pair_.certificate, .key = pair_.certificate}),
                testing::StartsWith(key + ": must hold a private key in PEM without passphrase"));
    EXPECT_EQ(fault_of({.certificate = "", .key = pair_.key}), certificate + ": must be a file that can be read");
    const std::string cut = pair_.certificate + authority_.certificate.substr(0, authority_.certificate.size() / 2);
    EXPECT_THAT(fault_of({.certificate = cut, .key = pair_.key}),
                testing::StartsWith(certificate + ": must hold certificates in PEM to its end"));
}

TEST_F(CertificateFilesOnDisk, ThatHaveExpiredAreKnown) {
    const Time long_ago = now_ - std::chrono::days{1000};
    const Certificate certificate{kept(new_server_certificate(new_authority("Test", long_ago), hosts_, long_ago))};
    EXPECT_TRUE(certificate.has_expired());
}

TEST_F(CertificateFilesOnDisk, AreMadeForNamesAndAddressesOnly) {
    for (const char* host : {"", "-a.example", "a..example", "a b", "a,DNS:evil.example", "10.0.0.256", "ä.example",
                             "*.example", "a\n", "a.example."}) {
        const std::vector<std::string> hosts{host};
        EXPECT_THROW((void)new_server_certificate(authority_, hosts, now_), InputError) << host;
    }
    EXPECT_THROW((void)new_server_certificate(authority_, {}, now_), InputError);
    EXPECT_THROW((void)new_server_certificate(pair_, hosts_, now_), InputError) << "a server may sign nobody";
    EXPECT_THROW((void)new_server_certificate({.certificate = authority_.certificate, .key = pair_.key}, hosts_, now_),
                 InputError);
}

}  // namespace
}  // namespace resmon::server
