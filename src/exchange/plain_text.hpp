// HTML of other programs as the text that people read.
#pragma once

#include <string>
#include <string_view>

namespace resmon::exchange {

/// Without tags, scripts and comments; paragraphs and line breaks become line feeds, white space single.
[[nodiscard]] std::string plain_text(std::string_view html);

/// Whether something stood there that no text can show: a picture, a film, a table, a script.
[[nodiscard]] bool shows_more_than_text(std::string_view html);

}  // namespace resmon::exchange
