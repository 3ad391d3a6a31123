#include "wave_files/wave_files.hpp"

#include "base/error.hpp"
#include "wave_files/answer_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace resmon::wave_files {

namespace {

using waves::FrameBody;
using waves::Wave;
using waves::WaveState;

/// A column of the file and what of a wave it says.
struct Column {
    std::string_view name;
    std::string_view pointer;  ///< as waves::faults_of tells it
    std::string& (*field)(Wave&);
    bool is_plan = false;    ///< can change while the wave is planned
    bool is_needed = false;  ///< to plan one
};

constexpr std::array<Column, 9> columns{{
    {"wave_name", "/name/de", [](Wave& wave) -> std::string& { return wave.name.de; }, true, true},
    {"wave_name_en", "/name/en", [](Wave& wave) -> std::string& { return wave.name.en; }, true, false},
    {"opens", "/opens", [](Wave& wave) -> std::string& { return wave.opens; }, true, true},
    {"closes", "/closes", [](Wave& wave) -> std::string& { return wave.closes; }, true, true},
    {"delete_on", "/delete_on", [](Wave& wave) -> std::string& { return wave.delete_on; }, true, true},
    {"purpose", "/purpose/de", [](Wave& wave) -> std::string& { return wave.purpose.de; }, true, true},
    {"purpose_en", "/purpose/en", [](Wave& wave) -> std::string& { return wave.purpose.en; }, true, false},
    {"questionnaire", "/questionnaire", [](Wave& wave) -> std::string& { return wave.questionnaire.value; }, false,
     true},
    {"previous", "/previous", [](Wave& wave) -> std::string& { return wave.previous.value; }, false, false},
}};

Place place_of(const WaveTable& table, std::string_view column) {
    const WaveTable::Said* said = table.find(column);
    return said != nullptr ? table.place(said->row, column)
                           : Place{.file = table.file.name, .line = 0, .path = std::string{column}};
}

/// What the file says, over what is known.
void say(const WaveTable& table, Wave& wave) {
    for (const Column& column : columns)
        if (const WaveTable::Said* said = table.find(column.name)) column.field(wave) = said->value;
}

void add_contradictions(const WaveTable& table, const Wave& wave, std::vector<Fault>& faults) {
    for (Fault& fault : waves::faults_of(wave)) {
        const auto column = std::ranges::find(columns, fault.place.path, &Column::pointer);
        faults.push_back({place_of(table, column->name), std::move(fault.expectation)});
    }
}

Wording must_stay(const Column& column, const std::string& held) {
    const auto in = [&](Language language) {
        return program_text(column.is_plan ? "fault.wave-file.opened" : "fault.wave-file.fixed", language,
                            {{"held", held.empty() ? program_text("fault.wave-file.empty", language) : held}});
    };
    return Text{in(Language::german), in(Language::english)};
}

/// Yes or no, in both languages; nothing if the file does not say it.
std::optional<bool> is_synthetic(const WaveTable& table, std::vector<Fault>& faults) {
    const WaveTable::Said* said = table.find("synthetic");
    if (said == nullptr) return std::nullopt;
    for (const char* yes : {"yes", "ja", "true"})
        if (said->value == yes) return true;
    for (const char* no : {"no", "nein", "false"})
        if (said->value == no) return false;
    faults.push_back({place_of(table, "synthetic"), worded("fault.yes-no", {{"found", said->value}})});
    return std::nullopt;
}

/// Rows of those who left the frame are told for the record alone.
std::vector<FrameBody> bodies_of(const WaveTable& table, const std::string& reason) {
    std::vector<FrameBody> bodies;
    for (std::size_t place = 0; place < table.frame.rows.size(); ++place) {
        if (!table.removed[place].empty()) continue;
        bodies.push_back(table.frame.rows[place].body);
        bodies.back().added_why = table.reasons[place].empty() ? reason : table.reasons[place];
    }
    return bodies;
}

}  // namespace

std::string WaveFiles::exported(const Principal& who, const waves::WaveId& id, FileKind kind, Language language) {
    return wave_to_file(waves_.exported(who, id), kind, language);
}

Imported WaveFiles::imported(const Principal& who, const ImportWish& wish, std::string_view bytes,
                             const std::string& name) {
    const WaveTable table = wave_from_file(waves_.catalogue().bodies, bytes, name);
    const WaveTable::Said* said = table.find("wave");
    const waves::WaveId id{wish.wave.value.empty() && said != nullptr ? said->value : wish.wave.value};
    if (!wish.wave.value.empty()) return extended(who, wish, waves_.wave(who, id).overview.wave, table);
    const std::vector<waves::Overview> list = waves_.list(who);
    const auto known = std::ranges::find(list, id, [](const waves::Overview& one) { return one.wave.id; });
    return known == list.end() ? planned(who, wish, table) : extended(who, wish, known->wave, table);
}

Imported WaveFiles::extended(const Principal& who, const ImportWish& wish, const Wave& known, const WaveTable& table) {
    std::vector<Fault> faults;
    Wave wished = known;
    say(table, wished);
    Wave before = known;
    for (const Column& column : columns)
        if (const std::string& held = column.field(before);
            held != column.field(wished) && (!column.is_plan || known.state != WaveState::planned))
            faults.push_back({place_of(table, column.name), must_stay(column, held)});
    if (const auto synthetic = is_synthetic(table, faults); synthetic && *synthetic != known.is_synthetic)
        faults.push_back({place_of(table, "synthetic"),
                          worded("fault.wave-file.fixed", {{"held", known.is_synthetic ? "yes" : "no"}})});
    if (known.state == WaveState::planned) add_contradictions(table, wished, faults);
    std::vector<FrameBody> bodies = bodies_of(table, wish.reason);
    std::map<BodyKey, waves::Contact> there;
    for (waves::BodyStatus& one : waves_.wave(who, known.id).bodies)
        if (!one.body.is_removed()) there.emplace(one.body.body, std::move(one.body.contact));
    for (FrameBody& body : bodies)
        if (const auto known_body = there.find(body.body); known_body != there.end())
            table.frame.keep_untold(body.contact, known_body->second);
    if (known.state == WaveState::open) {
        for (std::size_t place = 0; place < table.frame.rows.size(); ++place)
            if (const auto& [body, row] = table.frame.rows[place]; !there.contains(body.body) &&
                                                                   table.removed[place].empty() &&
                                                                   table.reasons[place].empty() && wish.reason.empty())
                faults.push_back(
                    {table.place(row, "body"), worded("fault.wave-file.why-joins", {{"body", body.name}})});
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
    const auto addresses = table.frame.has_contacts() ? waves::Addresses::told : waves::Addresses::not_told;
    return {.wave = known.id, .changes = waves_.extend(who, wished, std::move(bodies), addresses)};
}

Imported WaveFiles::planned(const Principal& who, const ImportWish& wish, const WaveTable& table) {
    std::vector<Fault> faults;
    for (const Column& column : columns)
        if (column.is_needed && table.find(column.name) == nullptr)
            faults.push_back({place_of(table, column.name), worded("fault.wave-file.needed")});
    Wave wave{.owner = wish.organisation};
    say(table, wave);
    if (wave.name.en.empty()) wave.name.en = wave.name.de;
    if (wave.purpose.en.empty()) wave.purpose.en = wave.purpose.de;
    if (const auto synthetic = is_synthetic(table, faults)) wave.is_synthetic = *synthetic;
    if (faults.empty()) add_contradictions(table, wave, faults);
    if (!faults.empty()) throw InputError{std::move(faults)};
    std::vector<FrameBody> bodies = bodies_of(table, {});
    for (FrameBody& body : bodies) body.added_why.clear();
    std::ranges::sort(bodies, {}, &FrameBody::body);
    const std::size_t count = bodies.size();
    return {
        .wave = waves_.plan(who, std::move(wave), std::move(bodies)).id, .is_new = true, .changes = {.added = count}};
}

std::string WaveFiles::answers(const Principal& who, const waves::WaveId& id, FileKind kind, Language language) {
    AnswerTable table{.is_synthetic = waves_.wave(who, id).overview.wave.is_synthetic, .rows = {}};
    std::size_t number = 0;
    for (const waves::Comparable& one : waves_.comparable(who, id))
        add_answers(table, ++number, one, survey_.whole(who, one.response));
    return answers_to_file(table, kind, language);
}

}  // namespace resmon::wave_files
