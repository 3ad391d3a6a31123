// Waves as the API tells them (api/waves.yaml) and as they lie in the database.
#pragma once

#include "waves/participation.hpp"
#include "waves/waves.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace resmon::waves {

using Json = nlohmann::ordered_json;

[[nodiscard]] std::string contact_to_text(const Contact& contact);
[[nodiscard]] Contact contact_from_text(const std::string& text);

[[nodiscard]] Json wave_to_json(const Wave& wave);
/// Why not, as a word; null if nothing is in the way.
[[nodiscard]] Json obstacle_to_json(const std::optional<Obstacle>& obstacle);
[[nodiscard]] Json overview_to_json(const Overview& overview);
[[nodiscard]] Json work_list_to_json(const WorkList& list);
[[nodiscard]] Json status_to_json(const Status& status);
/// The owner's work list: no word of any answer. Contacts are told as whether there is a mail address.
[[nodiscard]] Json body_status_to_json(const BodyStatus& status);
[[nodiscard]] Json withdrawal_to_json(const Withdrawal& withdrawal);
[[nodiscard]] Json receipt_to_json(const WithdrawalReceipt& receipt);
/// Of a body that was checked against api/waves.yaml.
[[nodiscard]] WithdrawalReceipt receipt_from_json(const nlohmann::json& body);
/// Of a file. Throws InputError if it is none.
[[nodiscard]] WithdrawalReceipt receipt_from_text(const std::string& text);
[[nodiscard]] Selection selection_from_json(const nlohmann::json& body);
[[nodiscard]] Wave wave_from_json(const nlohmann::json& body);

}  // namespace resmon::waves
