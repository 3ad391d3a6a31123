#include "reading/readers.hpp"

namespace resmon::catalogue {

std::vector<Successor> successors_from(const Cursor& root) {
    constexpr std::size_t key_digits = 12;
    root.only({"successors"});
    std::vector<Successor> successors;
    for (const Cursor& one : root.at("successors").items()) {
        one.only({"from", "to", "date", "source"});
        const auto from = one.at("from").digits(key_digits);
        const auto to = one.at("to").digits(key_digits);
        const Date date = date_from(one.at("date"));
        const std::string source = one.at("source").text();
        if (from && to) successors.push_back({BodyKey{*from}, BodyKey{*to}, date, source});
    }
    return successors;
}

}  // namespace resmon::catalogue
