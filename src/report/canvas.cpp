#include "report/canvas.hpp"

#include "base/error.hpp"
#include "report/paper_fonts.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <cassert>
#include <map>
#include <numbers>

namespace resmon::report {

namespace {

struct Colour {
    double red, green, blue;
};

Colour colour_of(Tone tone) {
    switch (tone) {
        case Tone::ink: return {0.10, 0.11, 0.13};
        case Tone::quiet: return {0.33, 0.36, 0.40};
        case Tone::accent: return {0.07, 0.22, 0.37};
        case Tone::soft: return {0.60, 0.68, 0.75};
        case Tone::rule: return {0.74, 0.78, 0.82};
        case Tone::tint: return {0.93, 0.95, 0.97};
        case Tone::white: return {1, 1, 1};
    }
    return {};
}

const char* family_of(Weight weight) {
    switch (weight) {
        case Weight::regular: return "Fira Sans";
        case Weight::medium: return "Fira Sans Medium";
        case Weight::strong: return "Fira Sans SemiBold";
    }
    return "";
}

PangoAlignment alignment_of(Align align) {
    switch (align) {
        case Align::left: return PANGO_ALIGN_LEFT;
        case Align::right: return PANGO_ALIGN_RIGHT;
        case Align::centre: return PANGO_ALIGN_CENTER;
    }
    return PANGO_ALIGN_LEFT;
}

/// Attributes of a tag are text in quotes (cairo, Tags and Links).
std::string quoted(std::string_view text) {
    std::string safe = "'";
    for (const char character : text) {
        if (character == '\'' || character == '\\') safe += '\\';
        safe += character;
    }
    return safe + "'";
}

void add_attribute(PangoAttrList* list, PangoAttribute* attribute, std::size_t from, std::size_t to) {
    attribute->start_index = static_cast<guint>(from);
    attribute->end_index = static_cast<guint>(to);
    pango_attr_list_insert(list, attribute);
}

constexpr double per_point = PANGO_SCALE;

}  // namespace

void TextBlock::Release::operator()(_PangoLayout* layout) const noexcept { g_object_unref(layout); }

double TextBlock::width() const {
    PangoRectangle extents;
    pango_layout_get_extents(layout_.get(), nullptr, &extents);
    return extents.width / per_point;
}

double TextBlock::height(int first, int last) const {
    if (first >= last) return 0;
    return lines_.at(static_cast<std::size_t>(last - 1)).bottom - lines_.at(static_cast<std::size_t>(first)).top;
}

struct Canvas::State {
    template <class Thing, void (*destroy)(Thing*)>
    struct Destroy {
        void operator()(Thing* thing) const noexcept { destroy(thing); }
    };
    struct Unref {
        void operator()(void* object) const noexcept { g_object_unref(object); }
    };

    std::string bytes;
    Purpose purpose;
    PaperFonts fonts;
    std::unique_ptr<PangoContext, Unref> context;
    std::unique_ptr<cairo_surface_t, Destroy<cairo_surface_t, &cairo_surface_destroy>> surface;
    std::unique_ptr<cairo_t, Destroy<cairo_t, &cairo_destroy>> cairo;
    std::map<int, int> bookmarks;  ///< the last of each level

    [[nodiscard]] bool draws() const noexcept { return purpose == Purpose::drawing; }
    void use(Tone tone) const {
        const Colour colour = colour_of(tone);
        cairo_set_source_rgb(cairo.get(), colour.red, colour.green, colour.blue);
    }
};

namespace {

cairo_status_t take(void* bytes, const unsigned char* data, unsigned size) {
    static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
    return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Canvas::Canvas(const Document& document, Purpose purpose) : state_{std::make_unique<State>()} {
    State& state = *state_;
    state.purpose = purpose;
    state.context.reset(pango_font_map_create_context(state.fonts.map()));
    pango_context_set_language(state.context.get(),
                               pango_language_from_string(document.language == Language::german ? "de" : "en"));
    // Sizes are points, and points are units of the page.
    pango_cairo_context_set_resolution(state.context.get(), 72);
    // Paper has no pixels to round to.
    pango_context_set_round_glyph_positions(state.context.get(), FALSE);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(state.context.get(), options);
    cairo_font_options_destroy(options);
    if (!state.draws()) return;

    state.surface.reset(cairo_pdf_surface_create_for_stream(&take, &state.bytes, page_width, page_height));
    const auto tell = [&](cairo_pdf_metadata_t what, const std::string& text) {
        cairo_pdf_surface_set_metadata(state.surface.get(), what, text.c_str());
    };
    tell(CAIRO_PDF_METADATA_TITLE, document.title);
    tell(CAIRO_PDF_METADATA_AUTHOR, document.author);
    tell(CAIRO_PDF_METADATA_CREATOR, "Resilienzmonitor " RESMON_VERSION);
    tell(CAIRO_PDF_METADATA_CREATE_DATE, utc_text(document.made));
    state.cairo.reset(cairo_create(state.surface.get()));
    cairo_set_line_width(state.cairo.get(), 0.6);
    cairo_tag_begin(state.cairo.get(), "Document", nullptr);
}

Canvas::~Canvas() = default;

TextBlock Canvas::text(const Words& words, const TextStyle& style, double width) const {
    TextBlock block;
    block.style_ = style;
    block.pieces_ = words.pieces;
    block.layout_.reset(pango_layout_new(state_->context.get()));
    PangoLayout* layout = block.layout_.get();

    PangoAttrList* attributes = pango_attr_list_new();
    std::string all;
    const auto size_of = [](const TextStyle& one) { return static_cast<int>(one.size * per_point); };
    for (const Piece& piece : words.pieces) {
        const std::size_t from = all.size();
        all += piece.text;
        const Weight weight = piece.emphasis == Emphasis::strong ? Weight::strong : style.weight;
        add_attribute(attributes, pango_attr_family_new(family_of(weight)), from, all.size());
    }
    add_attribute(attributes, pango_attr_size_new(size_of(style)), 0, all.size());
    // Digits of equal width stand below each other in tables.
    add_attribute(attributes, pango_attr_font_features_new("tnum=1, lnum=1"), 0, all.size());
    add_attribute(attributes, pango_attr_insert_hyphens_new(FALSE), 0, all.size());
    pango_layout_set_text(layout, all.data(), static_cast<int>(all.size()));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_width(layout, static_cast<int>(width * per_point));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, alignment_of(style.align));

    PangoLayoutIter* iter = pango_layout_get_iter(layout);
    const double distance = style.size * style.spacing;
    double top = 0;
    do {
        // The font's own line height is 1.2 sizes; its baseline stands at 0.935 of a size (Fira Sans, hhea).
        constexpr double ascent = 0.935;
        constexpr double own_height = 1.2;
        block.lines_.push_back(
            {top, top + distance, top + ascent * style.size + (style.spacing - own_height) * style.size / 2});
        top += distance;
    } while (pango_layout_iter_next_line(iter));
    pango_layout_iter_free(iter);
    return block;
}

void Canvas::draw(const TextBlock& block, double x, double y, int first, int last) {
    if (!state_->draws() || first >= last) return;
    cairo_t* cairo = state_->cairo.get();
    // Cairo keeps the text of a tag only if no other tag stands in it.
    const bool has_links = std::ranges::any_of(block.pieces_, [](const Piece& piece) { return !piece.link.empty(); });
    const double origin = y - block.lines_.at(static_cast<std::size_t>(first)).top;
    const auto piece_at = [&](int offset) -> const Piece& {
        std::size_t end = 0;
        for (const Piece& piece : block.pieces_) {
            end += piece.text.size();
            if (end > static_cast<std::size_t>(offset)) return piece;
        }
        return block.pieces_.back();
    };
    for (int number = first; number < last; ++number) {
        PangoLayoutLine* line = pango_layout_get_line_readonly(block.layout_.get(), number);
        PangoRectangle extents;
        pango_layout_line_get_extents(line, nullptr, &extents);
        const double free = pango_layout_get_width(block.layout_.get()) / per_point - extents.width / per_point;
        double at = x + (block.style_.align == Align::left ? 0 : block.style_.align == Align::centre ? free / 2 : free);
        const double baseline = origin + block.lines_.at(static_cast<std::size_t>(number)).baseline;
        for (GSList* runs = line->runs; runs != nullptr; runs = runs->next) {
            auto* run = static_cast<PangoGlyphItem*>(runs->data);
            const Piece& piece = piece_at(run->item->offset);
            const double width = pango_glyph_string_get_width(run->glyphs) / per_point;
            if (!piece.link.empty())
                begin_link_to_address(piece.link);
            else if (has_links)
                begin_tag("Span");
            state_->use(piece.emphasis == Emphasis::quiet ? Tone::quiet : block.style_.tone);
            cairo_move_to(cairo, at, baseline);
            pango_cairo_show_glyph_item(cairo, pango_layout_get_text(block.layout_.get()), run);
            if (!piece.link.empty())
                end_link();
            else if (has_links)
                end_tag("Span");
            at += width;
        }
    }
}

void Canvas::fill(const Area& area, Tone tone) {
    if (!state_->draws()) return;
    state_->use(tone);
    cairo_rectangle(state_->cairo.get(), area.x, area.y, area.width, area.height);
    cairo_fill(state_->cairo.get());
}

void Canvas::frame(const Area& area, Tone tone) {
    if (!state_->draws()) return;
    state_->use(tone);
    cairo_rectangle(state_->cairo.get(), area.x, area.y, area.width, area.height);
    cairo_stroke(state_->cairo.get());
}

void Canvas::line(double x1, double y1, double x2, double y2, Tone tone) {
    if (!state_->draws()) return;
    state_->use(tone);
    cairo_move_to(state_->cairo.get(), x1, y1);
    cairo_line_to(state_->cairo.get(), x2, y2);
    cairo_stroke(state_->cairo.get());
}

void Canvas::dot(double x, double y, double radius, Tone tone) {
    if (!state_->draws()) return;
    state_->use(tone);
    cairo_new_path(state_->cairo.get());
    cairo_arc(state_->cairo.get(), x, y, radius, 0, 2 * std::numbers::pi);
    cairo_fill(state_->cairo.get());
}

void Canvas::begin_tag(const char* tag, std::string alternative) {
    if (!state_->draws()) return;
    if (std::string_view{tag} == "Figure") alternatives_.figures.push_back(std::move(alternative));
    cairo_tag_begin(state_->cairo.get(), tag, nullptr);
}

void Canvas::end_tag(const char* tag) {
    if (state_->draws()) cairo_tag_end(state_->cairo.get(), tag);
}

void Canvas::mark(const std::string& anchor) {
    if (!state_->draws()) return;
    cairo_tag_begin(state_->cairo.get(), CAIRO_TAG_DEST, ("name=" + quoted(anchor)).c_str());
    cairo_tag_end(state_->cairo.get(), CAIRO_TAG_DEST);
}

void Canvas::bookmark(int level, const std::string& text, const std::string& anchor) {
    if (!state_->draws()) return;
    int parent = CAIRO_PDF_OUTLINE_ROOT;
    for (const auto& [above, id] : state_->bookmarks)
        if (above < level) parent = id;
    state_->bookmarks.erase(state_->bookmarks.lower_bound(level), state_->bookmarks.end());
    state_->bookmarks[level] = cairo_pdf_surface_add_outline(
        state_->surface.get(), parent, text.c_str(), ("dest=" + quoted(anchor)).c_str(), cairo_pdf_outline_flags_t{});
}

void Canvas::begin_link_to_anchor(const std::string& anchor, std::string alternative) {
    if (!state_->draws()) return;
    alternatives_.links.push_back(std::move(alternative));
    cairo_tag_begin(state_->cairo.get(), CAIRO_TAG_LINK, ("dest=" + quoted(anchor)).c_str());
}

void Canvas::begin_link_to_address(const std::string& address) {
    if (!state_->draws()) return;
    alternatives_.links.push_back(address);
    cairo_tag_begin(state_->cairo.get(), CAIRO_TAG_LINK, ("uri=" + quoted(address)).c_str());
}

void Canvas::end_link() {
    if (state_->draws()) cairo_tag_end(state_->cairo.get(), CAIRO_TAG_LINK);
}

void Canvas::end_page() {
    if (state_->draws()) cairo_show_page(state_->cairo.get());
}

std::string Canvas::finish() {
    cairo_tag_end(state_->cairo.get(), "Document");
    const cairo_status_t drawn = cairo_status(state_->cairo.get());
    // Tags that do not match, or a link to nowhere: the paper would be broken for some readers only.
    assert(drawn != CAIRO_STATUS_TAG_ERROR);
    state_->cairo.reset();
    cairo_surface_finish(state_->surface.get());
    const cairo_status_t written = cairo_surface_status(state_->surface.get());
    if (drawn != CAIRO_STATUS_SUCCESS || written != CAIRO_STATUS_SUCCESS)
        throw Unavailable{worded("fault.unavailable.paper",
                                 {{"why", cairo_status_to_string(drawn == CAIRO_STATUS_SUCCESS ? written : drawn)}})};
    return std::move(state_->bytes);
}

}  // namespace resmon::report
