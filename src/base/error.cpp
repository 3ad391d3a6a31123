#include "base/error.hpp"

namespace resmon {

namespace {

std::string one_per_line(const std::vector<Fault>& faults) {
    std::string lines;
    for (const Fault& fault : faults) {
        if (!lines.empty()) lines += '\n';
        lines += to_string(fault);
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

std::string to_string(const Fault& fault) {
    const std::string place = to_string(fault.place);
    return place.empty() ? fault.expectation : place + ": " + fault.expectation;
}

InputError::InputError(std::vector<Fault> faults)
    : std::runtime_error{one_per_line(faults)}, faults_{std::move(faults)} {}

}  // namespace resmon
