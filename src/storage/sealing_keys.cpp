#include "storage/sealing_keys.hpp"

#include "archive/safe_file.hpp"
#include "base/error.hpp"
#include "secrets/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <system_error>

namespace resmon::storage {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t key_bytes = 32;
constexpr std::size_t most_bytes = std::size_t{64} * 1024;

fs::path from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

/// Of `resmon-key ID BASE64`.
std::string key_in(const std::string& base64, const Place& place, std::vector<Fault>& faults) {
    std::string key;
    try {
        key = bytes_of_base64(base64);
    } catch (const InputError&) {
        faults.push_back({place, worded("fault.key.base64")});
        return {};
    }
    if (key.size() != key_bytes)
        faults.push_back({place, worded("fault.key.bytes", {{"wanted", std::to_string(key_bytes)},
                                                            {"found", std::to_string(key.size())}})});
    return key;
}

}  // namespace

KeyPlace key_place(const fs::path& data_folder, const fs::path& wished) {
    if (!wished.empty()) return {wished, KeyOrigin::option};
    if (const fs::path named = from_environment("RESMON_KEY_FILE"); !named.empty()) return {named, KeyOrigin::option};
    if (const fs::path given = from_environment("CREDENTIALS_DIRECTORY"); !given.empty()) {
        // Other credentials may be given to a service whose key lies elsewhere.
        std::error_code error;
        if (fs::exists(given / "resmon.key", error)) return {given / "resmon.key", KeyOrigin::credential};
    }
    return {data_folder / "resmon.key", KeyOrigin::beside_data};
}

SealingKeys keys_of_text(std::string_view text, const std::string& file) {
    static const std::regex entry{"resmon-key ([0-9a-f]{16}) ([A-Za-z0-9+/=]{1,64})"};
    SealingKeys keys;
    std::vector<Fault> faults;
    int number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string line{text.substr(0, end)};
        text.remove_prefix(std::min(end + 1, text.size()));
        const Place place{.file = file, .line = ++number, .path = {}};
        std::smatch parts;
        if (line.empty() || line.front() == '#') continue;
        if (!std::regex_match(line, parts, entry)) {
            faults.push_back({place, worded("fault.key.line")});
            continue;
        }
        keys.push_back({.id = parts[1], .bytes = Secret{key_in(parts[2], place, faults)}});
        const Secret forgotten{std::move(line)};
    }
    if (!faults.empty()) throw InputError{std::move(faults)};
    return keys;
}

Secret text_of_keys(const SealingKeys& keys) {
    std::string text = "# Keys of resmon. Without them what is encrypted in the database cannot be read again.\n";
    for (const SealingKey& key : keys)
        text += fmt::format("resmon-key {} {}\n", key.id, base64_of(key.bytes.revealed()));
    return Secret{std::move(text)};
}

SealingKeys read_sealing_keys(const fs::path& file) {
    std::error_code error;
    if (!fs::exists(file, error) && !error) return {};
    std::ifstream stream{file, std::ios::binary};
    std::string text(most_bytes + 1, '\0');
    stream.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (stream.bad() || !stream.is_open())
        throw Unavailable{
            worded("fault.unavailable.key-file-unread", {{"file", file.string()}, {"why", system_reason(errno)}})};
    text.resize(static_cast<std::size_t>(stream.gcount()));
    if (text.size() > most_bytes) throw InputError{worded("fault.key.large", {{"file", file.string()}})};
    const Secret content{std::move(text)};
    SealingKeys keys = keys_of_text(content.revealed(), file.string());
    if (keys.empty()) throw InputError{worded("fault.key.none", {{"file", file.string()}})};
    return keys;
}

void write_sealing_keys(const fs::path& file, const SealingKeys& keys) {
    const Secret text = text_of_keys(keys);
    archive::write_safely(file, text.revealed());
}

SealingKeys sealing_keys_at(const KeyPlace& place) {
    SealingKeys keys = read_sealing_keys(place.file);
    if (!keys.empty()) return keys;
    if (place.origin != KeyOrigin::beside_data)
        throw Unavailable{worded("fault.unavailable.key-file-none", {{"file", place.file.string()}})};
    keys.push_back(new_sealing_key());
    const Secret text = text_of_keys(keys);
    // Of several programs that start together one makes the file, the others take its key.
    return archive::create_safely(place.file, text.revealed()) ? keys : read_sealing_keys(place.file);
}

}  // namespace resmon::storage
