// The desk of files of waves: the frame leaves and comes back; answers leave by consent alone.
#pragma once

#include "survey/survey.hpp"
#include "wave_files/wave_table.hpp"
#include "waves/waves.hpp"

#include <string>
#include <string_view>

namespace resmon::wave_files {

struct ImportWish {
    waves::WaveId wave;           ///< empty = the one that the file names
    OrganisationId organisation;  ///< who asks, of a wave that is planned by the file; empty = the person's
    std::string reason;           ///< why bodies join after the opening, where the file does not say it
};

struct Imported {
    waves::WaveId wave;
    bool is_new = false;
    waves::Extended changes;
};

class WaveFiles {
public:
    /// Both must outlive the desk.
    WaveFiles(waves::Waves& waves, survey::Survey& survey) : waves_{waves}, survey_{survey} {}

    /// The wave with its frame, addresses, and how far each body is. Throws NotFound.
    [[nodiscard]] std::string exported(const Principal& who, const waves::WaveId& id, FileKind kind, Language language);

    /// A wave that one has is extended (see waves::Waves::extend), another one is planned: it needs all of name,
    /// questionnaire, window, purpose and deletion. All of it or nothing. Throws InputError with every fault by its
    /// place, Conflict for a closed wave, NotFound.
    Imported imported(const Principal& who, const ImportWish& wish, std::string_view bytes, const std::string& name);

    /// What those answered who handed in and whose consent to comparisons stands: a row for each response and question,
    /// by state, kind and size class, without body, person or free text. For whoever may read every response, which
    /// nobody may over the network: throws NotFound. InputError if a sheet does not hold it.
    [[nodiscard]] std::string answers(const Principal& who, const waves::WaveId& id, FileKind kind, Language language);

private:
    [[nodiscard]] Imported extended(const Principal& who, const ImportWish& wish, const waves::Wave& known,
                                    const WaveTable& table);
    [[nodiscard]] Imported planned(const Principal& who, const ImportWish& wish, const WaveTable& table);

    waves::Waves& waves_;
    survey::Survey& survey_;
};

}  // namespace resmon::wave_files
