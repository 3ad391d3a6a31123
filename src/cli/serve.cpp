#include "base/error.hpp"
#include "cli/commands.hpp"

namespace resmon::cli {

int serve(const Options&, const ServeCommand&) { throw Unavailable{"serve"}; }

}  // namespace resmon::cli
