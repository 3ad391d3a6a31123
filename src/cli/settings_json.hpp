// Settings as the API and `config show --format json` tell them (api/accounts.yaml, Settings).
#pragma once

#include "cli/settings.hpp"

#include <string>
#include <vector>

namespace resmon::cli {

[[nodiscard]] std::string settings_to_text(const std::vector<ToldSetting>& settings);

}  // namespace resmon::cli
