// Brings a database's schema up to date: numbered SQL files, each in a transaction of its own.
#pragma once

#include <soci/soci.h>

namespace resmon::storage {

/// Runs the shipped migrations that the database lacks. Never goes back.
/// Throws Conflict if the database is newer than this program.
void migrate(soci::session& session);

}  // namespace resmon::storage
