#include "survey/response.hpp"

#include "secrets/digest.hpp"

#include <fmt/format.h>

namespace resmon::survey {

std::string hash_of(const Receipt& receipt) {
    std::string text =
        fmt::format("resmon receipt 1\n{}\n{}\n{}\n{}\n{}\n{}\n", receipt.response.value, receipt.number,
                    receipt.finished_at, receipt.questionnaire.value, receipt.version, receipt.body.text());
    for (const ReceiptLine& line : receipt.lines)
        text += fmt::format("{}\n{}\n{}\n", line.question.value, line.state, line.value);
    return digest_of(text);
}

}  // namespace resmon::survey
