// The file that holds the keys of encrypted columns: where it is, and how it changes without a key ever being lost.
#pragma once

#include "storage/sealing.hpp"

#include <filesystem>

namespace resmon::storage {

enum class KeyOrigin {
    option,       ///< --key-file or RESMON_KEY_FILE
    credential,   ///< systemd's LoadCredential=resmon.key
    beside_data,  ///< DIR/resmon.key: whoever takes the folder has both
};

struct KeyPlace {
    std::filesystem::path file;
    KeyOrigin origin = KeyOrigin::beside_data;
};

/// `wished` (may be empty), else $RESMON_KEY_FILE, else $CREDENTIALS_DIRECTORY/resmon.key, else in the data folder.
[[nodiscard]] KeyPlace key_place(const std::filesystem::path& data_folder, const std::filesystem::path& wished);

/// The keys of the file, the oldest first. None if there is no file.
/// Throws InputError with all lines that are no keys, Unavailable if it cannot be read.
[[nodiscard]] SealingKeys read_sealing_keys(const std::filesystem::path& file);

/// Writes the file whole: for its owner alone, synced, in place of the former one in one step.
/// Throws Unavailable if that fails; the former file is then untouched.
void write_sealing_keys(const std::filesystem::path& file, const SealingKeys& keys);

/// The keys of the place. A file beside the data is made with a new key if there is none, once even if several
/// programs start together; elsewhere a missing file is a fault, since somebody named it.
[[nodiscard]] SealingKeys sealing_keys_at(const KeyPlace& place);

/// As lines of the file, and back. For archives that carry the keys.
[[nodiscard]] Secret text_of_keys(const SealingKeys& keys);
[[nodiscard]] SealingKeys keys_of_text(std::string_view text, const std::string& file);

}  // namespace resmon::storage
