// resmon wave: plan a wave, write to those it asks, follow and close it. It never shows an answer.
#include "base/calendar.hpp"
#include "base/error.hpp"
#include "cli/catalogue_in_use.hpp"
#include "cli/commands.hpp"
#include "cli/file_content.hpp"
#include "cli/installation.hpp"
#include "cli/letters.hpp"
#include "cli/terminal.hpp"
#include "report/pdf.hpp"
#include "wave_files/wave_files.hpp"
#include "waves/invitations.hpp"
#include "waves/waves_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>

namespace resmon::cli {

namespace {

using waves::WaveId;

/// The desks of waves over the installation of the options.
struct Office {
    explicit Office(const Options& options)
        : files{catalogue_files_in_use(options)}, catalogue{catalogue::catalogue_from(files)},
          installation{options, catalogue.bodies}, means{installation.accounts, installation.sealing, catalogue},
          waves{means},
          survey{installation.database,          installation.audit, installation.sealing, catalogue, files,
                 &std::chrono::system_clock::now},
          wave_files{waves, survey} {}

    catalogue::CatalogueFiles files;
    catalogue::Catalogue catalogue;
    Installation installation;
    waves::Means means;
    waves::Waves waves;
    survey::Survey survey;
    wave_files::WaveFiles wave_files;
};

void tell(const Options& options, const char* key, const std::vector<TextArgument>& arguments) {
    if (!options.quiet) write_output(options, program_text(key, options.language, arguments) + "\n");
}

/// Messages beside a file that goes to --output.
void say(const Options& options, const char* key, const std::vector<TextArgument>& arguments) {
    if (!options.quiet) fmt::print(stderr, "{}\n", program_text(key, options.language, arguments));
}

std::string a_year_after(const std::string& day) {
    const auto known = date_from(day);
    if (!known) return day;  // told as a fault by the desk
    constexpr std::chrono::days year{365};
    return utc_text(*known + year).substr(0, 10);
}

std::vector<waves::FrameBody> frame_wished(const Office& office, const WaveWish& wish) {
    const catalogue::Register& bodies = office.catalogue.bodies;
    if (!wish.frame.empty()) return waves::frame_from_csv(bodies, content_of_file(wish.frame), wish.frame.string());
    if (!wish.select.empty()) return waves::frame_of(bodies, waves::selection_from(wish.select));
    return {};
}

std::string percent(const Options& options, double share) {
    return number_text(std::round(share * 100), 0, options.language) + " %";
}

std::string counted(const Options& options, const char* heading, const std::vector<waves::Group>& groups) {
    std::vector<TableColumn> columns{{program_text(heading, options.language)}};
    columns.push_back({program_text("wave.frame", options.language), Align::right});
    for (const std::string_view standing : waves::standings)
        columns.push_back({program_text("wave.standing." + std::string{standing}, options.language), Align::right});
    columns.push_back({program_text("wave.rate", options.language), Align::right});
    std::vector<std::vector<std::string>> rows;
    for (const waves::Group& group : groups) {
        std::vector<std::string> row{program_text("wave.group." + group.word, options.language),
                                     std::to_string(waves::sum_of(group.counts))};
        for (const long count : group.counts) row.push_back(std::to_string(count));
        row.push_back(percent(options, waves::response_rate(group.counts)));
        rows.push_back(std::move(row));
    }
    return text_table(columns, rows);
}

std::string headline(const Options& options, const waves::Wave& wave) {
    return program_text("wave.headline", options.language,
                        {{"name", wave.name.in(options.language)},
                         {"id", wave.id.value},
                         {"state", program_text("wave.state." + std::string{to_string(wave.state)}, options.language)},
                         {"opens", wave.opens},
                         {"closes", wave.closes}}) +
           (wave.is_synthetic ? " " + program_text("wave.synthetic", options.language) : std::string{}) +
           (wave.is_draft ? " " + program_text("wave.draft", options.language) : std::string{});
}

std::string bodies_as_csv(const Options& options, Office& office, const WaveId& id) {
    return office.wave_files.exported(at_the_command_line(), id, wave_files::FileKind::csv, options.language);
}

/// By the end of its name. Throws InputError for another one.
wave_files::FileKind kind_of(const std::filesystem::path& file) {
    if (file.extension() == ".csv") return wave_files::FileKind::csv;
    if (file.extension() == ".xlsx") return wave_files::FileKind::xlsx;
    throw InputError{{Fault{{.file = file.string()}, worded("fault.file-end")}}};
}

int send_all(const Options& options, waves::Dispatching& dispatching, const waves::Order& order) {
    const waves::Progress sum = dispatching.send(at_the_command_line(), order, std::numeric_limits<int>::max());
    tell(options, "wave.sent",
         {{"sent", static_cast<double>(sum.sent)},
          {"refused", static_cast<double>(sum.refused)},
          {"unclear", static_cast<double>(sum.unclear)},
          {"without", static_cast<double>(sum.without_address)}});
    return exit_done;
}

}  // namespace

int plan_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    const Text usual{program_text("wave.purpose", Language::german), program_text("wave.purpose", Language::english)};
    const waves::Wave wave =
        office.waves.plan(at_the_command_line(),
                          {.owner = {wish.organisation},
                           .name = {wish.name, wish.name_en.empty() ? wish.name : wish.name_en},
                           .questionnaire = {wish.questionnaire},
                           .is_synthetic = wish.is_synthetic,
                           .opens = wish.opens,
                           .closes = wish.closes,
                           .purpose = wish.purpose.empty() ? usual : Text{wish.purpose, wish.purpose},
                           .delete_on = wish.delete_on.empty() ? a_year_after(wish.closes) : wish.delete_on,
                           .previous = {wish.previous}},
                          frame_wished(office, wish));
    if (options.format == Format::json)
        write_output(options,
                     waves::work_list_to_json(office.waves.wave(at_the_command_line(), wave.id)).dump() + "\n");
    else
        write_output(options, wave.id.value + "\n");
    return exit_done;
}

int list_waves(const Options& options) {
    Office office{options};
    const std::vector<waves::Overview> list = office.waves.list(at_the_command_line());
    if (options.format == Format::json) {
        waves::Json json = waves::Json::array();
        for (const waves::Overview& one : list) json.push_back(waves::overview_to_json(one));
        write_output(options, json.dump() + "\n");
        return exit_done;
    }
    std::string lines;
    for (const waves::Overview& one : list) lines += headline(options, one.wave) + "\n";
    write_output(options, lines);
    return exit_done;
}

int open_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    office.waves.open(at_the_command_line(), {wish.id});
    tell(options, "wave.opened", {{"id", wish.id}});
    return exit_done;
}

int close_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    office.waves.close(at_the_command_line(), {wish.id}, wish.reason);
    tell(options, "wave.closed", {{"id", wish.id}});
    return exit_done;
}

int show_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    if (options.format == Format::csv) {
        write_output(options, bodies_as_csv(options, office, {wish.id}));
        return exit_done;
    }
    const waves::WorkList list = office.waves.wave(at_the_command_line(), {wish.id});
    if (options.format == Format::json) {
        write_output(options, waves::work_list_to_json(list).dump() + "\n");
        return exit_done;
    }
    const waves::Status& status = list.overview.status;
    const std::vector<waves::Group> all{{"all", status.total}};
    write_output(options, headline(options, list.overview.wave) + "\n\n" + counted(options, "wave.total", all) + "\n" +
                              counted(options, "wave.by-state", status.by_state) + "\n" +
                              counted(options, "wave.by-size", status.by_size) + "\n" +
                              counted(options, "wave.by-kind", status.by_kind));
    return exit_done;
}

int add_to_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    office.waves.add_body(at_the_command_line(), {wish.id}, wish.body, wish.reason);
    return exit_done;
}

int remove_from_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    office.waves.remove_body(at_the_command_line(), {wish.id}, wish.body, wish.reason);
    return exit_done;
}

int write_to_bodies(const Options& options, const WaveWish& wish, int stage) {
    Office office{options};
    waves::Dispatching dispatching{office.means, sending_of(options)};
    const waves::Order order{.wave = {wish.id}, .stage = stage};
    if (!options.output && !wish.again && dispatching.has_mail()) return send_all(options, dispatching, order);
    const bool is_pdf = options.output && options.output->extension() == ".pdf";
    const auto file_of = [is_pdf](const waves::Letters& letters) {
        return is_pdf ? report::pdf(document_of(letters, std::chrono::system_clock::now()))
                      : waves::merge_file_of(letters);
    };
    const waves::Letters made =
        dispatching.on_paper(at_the_command_line(), order, wish.again ? waves::Again::yes : waves::Again::no, file_of);
    write_output(options, file_of(made));
    say(options, "wave.letters", {{"letters", static_cast<double>(made.letters.size())}});
    return exit_done;
}

int settle_letter(const Options& options, const WaveWish& wish) {
    Office office{options};
    waves::Dispatching dispatching{office.means, sending_of(options)};
    dispatching.settle(at_the_command_line(), {wish.id}, office.catalogue.bodies.body(wish.body).key, wish.stage,
                       wish.left ? waves::DispatchState::sent : waves::DispatchState::refused);
    return exit_done;
}

int purge_waves(const Options& options, const WaveWish& wish) {
    Office office{options};
    const Principal who = at_the_command_line();
    const std::vector<WaveId> ids = wish.id.empty() ? office.waves.to_purge(who) : std::vector<WaveId>{WaveId{wish.id}};
    std::size_t participations = 0;
    for (const WaveId& id : ids) participations += office.waves.purge(who, id);
    tell(options, "wave.purged",
         {{"waves", static_cast<double>(ids.size())}, {"participations", static_cast<double>(participations)}});
    return exit_done;
}

int export_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    const wave_files::FileKind kind = kind_of(wish.file);
    const Principal who = at_the_command_line();
    write_file(wish.file, wish.answers ? office.wave_files.answers(who, {wish.id}, kind, options.language)
                                       : office.wave_files.exported(who, {wish.id}, kind, options.language));
    return exit_done;
}

int import_wave(const Options& options, const WaveWish& wish) {
    Office office{options};
    const wave_files::Imported done = office.wave_files.imported(
        at_the_command_line(), {.wave = {wish.id}, .organisation = {wish.organisation}, .reason = wish.reason},
        content_of_file(wish.file), wish.file.string());
    say(options, done.is_new ? "wave.imported-new" : "wave.imported",
        {{"added", static_cast<double>(done.changes.added)},
         {"readdressed", static_cast<double>(done.changes.readdressed)},
         {"unchanged", static_cast<double>(done.changes.unchanged)}});
    write_output(options, done.wave.value + "\n");
    return exit_done;
}

int verify_withdrawal(const Options& options, const WaveWish& wish) {
    Office office{options};
    waves::Invitations invitations{office.means, office.survey};
    const bool is_genuine = invitations.is_genuine(waves::receipt_from_text(content_of_file(wish.file)));
    tell(options, is_genuine ? "wave.receipt-genuine" : "wave.receipt-forged", {});
    return is_genuine ? exit_done : exit_damage;
}

}  // namespace resmon::cli
