// What one body answers to one questionnaire, and the receipt for it.
#pragma once

#include "access/principal.hpp"
#include "base/body_key.hpp"
#include "base/quantity.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace resmon::survey {

using ResponseId = Id<struct ResponseTag>;

struct Response {
    ResponseId id;
    QuestionnaireId questionnaire;
    int version = 1;
    std::string questionnaire_hash;
    OrganisationId organisation;  ///< whose it is; empty on a machine without accounts
    BodyKey body;
    bool is_finished = false;
    std::string began_at;  ///< UTC
    std::string changed_at;
    ResponseId carried_from = {};  ///< the finished response whose answers are offered; empty if there was none
};

/// Free text is told by its hash alone: a receipt may be shown to others.
struct ReceiptLine {
    QuestionId question;
    std::string state;
    std::string value;  ///< JSON; empty without an answer
};

struct Receipt {
    ResponseId response;
    int number = 1;  ///< the second after the response was opened again
    std::string finished_at;
    QuestionnaireId questionnaire;
    int version = 1;
    BodyKey body;
    std::vector<ReceiptLine> lines;  ///< every question, in the order of the questionnaire
};

/// SHA-256 of `resmon receipt 1`, response, number, time, questionnaire, version and body, then question, state and
/// value of each line: each followed by a line feed.
[[nodiscard]] std::string hash_of(const Receipt& receipt);

}  // namespace resmon::survey
