// The upper part of a letter: head, address in the window, date, marks for folding and punching.
#pragma once

#include "report/flow.hpp"

namespace resmon::report {

/// Positions of DIN 5008, form B. Text goes on below. Throws InputError for an address that does not fit its window.
void set_envelope(Flow& flow, const Envelope& envelope);

}  // namespace resmon::report
