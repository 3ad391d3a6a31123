// Text → tree → shape → case, and what contradicts itself told with the line of the thing it is about.
#include "base/error.hpp"
#include "model_file/case_reader.hpp"
#include "model_file/model_file.hpp"
#include "outage/check.hpp"
#include "reading/shape.hpp"

#include <fmt/format.h>

namespace resmon::model_file {

namespace {

void refuse(std::vector<Fault>& faults) {
    if (!faults.empty()) throw InputError{std::move(faults)};
}

}  // namespace

Model model_from_yaml(const std::string& text, const std::string& file) {
    std::vector<Fault> faults;
    if (text.size() > most_bytes)
        faults.push_back({{.file = file},
                          worded("fault.model.bytes", {{"most", fmt::format("{}", most_bytes)},
                                                       {"found", fmt::format("{}", text.size())}})});
    refuse(faults);
    const catalogue::Tree tree = catalogue::tree_from_yaml(text, file, faults);
    refuse(faults);
    faults = catalogue::Shapes{}.faults(tree, "model-file", file);
    refuse(faults);

    const catalogue::FileReading reading{file, {}, &faults};
    const Cursor root{&tree, {}, &reading, 1};
    CaseReader reader{root};
    Model model{root.at("title").text_or(""), reader.read()};
    refuse(faults);
    for (Fault& fault : outage::contradictions_in(model.outage)) {
        // What is about the whole case stands under its own key, or there is no line to tell.
        const Place whole =
            root.at(fault.place.path).exists() ? root.at(fault.place.path).place() : Place{file, 0, fault.place.path};
        faults.push_back({reader.place_of(fault.place.path).value_or(whole), std::move(fault.expectation)});
    }
    refuse(faults);
    return model;
}

}  // namespace resmon::model_file
