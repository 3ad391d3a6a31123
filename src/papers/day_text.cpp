#include "papers/day_text.hpp"

#include <unicode/smpdtfmt.h>

#include <cassert>

namespace resmon::papers {

std::string day_text(Instant instant, Language language) {
    UErrorCode status = U_ZERO_ERROR;
    const bool is_german = language == Language::german;
    icu::SimpleDateFormat format{is_german ? u"d.\u00a0MMMM\u00a0y" : u"d\u00a0MMMM\u00a0y",
                                 is_german ? icu::Locale::getGermany() : icu::Locale::getUK(), status};
    assert(U_SUCCESS(status));
    format.adoptTimeZone(icu::TimeZone::createTimeZone("Europe/Berlin"));
    constexpr double milliseconds = 1000;
    icu::UnicodeString text;
    format.format(milliseconds * static_cast<double>(seconds_of(instant)), text);
    std::string bytes;
    text.toUTF8String(bytes);
    return bytes;
}

}  // namespace resmon::papers
