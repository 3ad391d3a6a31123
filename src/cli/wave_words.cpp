#include "cli/wave_words.hpp"

#include "base/text.hpp"
#include "waves/dispatch.hpp"

#include <CLI/CLI.hpp>

namespace resmon::cli {

namespace {

void add_plan(CLI::App* plan, const std::function<std::string(const char*)>& text, WaveWish& wish) {
    plan->add_option("--name", wish.name, text("help.wave-name"))->required()->type_name("TEXT");
    plan->add_option("--name-en", wish.name_en, text("help.wave-name-en"))->type_name("TEXT");
    plan->add_option("--questionnaire", wish.questionnaire, text("help.wave-questionnaire"))
        ->capture_default_str()
        ->type_name("ID");
    CLI::Option* frame = plan->add_option("--frame", wish.frame, text("help.wave-frame"))->type_name("FILE");
    plan->add_option("--select", wish.select, text("help.wave-select"))->excludes(frame)->type_name("WORDS");
    plan->add_option("--opens", wish.opens, text("help.wave-opens"))->required()->type_name("YYYY-MM-DD");
    plan->add_option("--closes", wish.closes, text("help.wave-closes"))->required()->type_name("YYYY-MM-DD");
    plan->add_option("--purpose", wish.purpose, text("help.wave-purpose"))->type_name("TEXT");
    plan->add_option("--delete-on", wish.delete_on, text("help.wave-delete-on"))->type_name("YYYY-MM-DD");
    plan->add_option("--organisation", wish.organisation, text("help.wave-organisation"))->type_name("KEY");
    plan->add_option("--previous", wish.previous, text("help.wave-previous"))->type_name("ID");
    plan->add_flag("--synthetic", wish.is_synthetic, text("help.wave-synthetic"));
}

}  // namespace

void add_wave_words(CLI::App& app, const AddCommand& add, const Options& options, WaveWish& wish) {
    const auto text = [&options](const char* key) { return program_text(key, options.language); };
    CLI::App* wave = add(app, "wave", nullptr);
    wave->require_subcommand(1);
    add_plan(add(*wave, "new", [&] { return plan_wave(options, wish); }), text, wish);
    add(*wave, "list", [&] { return list_waves(options); });

    CLI::App* open = add(*wave, "open", [&] { return open_wave(options, wish); });
    CLI::App* close = add(*wave, "close", [&] { return close_wave(options, wish); });
    CLI::App* status = add(*wave, "status", [&] { return show_wave(options, wish); });
    CLI::App* added = add(*wave, "add", [&] { return add_to_wave(options, wish); });
    CLI::App* removed = add(*wave, "remove", [&] { return remove_from_wave(options, wish); });
    CLI::App* invite = add(*wave, "invite", [&] { return write_to_bodies(options, wish, waves::invitation_stage); });
    CLI::App* remind = add(*wave, "remind", [&] { return write_to_bodies(options, wish, wish.stage); });
    CLI::App* settle = add(*wave, "settle", [&] { return settle_letter(options, wish); });
    CLI::App* exported = add(*wave, "export", [&] { return export_wave(options, wish); });
    for (CLI::App* one : {open, close, status, added, removed, invite, remind, settle, exported})
        one->add_option("wave", wish.id, text("help.wave-id"))->required();
    CLI::App* purge = add(*wave, "purge", [&] { return purge_waves(options, wish); });
    purge->add_option("wave", wish.id, text("help.wave-id-or-all"));

    close->add_option("--reason", wish.reason, text("help.wave-close-reason"))->type_name("TEXT");
    for (CLI::App* one : {added, removed}) {
        one->add_option("--body", wish.body, text("help.body"))->required()->type_name("KEY");
        one->add_option("--reason", wish.reason, text("help.wave-reason"))->required()->type_name("TEXT");
    }
    for (CLI::App* one : {invite, remind}) one->add_flag("--again", wish.again, text("help.wave-again"));
    for (CLI::App* one : {remind, settle})
        one->add_option("--stage", wish.stage, text("help.wave-stage"))
            ->required()
            ->check(CLI::Range(one == remind ? 1 : 0, waves::most_stages).description(""))
            ->type_name("N");
    settle->add_option("--body", wish.body, text("help.body"))->required()->type_name("KEY");
    settle->add_flag("--left,!--did-not-leave", wish.left, text("help.wave-left"))->required();
    exported->add_option("file", wish.file, text("help.wave-file"))->required();
    exported->add_flag("--answers", wish.answers, text("help.wave-answers"));
    CLI::App* imported = add(*wave, "import", [&] { return import_wave(options, wish); });
    imported->add_option("file", wish.file, text("help.wave-file"))->required();
    imported->add_option("--wave", wish.id, text("help.wave-import-into"))->type_name("ID");
    imported->add_option("--organisation", wish.organisation, text("help.wave-organisation"))->type_name("KEY");
    imported->add_option("--reason", wish.reason, text("help.wave-reason"))->type_name("TEXT");

    CLI::App* verify = add(*wave, "verify", [&] { return verify_withdrawal(options, wish); });
    verify->add_option("receipt", wish.file, text("help.wave-receipt"))->required();
}

}  // namespace resmon::cli
