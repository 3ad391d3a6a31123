#include "base/shipped.hpp"

#include <brotli/decode.h>

#include <cassert>
#include <cstdint>

namespace resmon {

std::string unpacked(const ShippedFile& file) {
    std::string content(file.size, '\0');
    std::size_t size = content.size();
    [[maybe_unused]] const BrotliDecoderResult result =
        BrotliDecoderDecompress(file.brotli.size(), reinterpret_cast<const std::uint8_t*>(file.brotli.data()), &size,
                                reinterpret_cast<std::uint8_t*>(content.data()));
    // The build packed it: a file that cannot be unpacked would mean a broken program on disk.
    assert(result == BROTLI_DECODER_RESULT_SUCCESS && size == content.size());
    return content;
}

}  // namespace resmon
