#include "base/error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

namespace resmon {

namespace {

struct Reason {
    int error_number;
    const char* key;
};
constexpr std::array<Reason, 16> reasons{{{EACCES, "system.no-permission"},
                                          {EPERM, "system.not-permitted"},
                                          {ENOENT, "system.does-not-exist"},
                                          {EEXIST, "system.exists"},
                                          {ENOTDIR, "system.no-folder"},
                                          {EISDIR, "system.is-folder"},
                                          {ENOSPC, "system.disk-full"},
                                          {EDQUOT, "system.quota"},
                                          {EROFS, "system.read-only"},
                                          {EFBIG, "system.file-large"},
                                          {EIO, "system.device"},
                                          {ENAMETOOLONG, "system.name-long"},
                                          {ELOOP, "system.links"},
                                          {EMFILE, "system.many-files"},
                                          {ENOMEM, "system.memory"},
                                          {EADDRNOTAVAIL, "system.address"}}};

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

Wording system_reason(int error_number) {
    const auto* known = std::ranges::find(reasons, error_number, &Reason::error_number);
    return known == reasons.end() ? Wording{std::generic_category().message(error_number)} : worded(known->key);
}

}  // namespace resmon
