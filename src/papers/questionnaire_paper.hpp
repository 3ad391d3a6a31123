// A questionnaire to be read beforehand and filled in by pen.
#pragma once

#include "catalogue/catalogue.hpp"
#include "report/document.hpp"

namespace resmon::papers {

/// Every question, whom it is asked of and when, and why. Pure: the same catalogue gives the same paper.
[[nodiscard]] report::Document questionnaire_paper(const catalogue::Questionnaire& questionnaire,
                                                   const catalogue::Catalogue& catalogue, Language language);

}  // namespace resmon::papers
