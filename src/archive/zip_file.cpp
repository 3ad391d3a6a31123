#include "archive/zip_file.hpp"

#include "base/error.hpp"

#include <zip.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <exception>
#include <list>
#include <utility>

namespace resmon::archive {

namespace {

Wording reason_of(zip_error_t* error) {
    if (zip_error_code_zip(error) == ZIP_ER_EXISTS) return worded("fault.archive.name-twice");
    const bool is_of_system = zip_error_system_type(error) == ZIP_ET_SYS && zip_error_code_system(error) != 0;
    return is_of_system ? system_reason(zip_error_code_system(error)) : Wording{zip_error_strerror(error)};
}

Wording last_reason_of(zip_error_t& error) {
    Wording reason = reason_of(&error);
    zip_error_fini(&error);
    return reason;
}

}  // namespace

/// One entry while it is written: what libzip's callback asks for.
struct Source {
    ZipWriter::Pieces pieces;
    std::exception_ptr* fault;
    std::string piece = {};
    std::size_t taken = 0;

    zip_int64_t read(void* place, zip_uint64_t room) {
        try {
            if (taken == piece.size()) {
                piece = pieces();
                taken = 0;
            }
        } catch (const std::exception&) {
            // Not through the frames of a C library.
            *fault = std::current_exception();
            return -1;
        }
        const std::size_t count = std::min<std::size_t>(piece.size() - taken, room);
        std::memcpy(place, piece.data() + taken, count);
        taken += count;
        return static_cast<zip_int64_t>(count);
    }
};

namespace {

zip_int64_t serve(void* source, void* place, zip_uint64_t room, zip_source_cmd_t command) {
    // Not every command of libzip has a name here: what is not supported is never asked for.
    switch (static_cast<int>(command)) {
        case ZIP_SOURCE_READ: return static_cast<Source*>(source)->read(place, room);
        case ZIP_SOURCE_STAT: zip_stat_init(static_cast<zip_stat_t*>(place)); return sizeof(zip_stat_t);
        case ZIP_SOURCE_ERROR: {
            const std::array<int, 2> codes{ZIP_ER_READ, 0};
            std::memcpy(place, codes.data(), sizeof codes);
            return sizeof codes;
        }
        case ZIP_SOURCE_SUPPORTS:
            return zip_source_make_command_bitmap(ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT,
                                                  ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE, -1);
        default: return 0;
    }
}

}  // namespace

struct ZipWriter::Entries {
    std::string name;
    zip_t* zip = nullptr;
    std::list<Source> sources = {};
    std::exception_ptr fault = nullptr;

    [[noreturn]] void fail() const {
        throw Unavailable{
            worded("fault.unavailable.unwritten", {{"file", name}, {"why", reason_of(zip_get_error(zip))}})};
    }
};

ZipWriter::ZipWriter(const std::filesystem::path& file) : entries_{std::make_unique<Entries>(Entries{file.string()})} {
    int code = 0;
    entries_->zip = zip_open(file.c_str(), ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (entries_->zip != nullptr) return;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    throw Unavailable{worded("fault.unavailable.unwritten", {{"file", file.string()}, {"why", last_reason_of(error)}})};
}

ZipWriter::~ZipWriter() {
    if (entries_->zip != nullptr) zip_discard(entries_->zip);
}

void ZipWriter::add(const std::string& name, Pieces pieces) {
    zip_t* zip = entries_->zip;
    entries_->sources.push_back({.pieces = std::move(pieces), .fault = &entries_->fault});
    zip_source_t* source = zip_source_function(zip, serve, &entries_->sources.back());
    if (source == nullptr) entries_->fail();
    const zip_int64_t index = zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        entries_->fail();
    }
    constexpr zip_uint16_t first_of_january_1980 = 0x21;
    const auto entry = static_cast<zip_uint64_t>(index);
    if (zip_file_set_dostime(zip, entry, 0, first_of_january_1980, 0) != 0 ||
        zip_set_file_compression(zip, entry, ZIP_CM_DEFLATE, 0) != 0)
        entries_->fail();
}

void ZipWriter::finish(std::string_view comment) {
    if (zip_set_archive_comment(entries_->zip, comment.data(), static_cast<zip_uint16_t>(comment.size())) != 0)
        entries_->fail();
    if (zip_close(entries_->zip) == 0) {
        entries_->zip = nullptr;
        return;
    }
    if (entries_->fault) std::rethrow_exception(entries_->fault);
    entries_->fail();
}

struct ZipReader::Opened {
    std::string name;
    zip_t* zip = nullptr;
};

namespace {

[[noreturn]] void refuse(const std::string& name, const Wording& reason) {
    throw InputError{{{{.file = name, .line = 0, .path = {}}, worded("fault.archive.damaged", {{"reason", reason}})}}};
}

}  // namespace

ZipReader::ZipReader(const std::filesystem::path& file) : opened_{std::make_unique<Opened>(Opened{file.string()})} {
    int code = 0;
    opened_->zip = zip_open(file.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code);
    if (opened_->zip != nullptr) return;
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    refuse(opened_->name, last_reason_of(error));
}

ZipReader::ZipReader(std::string_view bytes) : opened_{std::make_unique<Opened>(Opened{"archive"})} {
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source == nullptr) refuse(opened_->name, last_reason_of(error));
    opened_->zip = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    if (opened_->zip != nullptr) return;
    zip_source_free(source);
    refuse(opened_->name, last_reason_of(error));
}

ZipReader::~ZipReader() {
    if (opened_->zip != nullptr) zip_discard(opened_->zip);
}

std::vector<std::string> ZipReader::names() const {
    std::vector<std::string> names;
    const zip_int64_t count = zip_get_num_entries(opened_->zip, 0);
    for (zip_int64_t entry = 0; entry < count; ++entry) {
        const char* name = zip_get_name(opened_->zip, static_cast<zip_uint64_t>(entry), ZIP_FL_ENC_RAW);
        names.emplace_back(name == nullptr ? "" : name);
    }
    return names;
}

void ZipReader::read(const std::string& name, const Take& take) const {
    const std::string place = opened_->name + "/" + name;
    const zip_int64_t index = zip_name_locate(opened_->zip, name.c_str(), ZIP_FL_ENC_RAW);
    if (index < 0) throw NotFound{worded("fault.archive.no-entry", {{"entry", place}})};
    const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> entry{
        zip_fopen_index(opened_->zip, static_cast<zip_uint64_t>(index), 0), zip_fclose};
    if (!entry) refuse(place, reason_of(zip_get_error(opened_->zip)));
    constexpr std::size_t piece_bytes = 1 << 16;
    std::string piece(piece_bytes, '\0');
    for (;;) {
        const zip_int64_t count = zip_fread(entry.get(), piece.data(), piece.size());
        if (count < 0) refuse(place, reason_of(zip_file_get_error(entry.get())));
        if (count == 0) return;
        take(std::string_view{piece}.substr(0, static_cast<std::size_t>(count)));
    }
}

}  // namespace resmon::archive
