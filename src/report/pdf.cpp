#include "report/pdf.hpp"

#include "base/error.hpp"
#include "report/blocks.hpp"
#include "report/envelope_block.hpp"
#include "report/pdf_finish.hpp"

#include <fmt/format.h>
#include <malloc.h>

namespace resmon::report {

namespace {

void set_section(Flow& flow, const Section& section, double scale) {
    flow.begin_section(scale, section.envelope ? Furniture::none : Furniture::head_and_foot);
    if (section.envelope) set_envelope(flow, *section.envelope);
    set_blocks(flow, section.blocks);
}

bool fits_one_page(Canvas& ruler, const Document& document, const Section& section, double scale) {
    Plan unused;
    Flow flow{ruler, ruler, document, unused};
    set_section(flow, section, scale);
    return flow.page() == 1;
}

double scale_of(Canvas& ruler, const Document& document, const Section& section) {
    if (section.length == Section::Length::free) return 1;
    // Letters are set larger: 11 points, as is usual.
    for (int percent = section.envelope ? 110 : 100; percent >= 75; percent -= 3)
        if (const double scale = percent / 100.0; fits_one_page(ruler, document, section, scale)) return scale;
    throw InputError{worded("fault.letter.page", {{"section", std::to_string(&section - document.sections.data() + 1)},
                                                  {"title", document.title}})};
}

void set_document(Canvas& canvas, Canvas& ruler, const Document& document, Plan& plan) {
    Flow flow{canvas, ruler, document, plan};
    for (std::size_t section = 0; section < document.sections.size(); ++section)
        set_section(flow, document.sections[section], plan.scales[section]);
    flow.end();
    plan.pages = flow.page();
}

std::string set_and_finished(const Document& document) {
    Canvas ruler{document, Canvas::Purpose::measuring};
    Plan plan;
    for (const Section& section : document.sections) plan.scales.push_back(scale_of(ruler, document, section));
    // Twice: how many pages there are, and where headings stand, is known only afterwards.
    set_document(ruler, ruler, document, plan);
    Canvas canvas{document, Canvas::Purpose::drawing};
    set_document(canvas, ruler, document, plan);
    const std::string drawn = canvas.finish();
    const Canvas::Alternatives& alternatives = canvas.alternatives();
    return finished_pdf(drawn, {.title = document.title,
                                .author = document.author,
                                .language = document.language == Language::german ? "de" : "en",
                                .made = utc_text(document.made),
                                .figures = alternatives.figures,
                                .links = alternatives.links});
}

}  // namespace

std::string pdf(const Document& document) {
    std::string bytes = set_and_finished(document);
    // Layouts and glyphs are many small things. The C library would keep their pages for each thread that ever set a
    // paper: some 7 MB for one of 50 pages (bench/README.md).
    malloc_trim(0);
    return bytes;
}

}  // namespace resmon::report
