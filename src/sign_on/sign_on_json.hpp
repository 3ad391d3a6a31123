// Sessions, links and tokens as the API tells them (api/accounts.yaml).
#pragma once

#include "sign_on/sign_on.hpp"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <vector>

namespace resmon::sign_on {

/// Without `csrf_token` and `device_days`.
[[nodiscard]] nlohmann::ordered_json session_to_json(accounts::Accounts& accounts, const Principal& who,
                                                     const std::optional<Known>& known);
[[nodiscard]] nlohmann::ordered_json link_to_json(accounts::Accounts& accounts, const LinkRow& link);
[[nodiscard]] nlohmann::ordered_json sessions_to_json(const std::vector<SessionRow>& sessions,
                                                      const std::string& current_hash);
[[nodiscard]] nlohmann::ordered_json tokens_to_json(const std::vector<TokenRow>& tokens);
[[nodiscard]] nlohmann::ordered_json invitations_to_json(const std::vector<LinkRow>& links);
[[nodiscard]] nlohmann::ordered_json codes_to_json(const std::vector<Secret>& codes);

}  // namespace resmon::sign_on
