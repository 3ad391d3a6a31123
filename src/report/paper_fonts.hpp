// The fonts of papers, from the program itself: what is installed on the machine is not looked at.
#pragma once

#include <memory>

struct _PangoFontMap;  // NOLINT(bugprone-reserved-identifier): Pango's own name
using PangoFontMap = _PangoFontMap;

namespace resmon::report {

/// For one thread at a time. The first one unpacks the fonts, which stay as long as the program.
class PaperFonts {
public:
    /// Throws Unavailable if the system gives no memory file.
    PaperFonts();

    [[nodiscard]] PangoFontMap* map() const noexcept { return map_.get(); }

private:
    struct Release {
        void operator()(PangoFontMap* map) const noexcept;
    };
    std::unique_ptr<PangoFontMap, Release> map_;
};

}  // namespace resmon::report
