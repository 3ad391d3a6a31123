// What can be done, as names. Every route names its action; who may do it is decided in one place when accounts come.
#pragma once

namespace resmon {

enum class Action { read_catalogue, read_runs, start_run, end_run, compute_forecast, read_health, read_metrics };

}  // namespace resmon
