#include "cli/log.hpp"

#include "base/instant.hpp"

#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <nlohmann/json.hpp>

#include <string_view>

namespace resmon::cli {

namespace {

std::string text_of(spdlog::string_view_t text) { return {text.data(), text.size()}; }

/// One object a line, whatever the message holds.
class JsonLines : public spdlog::formatter {
public:
    void format(const spdlog::details::log_msg& message, spdlog::memory_buf_t& line) override {
        const nlohmann::ordered_json json = {{"time", utc_text(message.time)},
                                             {"level", text_of(spdlog::level::to_string_view(message.level))},
                                             {"message", text_of(message.payload)}};
        const std::string text = json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
        line.append(text.data(), text.data() + text.size());
    }
    [[nodiscard]] std::unique_ptr<formatter> clone() const override { return std::make_unique<JsonLines>(); }
};

}  // namespace

void set_up_log(const Options& options) {
    if (options.log_format == "json") spdlog::set_formatter(std::make_unique<JsonLines>());
    spdlog::set_level(spdlog::level::from_str(options.log_level));
}

}  // namespace resmon::cli
