// Which answers travel compressed, and that their tags stay true.
#include "server/compression.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>

namespace resmon::server {
namespace {

using http::Request;
using http::Response;

constexpr std::size_t large = 100'000;

std::string unpacked(const std::string& packed) {
    std::string plain(2 * large, '\0');
    z_stream stream{};
    EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
    std::string input = packed;
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    stream.next_out = reinterpret_cast<Bytef*>(plain.data());
    stream.avail_out = static_cast<uInt>(plain.size());
    EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
    plain.resize(stream.total_out);
    inflateEnd(&stream);
    return plain;
}

std::string numbers() {
    std::string text;
    for (int number = 0; text.size() < large; ++number) text += std::to_string(number) + ",";
    return text;
}

Request asking(const std::string& encodings, const std::string& method = "GET") {
    Request request;
    request.method = method;
    request.headers = {{"accept-encoding", encodings}};
    return request;
}

std::string encoding_of(const Response& response) {
    const auto found = response.headers.find("Content-Encoding");
    return found == response.headers.end() ? "none" : found->second;
}

TEST(Compression, ALargeAnswerIsTheSameContentInFewerBytes) {
    const Response answer = compressed(http::json_response(numbers()), asking("br, gzip"));
    EXPECT_EQ(encoding_of(answer), "gzip");
    EXPECT_EQ(answer.headers.at("Vary"), "Accept-Encoding");
    EXPECT_LT(answer.body.size(), large / 2);
    EXPECT_EQ(unpacked(answer.body), numbers());
    const Response table{.type = http::csv_type, .body = numbers()};
    EXPECT_EQ(unpacked(compressed(table, asking("gzip")).body), numbers());
}

TEST(Compression, WhoDoesNotTakeItGetsThePlainAnswerAndCachesKnow) {
    for (const char* encodings : {"", "br", "gzip;q=0", "identity"}) {
        const Response answer = compressed(http::json_response(numbers()), asking(encodings));
        EXPECT_EQ(encoding_of(answer), "none") << encodings;
        EXPECT_EQ(answer.headers.at("Vary"), "Accept-Encoding");
        EXPECT_EQ(answer.body, numbers());
    }
}

TEST(Compression, SmallAnswersOtherTypesFaultsAndWhatIsWrittenStayAsTheyAre) {
    EXPECT_EQ(encoding_of(compressed(http::json_response("{}"), asking("gzip"))), "none");
    EXPECT_EQ(encoding_of(compressed({.type = "application/pdf", .body = numbers()}, asking("gzip"))), "none");
    EXPECT_EQ(encoding_of(compressed(http::json_response(numbers(), 422), asking("gzip"))), "none");
    EXPECT_EQ(encoding_of(compressed(http::json_response(numbers()), asking("gzip", "POST"))), "none");
}

TEST(Compression, WhatHoldsASecretIsNever) {
    EXPECT_EQ(encoding_of(compressed(http::unkept(http::json_response(numbers())), asking("gzip"))), "none");
}

TEST(Compression, TheTagIsWeakAndAsksAgainLikeAnyOther) {
    const auto answer = [](const std::string& known, const std::string& encodings) {
        Request request = asking(encodings);
        request.headers["if-none-match"] = known;
        return compressed(http::with_etag(http::json_response(numbers()), known), request);
    };
    const std::string plain = answer("", "").headers.at("ETag");
    const std::string packed = answer("", "gzip").headers.at("ETag");
    EXPECT_EQ(packed, "W/" + plain);
    for (const std::string& known : {plain, packed}) {
        const Response again = answer(known, "gzip");
        EXPECT_EQ(again.status, 304);
        EXPECT_EQ(again.headers.at("ETag"), known);
        EXPECT_EQ(again.headers.at("Vary"), "Accept-Encoding");
        EXPECT_TRUE(again.body.empty());
    }
    EXPECT_EQ(answer("W/\"other\"", "gzip").status, 200);
}

}  // namespace
}  // namespace resmon::server
