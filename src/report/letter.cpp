#include "report/letter.hpp"

namespace resmon::report {

namespace {

void add_paragraphs(std::vector<Block>& blocks, const std::vector<std::string>& paragraphs) {
    for (const std::string& paragraph : paragraphs) blocks.emplace_back(Paragraph{paragraph});
}

Section section_of(const Letter& letter, Language language) {
    Section section{.length = Section::Length::one_page,
                    .envelope = Envelope{letter.sender, letter.address, letter.date}};
    section.blocks.emplace_back(Heading{2, letter.subject});
    add_paragraphs(section.blocks, letter.paragraphs);
    if (!letter.link.empty()) {
        section.blocks.emplace_back(
            QrCode{.text = letter.link,
                   .alternative = program_text("paper.qr-of", language, {{"link", letter.link}}),
                   .beside = program_text("paper.qr-hint", language)});
        // A link that is broken in two is typed wrong.
        section.blocks.emplace_back(Paragraph{{{letter.link, Emphasis::none, letter.link}}, Paragraph::Role::typed});
    }
    add_paragraphs(section.blocks, letter.closing);
    return section;
}

}  // namespace

Document document_of(const LetterFile& file, const std::vector<Letter>& letters) {
    Document document{.title = file.title, .language = file.language, .made = file.made, .origin = file.origin};
    if (!letters.empty() && !letters.front().sender.empty()) document.author = letters.front().sender.front();
    for (const Letter& letter : letters) document.sections.push_back(section_of(letter, file.language));
    return document;
}

}  // namespace resmon::report
