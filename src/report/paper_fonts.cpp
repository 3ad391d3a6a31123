#include "report/paper_fonts.hpp"

#include "base/error.hpp"
#include "base/shipped.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <pango/pangocairo.h>
#include <pango/pangofc-fontmap.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <utility>
#include <vector>

#ifdef __SANITIZE_ADDRESS__
/// Fontconfig keeps distances in place of pointers: the search for leaks cannot follow them.
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
#endif

namespace resmon::report {

namespace {

/// A file without a name: font libraries read fonts from files alone.
class MemoryFile {
public:
    explicit MemoryFile(const std::string& content) : descriptor_{memfd_create("font", MFD_CLOEXEC)} {
        const bool is_written = descriptor_ >= 0 && write(descriptor_, content.data(), content.size()) ==
                                                        static_cast<ssize_t>(content.size());
        if (!is_written) throw Unavailable{worded("fault.unavailable.fonts-memory")};
    }
    MemoryFile(MemoryFile&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
    MemoryFile& operator=(MemoryFile&&) = delete;
    ~MemoryFile() {
        if (descriptor_ >= 0) close(descriptor_);
    }

    [[nodiscard]] std::string path() const { return fmt::format("/proc/self/fd/{}", descriptor_); }

private:
    int descriptor_;
};

/// Cairo knows a font by the name of its file for as long as the program runs: a file that is closed and opened again
/// under the same number would be taken for the one before. So there is one set, opened once and never changed.
class FontFiles {
public:
    FontFiles() {
        for (const ShippedFile& font : shipped_fonts()) {
            const MemoryFile& file = files_.emplace_back(unpacked(font));
            if (FcConfigAppFontAddFile(config_.get(), reinterpret_cast<const FcChar8*>(file.path().c_str())) == FcFalse)
                throw Unavailable{worded("fault.unavailable.fonts-unread")};
        }
        // Pango would read the machine's configuration otherwise, and with it all of its fonts.
        FcConfigSetCurrent(config_.get());
    }

    [[nodiscard]] FcConfig* config() const noexcept { return config_.get(); }

private:
    std::vector<MemoryFile> files_;
    std::unique_ptr<FcConfig, decltype(&FcConfigDestroy)> config_{FcConfigCreate(), &FcConfigDestroy};
};

const FontFiles& font_files() {
    // Never destroyed: cairo's cache points to the fonts until the very end.
    static const FontFiles& files = *new FontFiles;
    return files;
}

}  // namespace

PaperFonts::PaperFonts() : map_{pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT)} {
    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), font_files().config());
}

void PaperFonts::Release::operator()(PangoFontMap* map) const noexcept { g_object_unref(map); }

}  // namespace resmon::report
