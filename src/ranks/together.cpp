#include "ranks/together.hpp"

#include "archive/safe_file.hpp"
#include "base/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <sstream>
#include <vector>

namespace resmon::ranks {

namespace {

struct Range {
    std::uint32_t begin = 0;
    std::uint32_t end = 0;
};

constexpr std::string_view extension = ".courses";

/// First line: what, then the ranges; the rest are the bytes.
std::string file_text(const std::string& what, const std::vector<Range>& ranges, std::string_view bytes) {
    std::string text = what;
    for (const Range& range : ranges) text += fmt::format(" {}-{}", range.begin, range.end);
    text += '\n';
    text += bytes;
    return text;
}

struct Kept {
    std::filesystem::path file;
    std::vector<Range> ranges;
    std::size_t bytes_begin = 0;
};

Kept read_head(const std::filesystem::path& path, const std::string& what) {
    std::ifstream file{path, std::ios::binary};
    std::string line;
    std::getline(file, line);
    Kept kept{.file = path, .bytes_begin = line.size() + 1};
    std::istringstream words{line};
    std::string word;
    words >> word;
    if (word != what) throw InputError{{{{.file = path.string()}, worded("fault.checkpoint.other")}}};
    while (words >> word) {
        Range range;
        char dash = 0;
        std::istringstream parts{word};
        if (!(parts >> range.begin >> dash >> range.end))
            throw InputError{{{{.file = path.string()}, worded("fault.checkpoint.damaged")}}};
        kept.ranges.push_back(range);
    }
    return kept;
}

std::vector<Kept> kept_in(const Checkpoint& checkpoint) {
    std::vector<Kept> files;
    if (checkpoint.folder.empty()) return files;
    std::filesystem::create_directories(checkpoint.folder);
    for (const auto& entry : std::filesystem::directory_iterator{checkpoint.folder})
        if (entry.path().extension() == extension) files.push_back(read_head(entry.path(), checkpoint.what));
    std::ranges::sort(files, {}, &Kept::file);
    return files;
}

std::vector<Range> missing_ranges(const std::vector<Kept>& kept, std::uint32_t courses) {
    std::vector<Range> done;
    for (const Kept& file : kept) done.insert(done.end(), file.ranges.begin(), file.ranges.end());
    std::ranges::sort(done, {}, &Range::begin);
    std::vector<Range> missing;
    std::uint32_t next = 0;
    for (const Range& range : done) {
        if (range.begin < next) throw InputError{worded("fault.checkpoint.twice")};
        if (range.begin > next) missing.push_back({next, range.begin});
        next = range.end;
    }
    if (next < courses) missing.push_back({next, courses});
    return missing;
}

/// The part of a rank: as equal as whole blocks of eight allow.
std::vector<Range> share_of(const std::vector<Range>& all, int rank, int size) {
    std::uint64_t total = 0;
    for (const Range& range : all) total += range.end - range.begin;
    constexpr std::uint64_t block = 8;
    const auto border = [&](int number) {
        const std::uint64_t exact = total * static_cast<std::uint64_t>(number) / static_cast<std::uint64_t>(size);
        return number == size ? total : exact / block * block;
    };
    std::uint64_t from = border(rank);
    const std::uint64_t to = border(rank + 1);
    std::vector<Range> mine;
    std::uint64_t before = 0;
    for (const Range& range : all) {
        const std::uint64_t length = range.end - range.begin;
        const std::uint64_t begin = std::max(from, before);
        const std::uint64_t end = std::min(to, before + length);
        if (begin < end)
            mine.push_back({static_cast<std::uint32_t>(range.begin + (begin - before)),
                            static_cast<std::uint32_t>(range.begin + (end - before))});
        before += length;
    }
    return mine;
}

/// Keeps what a rank has finished, at most every few seconds.
class Keeper {
public:
    Keeper(const Ranks& ranks, const Checkpoint& checkpoint) : checkpoint_{checkpoint} {
        const auto now = std::chrono::system_clock::now().time_since_epoch();
        file_ = checkpoint.folder / fmt::format("{}-{}{}",
                                                std::chrono::duration_cast<std::chrono::milliseconds>(now).count(),
                                                ranks.rank(), extension);
    }

    void keep(const outage::Computed& courses, Range range) {
        ranges_.push_back(range);
        const auto now = std::chrono::steady_clock::now();
        constexpr std::chrono::seconds pause{2};
        if (checkpoint_.folder.empty() || now - last_ < pause) return;
        archive::write_safely(file_, file_text(checkpoint_.what, ranges_, courses.bytes()));
        last_ = std::chrono::steady_clock::now();
    }

private:
    const Checkpoint& checkpoint_;
    std::filesystem::path file_;
    std::vector<Range> ranges_;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

void add_kept(const std::vector<Kept>& kept, outage::Computed& courses) {
    for (const Kept& file : kept) {
        std::ifstream stream{file.file, std::ios::binary};
        stream.seekg(static_cast<std::streamoff>(file.bytes_begin));
        courses.add(std::string{std::istreambuf_iterator<char>{stream}, {}});
    }
}

}  // namespace

std::optional<outage::Forecast> forecast(const Ranks& ranks, const outage::Case& outage,
                                         const outage::Sampling& sampling, const outage::Work& work,
                                         const Checkpoint& checkpoint) {
    outage::Computed courses{outage, sampling};
    const std::vector<Kept> kept = kept_in(checkpoint);
    ranks.meet();  // nobody writes while another still reads
    Keeper keeper{ranks, checkpoint};
    // In pieces, so that there is something to keep; without a checkpoint in one.
    constexpr std::uint32_t piece = 1024;
    std::uint32_t done = 0;
    outage::Work within = work;
    if (work.progress)
        within.progress = [&](std::uint32_t courses_done) {
            work.progress((done + courses_done) * static_cast<std::uint32_t>(ranks.size()));
        };
    for (const Range& range : share_of(missing_ranges(kept, sampling.replications), ranks.rank(), ranks.size()))
        for (std::uint32_t begin = range.begin; begin < range.end;) {
            const std::uint32_t end = checkpoint.folder.empty() ? range.end : std::min(range.end, begin + piece);
            if (!courses.compute(begin, end, within)) return std::nullopt;
            keeper.keep(courses, {begin, end});
            done += end - begin;
            begin = end;
        }
    if (!ranks.is_first()) {
        ranks.send_to_first(courses.bytes());
        return std::nullopt;
    }
    for (int rank = 1; rank < ranks.size(); ++rank) courses.add(ranks.received_from(rank));
    add_kept(kept, courses);
    outage::Forecast result = courses.forecast();
    if (!checkpoint.folder.empty())
        for (const auto& entry : std::filesystem::directory_iterator{checkpoint.folder})
            if (entry.path().extension() == extension) std::filesystem::remove(entry.path());
    return result;
}

}  // namespace resmon::ranks
