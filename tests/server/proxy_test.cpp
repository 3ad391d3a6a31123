// Networks, and who is believed about whom: addresses of RFC 5737 and RFC 3849 (documentation).
#include "server/proxy.hpp"
#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace resmon::server {
namespace {

Address address(std::string_view text) { return address_from(text).value(); }
Network network(std::string_view text) { return network_from(text, "--behind-proxy"); }

std::string fault_of(std::string_view text) {
    try {
        (void)network(text);
    } catch (const InputError& error) {
        return error.what();
    }
    return {};
}

TEST(Network, HoldsTheAddressesThatShareItsBits) {
    EXPECT_TRUE(network("10.1.0.0/16").contains(address("10.1.255.255")));
    EXPECT_FALSE(network("10.1.0.0/16").contains(address("10.2.0.0")));
    EXPECT_TRUE(network("192.0.2.128/25").contains(address("192.0.2.200")));
    EXPECT_FALSE(network("192.0.2.128/25").contains(address("192.0.2.127")));
    EXPECT_TRUE(network("2001:db8::/33").contains(address("2001:db8:7fff::1")));
    EXPECT_FALSE(network("2001:db8::/33").contains(address("2001:db8:8000::1")));
    EXPECT_TRUE(network("127.0.0.1").contains(address("127.0.0.1")));
    EXPECT_FALSE(network("127.0.0.1").contains(address("127.0.0.2")));
}

TEST(Network, KeepsTheFamiliesApartAndKnowsMappedAddresses) {
    EXPECT_FALSE(network("::/1").contains(address("10.0.0.1")));
    EXPECT_FALSE(network("0.0.0.0/1").contains(address("::1")));
    EXPECT_TRUE(network("10.0.0.0/8").contains(address("::ffff:10.2.3.4")));
}

TEST(Network, IsRefusedWithPlaceAndExpectation) {
    EXPECT_EQ(fault_of("10.0.0.0/33"), "--behind-proxy: must have 1 to 32 bits after the slash, is 10.0.0.0/33");
    EXPECT_EQ(fault_of("0.0.0.0/0"), "--behind-proxy: must have 1 to 32 bits after the slash, is 0.0.0.0/0");
    EXPECT_EQ(fault_of("::/129"), "--behind-proxy: must have 1 to 128 bits after the slash, is ::/129");
    EXPECT_EQ(fault_of("10.0.0.5/8"),
              "--behind-proxy: must begin where its bits end: only zeros after them, is 10.0.0.5/8");
    for (const char* text : {"", "proxy", "10.0.0/8", "fe80::1%eth0", "10.0.0.0/", "10.0.0.0/8x", "10.0.0.0/-1", "1:2"})
        EXPECT_THAT(fault_of(text), testing::StartsWith("--behind-proxy: must ")) << text;
}

RC_GTEST_PROP(Network, ContainsExactlyWhatEqualsItInItsBits, (std::uint32_t first, std::uint32_t other)) {
    const auto of = [](std::uint32_t number) {
        return address(std::to_string(number >> 24) + "." + std::to_string(number >> 16 & 255) + "." +
                       std::to_string(number >> 8 & 255) + "." + std::to_string(number & 255));
    };
    const unsigned bits = *rc::gen::inRange(1U, 33U);
    const std::uint32_t mask = ~std::uint32_t{0} << (32 - bits);
    const Network block = network(to_string(of(first & mask)) + "/" + std::to_string(bits));
    RC_ASSERT(block.contains(of(other)) == ((first & mask) == (other & mask)));
    RC_ASSERT(block.contains(of(first)));
}

const std::vector<Network> proxies{network("10.0.0.0/8"), network("fd00::/8")};

Arrival arrival(std::string_view peer, const http::Fields& headers) {
    return arrival_of({.peer = address(peer)}, headers, proxies);
}

TEST(Arrival, OfAStrangerIgnoresWhatHeClaims) {
    const Arrival seen = arrival("192.0.2.7", {{"host", "resmon.example"},
                                               {"x-forwarded-for", "127.0.0.1"},
                                               {"x-forwarded-proto", "https"},
                                               {"x-forwarded-host", "evil.example"}});
    EXPECT_EQ(to_string(seen.client), "192.0.2.7");
    EXPECT_FALSE(seen.is_secure);
    EXPECT_FALSE(seen.is_forwarded);
    EXPECT_EQ(seen.host, "resmon.example");
}

TEST(Arrival, ByAProxyIsWhatTheProxySaw) {
    const Arrival seen = arrival("10.0.0.1", {{"host", "10.0.0.2:8640"},
                                              {"x-forwarded-for", "192.0.2.7"},
                                              {"x-forwarded-proto", "HTTPS"},
                                              {"x-forwarded-host", "Resmon.Example:8443"}});
    EXPECT_EQ(to_string(seen.client), "192.0.2.7");
    EXPECT_TRUE(seen.is_secure);
    EXPECT_TRUE(seen.is_forwarded);
    EXPECT_EQ(seen.host, "resmon.example:8443");
}

TEST(Arrival, TakesTheRightmostAddressThatIsNoProxy) {
    const auto client = [](const char* hops) {
        return to_string(arrival("10.0.0.1", {{"x-forwarded-for", hops}}).client);
    };
    EXPECT_EQ(client("127.0.0.1, 192.0.2.7, 10.0.0.9"), "192.0.2.7") << "what stands left may be invented";
    EXPECT_EQ(client("2001:db8::7,fd00::1 , 10.0.0.9"), "2001:db8::7");
    EXPECT_EQ(client("10.0.0.3, 10.0.0.9"), "10.0.0.3") << "all are proxies: the first of them";
    EXPECT_EQ(client("192.0.2.7:4711"), "192.0.2.7");
    EXPECT_EQ(client("[2001:db8::7]:4711"), "2001:db8::7");
    EXPECT_EQ(client("192.0.2.7, unknown"), "10.0.0.1")
        << "what cannot be read is not believed, nor what is left of it";
    EXPECT_EQ(client("::ffff:192.0.2.7"), "192.0.2.7");
}

TEST(Arrival, WithoutTheProxysWordIsNotSecure) {
    EXPECT_FALSE(arrival("10.0.0.1", {{"x-forwarded-for", "192.0.2.7"}}).is_secure);
    EXPECT_FALSE(
        arrival("10.0.0.1", {{"x-forwarded-for", "192.0.2.7"}, {"x-forwarded-proto", "https, http"}}).is_secure);
    EXPECT_FALSE(arrival("10.0.0.1", {{"x-forwarded-proto", "https"}}).is_forwarded);
}

TEST(Arrival, FromThisMachineNeedsLoopbackAndNoProxy) {
    EXPECT_TRUE(is_from_this_machine({.client = "127.0.0.1"}));
    EXPECT_TRUE(is_from_this_machine({.client = "::1"}));
    EXPECT_FALSE(is_from_this_machine({.client = "192.0.2.7"}));
    EXPECT_FALSE(is_from_this_machine({.client = ""}));
    for (const char* name : {"x-forwarded-for", "forwarded", "via"})
        EXPECT_FALSE(is_from_this_machine({.headers = {{name, "127.0.0.1"}}, .client = "127.0.0.1"})) << name;
}

}  // namespace
}  // namespace resmon::server
