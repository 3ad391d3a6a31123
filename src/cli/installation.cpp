#include "cli/installation.hpp"

#include "base/error.hpp"
#include "secrets/digest.hpp"
#include "storage/erasures.hpp"
#include "storage/sealing_keys.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace resmon::cli {

namespace {

Instant system_time() { return std::chrono::system_clock::now(); }

/// Letters, digits and `-` of the machine's name: the rest has no place in an anchor.
std::string machine_name() {
    constexpr std::size_t most = 64;
    std::array<char, most + 1> name{};
    if (gethostname(name.data(), most) != 0) return "server";
    std::string word{name.data()};
    std::erase_if(word, [](char letter) {
        return !((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                 (letter >= '0' && letter <= '9') || letter == '-');
    });
    return word.empty() ? "server" : word;
}

}  // namespace

Principal at_the_command_line() { return {.kind = Principal::Kind::local, .address = "command line"}; }

accounts::IsBody bodies_of(const catalogue::Register& bodies) {
    return [&bodies](const std::string& key, accounts::OrganisationKind kind) {
        if (is_synthetic(key)) return true;
        const bool wants_district = kind == accounts::OrganisationKind::district;
        const auto found = std::ranges::find(bodies.bodies(), key, [](const auto& body) { return body.key.text(); });
        return found != bodies.bodies().end() && (found->kind == catalogue::BodyKind::district) == wants_district;
    };
}

std::string server_name(const std::filesystem::path& folder) {
    constexpr std::size_t suffix_bytes = 3;
    const std::filesystem::path file = folder / "server";
    std::string name;
    if (std::ifstream{file} >> name) return name;
    name = fmt::format("{}-{}", machine_name(), random_hex(suffix_bytes));
    std::ofstream{file} << name << '\n';
    return name;
}

Installation::Installation(const Options& options, const catalogue::Register& bodies)
    : database{options.location()},
      sealing{storage::sealing_keys_at(storage::key_place(options.data_directory, options.key_file))},
      audit{database, server_name(options.data_directory), system_time},
      accounts{database, audit, bodies_of(bodies), system_time}, sign_on{accounts, sealing, options.sign_on},
      links{sign_on, sealing} {
    storage::replay_erasures(database, [](soci::session& sql, const storage::Erasure& erasure) {
        accounts::Accounts::erase_again(sql, {erasure.person}, erasure.at);
    });
}

}  // namespace resmon::cli
