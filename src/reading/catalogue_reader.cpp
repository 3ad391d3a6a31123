#include "reading/catalogue_reader.hpp"

#include "base/error.hpp"
#include "base/shipped.hpp"
#include "reading/questionnaire_reader.hpp"
#include "reading/readers.hpp"
#include "reading/shape.hpp"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <deque>
#include <fstream>
#include <sstream>
#include <tuple>

namespace resmon::catalogue {

namespace {

/// SHA-256 over every path and content, each with its length, so that no two catalogues run together.
std::string hash_of(const CatalogueFiles& files) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    const auto feed = [&state](const std::string& text) {
        const std::string measured = std::to_string(text.size()) + ":" + text;
        crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(measured.data()), measured.size());
    };
    for (const auto& [path, content] : files) feed(path), feed(content);
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256_final(&state, digest.data());
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

class CatalogueReader {
public:
    explicit CatalogueReader(const CatalogueFiles& files) : files_{files} {}

    Catalogue catalogue() {
        read_register();
        read_one("model.yaml", "model", "model", [this](const Cursor& root) { read_model(root, catalogue_); });
        read_one("calendar/holidays.yaml", "holidays", "holidays",
                 [this](const Cursor& root) { catalogue_.holidays = holidays_from(root); });
        if (files_.contains("calendar/elections.yaml"))
            read_one("calendar/elections.yaml", "elections", "elections",
                     [this](const Cursor& root) { catalogue_.elections = elections_from(root); });
        read_one("successors.yaml", "successors", "successors",
                 [this](const Cursor& root) { catalogue_.successors = successors_from(root); });
        read_folder("services", "service", catalogue_.services, service_from);
        read_folder("resources", "resource", catalogue_.resources, resource_from);
        read_folder("scenarios", "scenario", catalogue_.scenarios, scenario_from);
        read_folder("regions", "region", catalogue_.regions, region_from);
        if (files_.contains("germany.yaml"))
            read_one("germany.yaml", "germany", "germany",
                     [this](const Cursor& root) { catalogue_.germany = germany_from(root); });
        read_folder("incidents", "incident", catalogue_.incidents, incident_from);
        if (files_.contains("frequencies.yaml"))
            read_one("frequencies.yaml", "frequencies", "frequencies",
                     [this](const Cursor& root) { catalogue_.frequencies = frequencies_from(root); });
        read_questionnaires(&catalogue_.services);
        read_one("preparedness.yaml", "preparedness", "preparedness", [this](const Cursor& root) {
            catalogue_.preparedness = preparedness_from(root);
            if (faults_.empty()) check_preparedness(root, catalogue_);
        });
        // References are only told where every file could be read: a missing file would be told twice.
        if (faults_.empty()) faults_ = broken_references(catalogue_);
        locate_references();
        tell_faults();
        catalogue_.hash = hash_of(files_);
        catalogue_.version += " · " + catalogue_.hash.substr(0, 8);
        return std::move(catalogue_);
    }

    std::vector<Questionnaire> questionnaires() {
        read_questionnaires(nullptr);
        tell_faults();
        return std::move(catalogue_.questionnaires);
    }

private:
    void tell_faults() {
        if (faults_.empty()) return;
        std::ranges::stable_sort(faults_, {},
                                 [](const Fault& fault) { return std::tie(fault.place.file, fault.place.line); });
        throw InputError{std::move(faults_)};
    }

    template <class Read>
    void read_one(const std::string& path, const std::string& prefix, const std::string& schema, Read read) {
        const auto file = files_.find(path);
        if (file == files_.end()) {
            faults_.push_back({{path, 0, {}}, worded("fault.read.no-file")});
            return;
        }
        const std::size_t before = faults_.size();
        const FileReading reading{path, prefix, &faults_};
        trees_.emplace_back(path, tree_from_yaml(file->second, path, faults_));
        if (faults_.size() > before) return;
        read(Cursor{&trees_.back().second, {}, &reading, 1});
        add_shape_faults(trees_.back().second, schema, path, before);
    }

    /// Where the reader has said what is wrong, the schema need not say it again.
    void add_shape_faults(const Tree& tree, const std::string& schema, const std::string& path, std::size_t before) {
        std::vector<Fault> told{faults_.begin() + static_cast<std::ptrdiff_t>(before), faults_.end()};
        for (Fault& fault : shapes_.faults(tree, schema, path))
            if (std::ranges::none_of(told,
                                     [&](const Fault& one) { return one.place.path.starts_with(fault.place.path); }))
                faults_.push_back(std::move(fault));
    }

    template <class Thing>
    void read_folder(const std::string& folder, const std::string& schema, std::vector<Thing>& things,
                     Thing (*from)(const Cursor&)) {
        for (auto file = files_.lower_bound(folder + "/");
             file != files_.end() && file->first.starts_with(folder + "/"); ++file) {
            const std::string& path = file->first;
            if (!path.ends_with(".yaml")) continue;
            const std::string name = path.substr(folder.size() + 1, path.size() - folder.size() - 6);
            if (name.find('/') != std::string::npos) continue;  // a part of another file
            read_one(path, folder + "/" + name, schema, [&](const Cursor& root) {
                Thing thing = from(root);
                if (thing.id.value != name)
                    root.at("id").fault(worded("fault.read.name-of-file", {{"name", name}, {"found", thing.id.value}}));
                things.push_back(std::move(thing));
            });
        }
        std::ranges::sort(things, {}, &Thing::id);
    }

    /// `services`: none where they are not read.
    void read_questionnaires(const std::vector<Service>* services) {
        read_folder("questionnaires", "questionnaire", catalogue_.questionnaires, questionnaire_from);
        for (Questionnaire& questionnaire : catalogue_.questionnaires) read_topics(questionnaire, services);
    }

    void read_topics(Questionnaire& questionnaire, const std::vector<Service>* services) {
        const std::string head = "questionnaires/" + questionnaire.id.value;
        std::vector<const Tree*> trees;
        for (Topic& topic : questionnaire.topics) {
            const std::string path = fmt::format("{}/{}.yaml", head, topic.id);
            read_one(path, head, "topic", [&](const Cursor& root) {
                if (root.at("id").text() != topic.id)
                    root.at("id").fault(
                        worded("fault.read.name-of-file", {{"name", topic.id}, {"found", root.at("id").text()}}));
                topic = topic_from(root);
            });
            if (const Tree* tree = tree_of(path)) trees.push_back(tree);
        }
        const std::string versions = head + "/versions.yaml";
        if (files_.contains(versions))
            read_one(versions, head, "versions", [&](const Cursor& root) { read_versions(root, questionnaire); });
        for (auto file = files_.lower_bound(head + "/"); file != files_.end() && file->first.starts_with(head + "/");
             ++file)
            if (tree_of(file->first) == nullptr && file->first.ends_with(".yaml"))
                faults_.push_back(
                    {{file->first, 0, {}}, worded("fault.read.topic-unlisted", {{"file", head + ".yaml"}})});
        if (!faults_.empty()) return;
        questionnaire.hash = content_hash(*tree_of(head + ".yaml"), trees);
        const auto check = [this](const std::string& path, const auto& check_with) {
            const FileReading reading{path, path, &faults_};
            check_with(Cursor{tree_of(path), {}, &reading, 1});
        };
        check(head + ".yaml", [&](const Cursor& root) { check_head(root, questionnaire); });
        check(versions, [&](const Cursor& root) { check_versions(root, questionnaire); });
        for (std::size_t number = 0; number < questionnaire.topics.size(); ++number)
            check(fmt::format("{}/{}.yaml", head, questionnaire.topics[number].id),
                  [&](const Cursor& root) { check_topic(root, questionnaire, number, services); });
    }

    const Tree* tree_of(const std::string& path) const {
        const auto found = std::ranges::find(trees_, path, &std::pair<std::string, Tree>::first);
        return found == trees_.end() ? nullptr : &found->second;
    }

    void read_register() {
        const auto file = files_.find("register/municipalities.csv");
        if (file == files_.end()) {
            faults_.push_back({{"register/municipalities.csv", 0, {}}, worded("fault.read.no-file")});
            return;
        }
        try {
            catalogue_.bodies = Register::from_csv(file->second, file->first);
        } catch (const InputError& error) {
            faults_.insert(faults_.end(), error.faults().begin(), error.faults().end());
        }
        read_one("register/source.yaml", "register", "register", [this](const Cursor& root) {
            root.only({"source", "licence", "as_of", "population_as_of"});
            (void)date_from(root.at("population_as_of"));
            catalogue_.bodies.set_source(root.at("source").text(), date_from(root.at("as_of")));
        });
    }

    /// References are checked on values, which know no lines.
    void locate_references() {
        for (Fault& fault : faults_) {
            if (fault.place.line > 0) continue;
            const auto tree = std::ranges::find(trees_, fault.place.file, &std::pair<std::string, Tree>::first);
            if (tree != trees_.end()) (void)locate(tree->second, fault.place, fault.expectation);
        }
    }

    const CatalogueFiles& files_;
    Shapes shapes_;
    Catalogue catalogue_;
    std::vector<Fault> faults_;
    std::deque<std::pair<std::string, Tree>> trees_;  ///< stay where they are: questionnaires refer to them
};

}  // namespace

CatalogueFiles shipped_catalogue_files() {
    CatalogueFiles files;
    for (const ShippedFile& file : shipped_catalogue()) files.emplace(file.path, unpacked(file));
    return files;
}

CatalogueFiles catalogue_files_in(const std::filesystem::path& folder) {
    if (!std::filesystem::is_directory(folder))
        throw InputError{{{{folder.string(), 0, {}}, worded("fault.read.folder")}}};
    CatalogueFiles files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file{entry.path(), std::ios::binary};
        std::ostringstream content;
        content << file.rdbuf();
        if (!file) throw InputError{{{{entry.path().string(), 0, {}}, worded("fault.file-readable")}}};
        files.emplace(entry.path().lexically_relative(folder).generic_string(), content.str());
    }
    return files;
}

Catalogue catalogue_from(const CatalogueFiles& files) { return CatalogueReader{files}.catalogue(); }

CatalogueFiles questionnaire_files(const CatalogueFiles& files, const QuestionnaireId& id) {
    const std::string head = "questionnaires/" + id.value;
    CatalogueFiles found;
    for (const auto& [path, content] : files)
        if (path == head + ".yaml" || path.starts_with(head + "/")) found.emplace(path, content);
    return found;
}

Questionnaire kept_questionnaire(const CatalogueFiles& files) {
    std::vector<Questionnaire> found = CatalogueReader{files}.questionnaires();
    if (found.size() != 1) throw InputError{worded("fault.read.one-questionnaire")};
    return std::move(found.front());
}

}  // namespace resmon::catalogue
