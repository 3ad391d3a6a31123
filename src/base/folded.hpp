// Text as people search for it: `lüdenscheid`, `Luedenscheid` and `LÜDENSCHEID` are the same.
#pragma once

#include <string>
#include <string_view>

namespace resmon {

/// Lower case; ä ö ü ß as ae oe ue ss.
[[nodiscard]] std::string folded(std::string_view text);

}  // namespace resmon
