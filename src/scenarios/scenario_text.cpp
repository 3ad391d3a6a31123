#include "scenarios/scenario_text.hpp"

#include "reading/readers.hpp"
#include "reading/shape.hpp"
#include "secrets/digest.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

namespace resmon::scenarios {

namespace {

using catalogue::Cursor;
using catalogue::Tree;

constexpr std::string_view own = "own-";
constexpr std::size_t digits = 32;

/// Of a name that may be half written.
Text name_in(const Tree& tree) {
    Text name;
    const Tree* both = tree.find("name");
    if (both == nullptr) return name;
    if (const Tree* german = both->find("de")) name.de = german->scalar;
    if (const Tree* english = both->find("en")) name.en = english->scalar;
    return name;
}

/// What the reader has told, the schema need not tell again.
void add_shape_faults(const Tree& tree, const std::string& file, std::vector<Fault>& faults) {
    const std::vector<Fault> told = faults;
    for (Fault& fault : catalogue::Shapes{}.faults(tree, "scenario", file))
        if (std::ranges::none_of(told, [&](const Fault& one) {
                return one.place.path.starts_with(fault.place.path) || one.place.line == fault.place.line;
            }))
            faults.push_back(std::move(fault));
}

/// The reader counts bytes, people count characters.
int characters(const std::string& text, int line, int column) {
    if (column < 1) return 0;
    std::size_t start = 0;
    for (int before = 1; before < line; ++before) start = text.find('\n', start) + 1;
    const std::string_view left = std::string_view{text}.substr(start, static_cast<std::size_t>(column) - 1);
    return 1 + static_cast<int>(std::ranges::count_if(left, [](char byte) { return (byte & 0xC0) != 0x80; }));
}

class TextReader {
public:
    TextReader(const std::string& text, const std::string& file) : text_{text}, file_{file} {}

    /// Faults of syntax hide all others, faults of form those of meaning.
    CheckedText read(const catalogue::Catalogue& catalogue) {
        std::vector<Fault> faults;
        const Tree tree = catalogue::tree_from_yaml(text_, file_, faults);
        found_.name = name_in(tree);
        if (!faults.empty()) return told(tree, std::move(faults));
        const Tree* id = tree.find("id");
        const catalogue::FileReading reading{file_, "scenarios/" + (id == nullptr ? std::string{} : id->scalar),
                                             &faults};
        catalogue::Scenario scenario = catalogue::scenario_from(Cursor{&tree, {}, &reading, 1});
        add_shape_faults(tree, file_, faults);
        if (!faults.empty()) return told(tree, std::move(faults));
        for (Fault& fault : catalogue::broken_references(catalogue, scenario, file_)) {
            const int column = catalogue::locate(tree, fault.place, fault.expectation);
            add(std::move(fault), column);
        }
        if (found_.faults.empty()) {
            scenario.id = id_of(text_);
            found_.scenario = std::move(scenario);
        }
        return in_order();
    }

private:
    void add(Fault fault, int column) {
        const int in_characters = characters(text_, fault.place.line, column);
        found_.faults.push_back({std::move(fault), in_characters});
    }

    CheckedText told(const Tree& tree, std::vector<Fault> faults) {
        std::ranges::stable_sort(faults, {}, [](const Fault& fault) { return fault.place.line; });
        if (faults.size() > most_faults) faults.erase(faults.begin() + most_faults, faults.end());
        for (Fault& fault : faults) {
            const int column = catalogue::column_of(tree, fault.place);
            add(std::move(fault), column);
        }
        return in_order();
    }

    CheckedText in_order() {
        std::ranges::stable_sort(found_.faults, {},
                                 [](const TextFault& one) { return std::pair{one.fault.place.line, one.column}; });
        if (found_.faults.size() > most_faults)
            found_.faults.erase(found_.faults.begin() + most_faults, found_.faults.end());
        return std::move(found_);
    }

    const std::string& text_;
    const std::string& file_;
    CheckedText found_;
};

}  // namespace

ScenarioId id_of(const std::string& text) { return {std::string{own} + digest_of(text).substr(0, digits)}; }

bool is_own(const ScenarioId& id) { return id.value.size() == own.size() + digits && id.value.starts_with(own); }

CheckedText checked(const std::string& text, const std::string& file, const catalogue::Catalogue& catalogue) {
    if (text.size() <= most_bytes) return TextReader{text, file}.read(catalogue);
    CheckedText found;
    found.faults.push_back({.fault = {{.file = file},
                                      worded("fault.scenario.bytes", {{"most", std::to_string(most_bytes)},
                                                                      {"found", std::to_string(text.size())}})}});
    return found;
}

catalogue::Catalogue catalogue_with(const catalogue::Catalogue& catalogue, const std::string& text,
                                    const std::string& file) {
    CheckedText found = checked(text, file.empty() ? id_of(text).value + ".yaml" : file, catalogue);
    if (!found.scenario) {
        std::vector<Fault> faults;
        for (TextFault& one : found.faults) faults.push_back(std::move(one.fault));
        throw InputError{std::move(faults)};
    }
    catalogue::Catalogue extended = catalogue;
    extended.scenarios.push_back(std::move(*found.scenario));
    std::ranges::sort(extended.scenarios, {}, &catalogue::Scenario::id);
    return extended;
}

}  // namespace resmon::scenarios
