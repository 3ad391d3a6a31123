#include "base/error.hpp"

namespace resmon {

namespace {

std::string one_per_line(const std::vector<Fault>& faults, Language language) {
    std::string lines;
    for (const Fault& fault : faults) {
        if (!lines.empty()) lines += '\n';
        lines += to_string(fault, language);
    }
    return lines;
}

}  // namespace

std::string to_string(const Place& place) {
    std::string text = place.file;
    if (place.line > 0) text += ":" + std::to_string(place.line);
    if (!place.path.empty()) text += (text.empty() ? "" : ": ") + place.path;
    return text;
}

std::string to_string(const Fault& fault, Language language) {
    const std::string place = to_string(fault.place);
    const std::string& expectation = fault.expectation.in(language);
    return place.empty() ? expectation : place + ": " + expectation;
}

InputError::InputError(std::vector<Fault> faults)
    : std::runtime_error{one_per_line(faults, Language::english)}, faults_{std::move(faults)} {}

std::string InputError::in(Language language) const { return one_per_line(faults_, language); }

}  // namespace resmon
