// Two waves of the survey among towns that do not exist: the first is closed, the second is open.
#pragma once

#include "demo/respondent.hpp"
#include "waves/invitations.hpp"
#include "waves/waves.hpp"

namespace resmon::demo {

struct Desks {
    waves::Waves& waves;
    waves::Invitations& invitations;
    survey::Survey& survey;
};

/// How many towns handed in.
struct HandedIn {
    int first = 0;
    int second = 0;
};

/// Every town is asked in both; which answer, and what, the generator says (respondent.hpp). Both waves are marked as
/// synthetic. `today`: YYYY-MM-DD.
HandedIn hold_waves(const Principal& who, const Desks& desks, const OrganisationId& owner, const std::string& today,
                    const std::vector<Town>& asked);

}  // namespace resmon::demo
