#include "forecast/compression.hpp"

#include "base/error.hpp"

#include <zstd.h>

#include <charconv>
#include <memory>

namespace resmon::forecast {

namespace {

Unavailable damaged(const char* key) { return Unavailable{worded(key), Unavailable::Why::damaged}; }

void append(std::string& whole, const std::string& part) { whole += std::to_string(part.size()) + ":" + part; }

std::string take(const std::string& whole, std::size_t& at) {
    const std::size_t colon = whole.find(':', at);
    std::size_t size = 0;
    const bool is_number =
        colon != std::string::npos && std::from_chars(whole.data() + at, whole.data() + colon, size).ec == std::errc{};
    if (!is_number || size > whole.size() - colon - 1) throw damaged("fault.unavailable.kept-catalogue");
    at = colon + 1 + size;
    return whole.substr(colon + 1, size);
}

}  // namespace

std::string compressed(const std::string& text) {
    constexpr int quick = 3;
    std::string bytes(ZSTD_compressBound(text.size()), '\0');
    const std::size_t size = ZSTD_compress(bytes.data(), bytes.size(), text.data(), text.size(), quick);
    if (ZSTD_isError(size) != 0) throw Unavailable{worded("fault.unavailable.not-compressed")};
    bytes.resize(size);
    return bytes;
}

std::string decompressed(const std::string& bytes) {
    const unsigned long long size = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
    constexpr unsigned long long most = 1ULL << 30;
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most)
        throw damaged("fault.unavailable.kept-result");
    std::string text(size, '\0');
    // A context takes 150 kB, and longer to come by than a small result takes to unpack.
    thread_local const std::unique_ptr<ZSTD_DCtx, std::size_t (*)(ZSTD_DCtx*)> context{ZSTD_createDCtx(),
                                                                                       ZSTD_freeDCtx};
    if (ZSTD_isError(ZSTD_decompressDCtx(context.get(), text.data(), text.size(), bytes.data(), bytes.size())) != 0)
        throw damaged("fault.unavailable.kept-result");
    return text;
}

std::string packed(const std::map<std::string, std::string>& files) {
    std::string whole;
    for (const auto& [path, content] : files) append(whole, path), append(whole, content);
    return compressed(whole);
}

std::map<std::string, std::string> unpacked(const std::string& bytes) {
    const std::string whole = decompressed(bytes);
    std::map<std::string, std::string> files;
    for (std::size_t at = 0; at < whole.size();) {
        std::string path = take(whole, at);
        files.emplace(std::move(path), take(whole, at));
    }
    return files;
}

}  // namespace resmon::forecast
