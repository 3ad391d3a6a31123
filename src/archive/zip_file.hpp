// ZIP files, written and read in pieces; the only place that knows libzip.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::archive {

class ZipWriter {
public:
    /// Replaces the file, which should exist so that its permissions are kept.
    explicit ZipWriter(const std::filesystem::path& file);
    ~ZipWriter();
    ZipWriter(const ZipWriter&) = delete;
    ZipWriter& operator=(const ZipWriter&) = delete;

    /// The next piece of an entry's content; an empty one ends it.
    using Pieces = std::function<std::string()>;

    /// Asked for at `finish`, in the order of the calls. The bytes of the file depend on names and content alone.
    void add(const std::string& name, Pieces pieces);

    /// Writes the file. What a producer of pieces throws arrives here; Unavailable if the disk is full.
    void finish(std::string_view comment);

private:
    struct Entries;
    std::unique_ptr<Entries> entries_;
};

/// For input from outside: nothing is believed that the file says about sizes.
class ZipReader {
public:
    /// Throw InputError if it is no ZIP file or damaged.
    explicit ZipReader(const std::filesystem::path& file);
    /// `bytes` must outlive the reader.
    explicit ZipReader(std::string_view bytes);
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    /// In the order of the file, doubles included.
    [[nodiscard]] std::vector<std::string> names() const;

    using Take = std::function<void(std::string_view)>;

    /// Hands the content to `take` in pieces of bounded size. `take` stops it by throwing.
    /// Throws NotFound if there is no such entry, InputError if it is damaged, encrypted or packed in an unknown way.
    void read(const std::string& name, const Take& take) const;

private:
    struct Opened;
    std::unique_ptr<Opened> opened_;
};

}  // namespace resmon::archive
