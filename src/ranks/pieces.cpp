#include "ranks/pieces.hpp"

#include "archive/safe_file.hpp"
#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>

namespace resmon::ranks {

namespace {

constexpr std::string_view extension = ".piece";

/// Largest first, each to the rank that has least: the same on every rank.
std::vector<int> owners_of(const std::vector<double>& sizes, int ranks) {
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater{}, [&sizes](std::size_t piece) { return sizes[piece]; });
    std::vector<double> load(static_cast<std::size_t>(ranks), 0);
    std::vector<int> owners(sizes.size());
    for (const std::size_t piece : order) {
        const auto least = std::ranges::min_element(load);
        *least += sizes[piece];
        owners[piece] = static_cast<int>(least - load.begin());
    }
    return owners;
}

/// Finished pieces as files: what they are of, a line, then the bytes.
class Files {
public:
    explicit Files(const Checkpoint& checkpoint) : checkpoint_{checkpoint} {}

    [[nodiscard]] bool has(std::size_t piece) const {
        if (checkpoint_.folder.empty() || !std::filesystem::exists(path(piece))) return false;
        std::ifstream file{path(piece), std::ios::binary};
        std::string what;
        std::getline(file, what);
        if (what != checkpoint_.what)
            throw InputError{{{{.file = path(piece).string()}, worded("fault.checkpoint.other")}}};
        return true;
    }
    [[nodiscard]] std::string read(std::size_t piece) const {
        std::ifstream file{path(piece), std::ios::binary};
        file.ignore(static_cast<std::streamsize>(checkpoint_.what.size()) + 1);
        return {std::istreambuf_iterator<char>{file}, {}};
    }
    void write(std::size_t piece, const std::string& bytes) const {
        if (!checkpoint_.folder.empty()) archive::write_safely(path(piece), checkpoint_.what + '\n' + bytes);
    }

private:
    [[nodiscard]] std::filesystem::path path(std::size_t piece) const {
        return checkpoint_.folder / fmt::format("{}{}", piece, extension);
    }

    const Checkpoint& checkpoint_;
};

/// The pieces of this rank that are not there yet.
class Mine {
public:
    Mine(const Pieces& pieces, const Files& files) : pieces_{pieces}, files_{files} {}

    /// none = stopped.
    std::optional<std::string> computed(std::size_t piece) {
        if (const auto known = ready_.find(piece); known != ready_.end()) return std::move(known->second);
        std::optional<std::string> bytes = pieces_.compute(piece);
        if (bytes) files_.write(piece, *bytes);
        return bytes;
    }
    /// false = stopped.
    bool make_ready(const std::vector<std::size_t>& all) {
        for (const std::size_t piece : all) {
            if (ready_.contains(piece)) continue;
            std::optional<std::string> bytes = computed(piece);
            if (!bytes) return false;
            ready_.emplace(piece, std::move(*bytes));
        }
        return true;
    }

private:
    const Pieces& pieces_;
    const Files& files_;
    std::map<std::size_t, std::string> ready_;
};

}  // namespace

bool in_pieces(const Ranks& ranks, const Pieces& pieces, const Checkpoint& checkpoint) {
    if (!checkpoint.folder.empty()) std::filesystem::create_directories(checkpoint.folder);
    const Files files{checkpoint};
    std::vector<bool> kept(pieces.sizes.size());
    std::vector<double> missing = pieces.sizes;
    for (std::size_t piece = 0; piece < kept.size(); ++piece)
        if (files.has(piece)) {
            kept[piece] = true;
            missing[piece] = 0;
        }
    ranks.meet();  // nobody writes while another still looks
    const std::vector<int> owners = owners_of(missing, ranks.size());
    std::vector<std::size_t> mine;
    for (std::size_t piece = 0; piece < owners.size(); ++piece)
        if (owners[piece] == ranks.rank() && !kept[piece]) mine.push_back(piece);
    Mine own{pieces, files};
    if (!ranks.is_first()) {
        if (!own.make_ready(mine)) return false;
        for (const std::size_t piece : mine) ranks.send_to_first(*own.computed(piece));
        return true;
    }
    for (std::size_t piece = 0; piece < owners.size(); ++piece) {
        std::optional<std::string> bytes;
        if (kept[piece]) {
            bytes = files.read(piece);
        } else if (owners[piece] == 0) {
            bytes = own.computed(piece);
        } else {
            // The others compute meanwhile.
            const std::vector<std::size_t> later{std::ranges::upper_bound(mine, piece), mine.end()};
            if (!own.make_ready(later)) return false;
            bytes = ranks.received_from(owners[piece]);
        }
        if (!bytes) return false;
        pieces.take(piece, *bytes);
    }
    return true;
}

void forget_pieces(const Checkpoint& checkpoint) {
    if (checkpoint.folder.empty()) return;
    for (const auto& entry : std::filesystem::directory_iterator{checkpoint.folder})
        if (entry.path().extension() == extension) std::filesystem::remove(entry.path());
}

}  // namespace resmon::ranks
