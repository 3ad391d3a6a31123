#include "qr_code/qr_matrix.hpp"

#include "base/error.hpp"

#include <qrencode.h>

#include <memory>

namespace resmon {

QrMatrix qr_matrix(std::string_view text) {
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code{
        QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0,
                          QR_ECLEVEL_M),
        &QRcode_free};
    if (!code) throw InputError{worded("fault.qr-long", {{"found", std::to_string(text.size())}})};
    QrMatrix matrix{.side = code->width};
    const auto modules = static_cast<std::size_t>(code->width) * static_cast<std::size_t>(code->width);
    matrix.dark.reserve(modules);
    for (std::size_t module = 0; module < modules; ++module) matrix.dark.push_back((code->data[module] & 1) != 0);
    return matrix;
}

}  // namespace resmon
