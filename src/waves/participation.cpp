#include "waves/participation.hpp"

#include "base/word.hpp"
#include "secrets/digest.hpp"

namespace resmon::waves {

namespace {

constexpr std::array<std::string_view, 2> kinds{"connection", "connection-and-answers"};

}  // namespace

std::string_view to_string(Withdrawn what) { return word_of(kinds, what); }
Withdrawn withdrawn_from(std::string_view word) { return value_of<Withdrawn>(kinds, word); }

std::string hash_of(const WithdrawalReceipt& receipt) {
    const Withdrawal& withdrawal = receipt.withdrawal;
    std::string text;
    for (const std::string& line : {std::string{"resmon withdrawal 1"}, withdrawal.id, withdrawal.wave.value,
                                    withdrawal.body.text(), withdrawal.at, std::string{to_string(withdrawal.what)},
                                    std::to_string(withdrawal.entries), withdrawal.digest, receipt.salt})
        text += line + "\n";
    return digest_of(text);
}

std::string digest_of_deleted(const std::string& salt, const std::string& content) {
    return digest_of(salt + "\n" + content);
}

}  // namespace resmon::waves
