#include "waves/dispatch.hpp"

#include "base/calendar.hpp"
#include "base/word.hpp"
#include "report/csv.hpp"

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

std::string domain_of(const std::string& address) { return address.substr(address.find('@') + 1); }

}  // namespace

std::string_view to_string(Channel channel) { return word_of(channels, channel); }
Channel channel_from(std::string_view word) { return value_of<Channel>(channels, word); }
std::string_view to_string(DispatchState state) { return word_of(states, state); }
DispatchState dispatch_state_from(std::string_view word) { return value_of<DispatchState>(states, word); }

mail::Message mail_of(const Wave& wave, const std::string& owner, const Letter& letter, const std::string& from) {
    const bool is_invitation = letter.stage == invitation_stage;
    const std::string name = wave.is_synthetic ? text("wave.mail.synthetic", {{"name", wave.name.de}}) : wave.name.de;
    return {.id = fmt::format("{}.{}.{}@{}", wave.id.value, letter.body.body.text(), letter.stage, domain_of(from)),
            .from = from,
            .to = letter.body.contact.email,
            .subject = text(is_invitation ? "wave.mail.invitation" : "wave.mail.reminder", {{"name", name}}),
            .body = text(is_invitation ? "wave.mail.invitation-text" : "wave.mail.reminder-text",
                         {{"name", name},
                          {"body", letter.body.name},
                          {"owner", owner},
                          {"link", std::string{letter.link.revealed()}},
                          {"closes", german_day(wave.closes)},
                          {"purpose", wave.purpose.de},
                          {"delete_on", german_day(wave.delete_on)}}),
            .at = {}};
}

std::string merge_file_of(const Wave& wave, std::span<const Letter> letters) {
    report::Csv csv{Language::german};
    csv.add_row(
        {"body", "body_name", "name", "street", "postcode", "city", "email", "wave", "closes", "delete_on", "link"});
    for (const Letter& letter : letters) {
        const Contact& contact = letter.body.contact;
        csv.add_row({report::csv_text(letter.body.body.text()), report::csv_text(letter.body.name),
                     report::csv_text(contact.name), report::csv_text(contact.street),
                     report::csv_text(contact.postcode), report::csv_text(contact.city),
                     report::csv_text(contact.email), report::csv_text(wave.name.de), german_day(wave.closes),
                     german_day(wave.delete_on), report::csv_text(std::string{letter.link.revealed()})});
    }
    return csv.text();
}

}  // namespace resmon::waves
