#include "waves/dispatch.hpp"

#include "base/calendar.hpp"
#include "base/word.hpp"
#include "report/csv.hpp"
#include "report/letter.hpp"

#include <algorithm>

namespace resmon::waves {

namespace {

constexpr std::array<std::string_view, 2> channels{"mail", "file"};
constexpr std::array<std::string_view, 3> states{"sending", "sent", "refused"};

std::string text(const char* key, const std::vector<TextArgument>& arguments) {
    return program_text(key, Language::german, arguments);
}

/// `31.03.2026`
std::string german_day(const std::string& day) {
    return day.substr(8, 2) + "." + day.substr(5, 2) + "." + day.substr(0, 4);
}

std::string name_of(const Wave& wave) {
    return wave.is_synthetic ? text("wave.mail.synthetic-name", {{"name", wave.name.de}}) : wave.name.de;
}

std::string subject_of(const Wave& wave, int stage) {
    const std::string subject =
        text(stage == invitation_stage ? "wave.mail.invitation" : "wave.mail.reminder", {{"name", wave.name.de}});
    return wave.is_synthetic ? text("wave.mail.synthetic", {{"subject", subject}}) : subject;
}

std::string filled(const char* key, const Wave& wave, const std::string& owner, const Letter& letter) {
    const std::string name = name_of(wave);
    const std::string link{letter.link.revealed()};
    const std::string closes = german_day(wave.closes);
    const std::string delete_on = german_day(wave.delete_on);
    return text(key, {{"name", name},
                      {"body", letter.body.name},
                      {"owner", owner},
                      {"has_owner", owner.empty() ? "no" : "yes"},
                      {"link", link},
                      {"closes", closes},
                      {"purpose", wave.purpose.de},
                      {"delete_on", delete_on}});
}

/// A blank line ends a paragraph.
std::vector<std::string> paragraphs_of(std::string_view words) {
    std::vector<std::string> paragraphs;
    while (!words.empty()) {
        const std::size_t end = std::min(words.find("\n\n"), words.size());
        paragraphs.emplace_back(words.substr(0, end));
        words.remove_prefix(std::min(end + 2, words.size()));
    }
    return paragraphs;
}

std::vector<std::string> address_of(const FrameBody& body) {
    const Contact& contact = body.contact;
    std::vector<std::string> lines{body.name};
    for (const std::string& line : {contact.name, contact.street, contact.postcode + " " + contact.city})
        if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(line);
    return lines;
}

std::string domain_of(const std::string& address) { return address.substr(address.find('@') + 1); }

}  // namespace

std::string_view to_string(Channel channel) { return word_of(channels, channel); }
Channel channel_from(std::string_view word) { return value_of<Channel>(channels, word); }
std::string_view to_string(DispatchState state) { return word_of(states, state); }
DispatchState dispatch_state_from(std::string_view word) { return value_of<DispatchState>(states, word); }

mail::Message mail_of(const Wave& wave, const std::string& owner, const Letter& letter, const std::string& from) {
    return {.id = fmt::format("{}.{}.{}@{}", wave.id.value, letter.body.body.text(), letter.stage, domain_of(from)),
            .from = from,
            .to = letter.body.contact.email,
            .subject = subject_of(wave, letter.stage),
            .body = filled(letter.stage == invitation_stage ? "wave.mail.invitation-text" : "wave.mail.reminder-text",
                           wave, owner, letter),
            .at = {}};
}

std::string merge_file_of(const Letters& letters) {
    const Wave& wave = letters.wave;
    report::Csv csv{Language::german};
    csv.add_row(
        {"body", "body_name", "name", "street", "postcode", "city", "email", "wave", "closes", "delete_on", "link"});
    for (const Letter& letter : letters.letters) {
        const Contact& contact = letter.body.contact;
        csv.add_row({report::csv_text(letter.body.body.text()), report::csv_text(letter.body.name),
                     report::csv_text(contact.name), report::csv_text(contact.street),
                     report::csv_text(contact.postcode), report::csv_text(contact.city),
                     report::csv_text(contact.email), report::csv_text(wave.name.de), german_day(wave.closes),
                     german_day(wave.delete_on), report::csv_text(std::string{letter.link.revealed()})});
    }
    return csv.text();
}

report::Document document_of(const Letters& letters, Instant made) {
    const Wave& wave = letters.wave;
    std::vector<std::string> sender;
    std::vector<std::string> closing;
    if (!letters.owner.empty()) {
        sender = {letters.owner};
        closing = {text("wave.letter.greeting", {}), letters.owner};
    }
    std::vector<report::Letter> pages;
    for (const Letter& letter : letters.letters)
        pages.push_back({.sender = sender,
                         .address = address_of(letter.body),
                         .date = german_day(utc_text(made).substr(0, 10)),
                         .subject = subject_of(wave, letter.stage),
                         .paragraphs = paragraphs_of(filled(
                             letter.stage == invitation_stage ? "wave.letter.invitation" : "wave.letter.reminder", wave,
                             letters.owner, letter)),
                         .link = std::string{letter.link.revealed()},
                         .closing = closing});
    return report::document_of(
        {.title = wave.name.de,
         .made = made,
         .origin = wave.is_synthetic ? report::Document::Origin::synthetic : report::Document::Origin::real},
        pages);
}

}  // namespace resmon::waves
