// A questionnaire as the catalogue's files: what reading/questionnaire_reader.hpp reads.
#pragma once

#include "catalogue/questionnaire.hpp"

#include <map>
#include <string>

namespace resmon::exchange {

/// Path (`questionnaires/<id>.yaml`, `questionnaires/<id>/A.yaml`) → content. Always a draft: whoever publishes adds
/// the hash.
[[nodiscard]] std::map<std::string, std::string> questionnaire_to_files(const catalogue::Questionnaire& questionnaire);

}  // namespace resmon::exchange
