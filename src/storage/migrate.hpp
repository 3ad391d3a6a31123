// Brings a database's schema up to date: numbered SQL files, all that are missing in one transaction.
#pragma once

#include "storage/connection.hpp"

namespace resmon::storage {

/// Runs the shipped migrations that the database lacks. Never goes back.
/// Throws Conflict if the database is newer than this program.
void migrate(Connection& connection, Engine engine);

}  // namespace resmon::storage
