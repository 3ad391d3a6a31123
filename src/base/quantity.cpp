#include "base/quantity.hpp"

#include "base/error.hpp"

#include <fmt/format.h>

namespace resmon {

Share::Share(double value) : value_{value} {
    if (!(value >= 0 && value <= 1)) throw InputError{worded("fault.share", {{"found", fmt::format("{}", value)}})};
}

}  // namespace resmon
