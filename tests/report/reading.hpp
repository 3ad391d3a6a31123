// What other programs read in a PDF (poppler).
#pragma once

#include "report/pdf.hpp"

#include <unistd.h>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

namespace resmon::report {

/// A file for as long as it is read.
class PdfFile {
public:
    explicit PdfFile(const std::string& bytes) {
        static int number = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("resmon-" + std::to_string(getpid()) + "-" + std::to_string(++number) + ".pdf");
        std::ofstream{path_, std::ios::binary} << bytes;
    }
    PdfFile(const PdfFile&) = delete;
    PdfFile& operator=(const PdfFile&) = delete;
    ~PdfFile() { std::filesystem::remove(path_); }

    /// What `pdfinfo`, `pdftotext -` … print about it.
    [[nodiscard]] std::string read_by(const std::string& program, const std::string& last = {}) const {
        return of(program + " " + path_.string() + " " + last + " 2>&1");
    }
    [[nodiscard]] std::string text() const { return read_by("pdftotext -layout", "-"); }
    [[nodiscard]] std::string tags() const { return read_by("pdfinfo -struct-text"); }
    /// What a telephone reads in the only QR code of the first page (zbar).
    [[nodiscard]] std::string code() const {
        const std::string picture = path_.string() + "-page";
        (void)read_by("pdftoppm -r 150 -gray -f 1 -l 1 -singlefile", picture);
        const std::string said =
            of("zbarimg --quiet --raw --set '*.enable=0' --set qr.enable=1 " + picture + ".pgm 2>/dev/null");
        std::filesystem::remove(picture + ".pgm");
        return said.substr(0, said.find('\n'));
    }
    [[nodiscard]] int pages() const {
        const std::string said = read_by("pdfinfo");
        return std::stoi(said.substr(said.find("Pages:") + 6));
    }

private:
    static std::string of(const std::string& command) {
        FILE* pipe = popen(command.c_str(), "r");
        std::string said;
        std::array<char, 4096> part{};
        while (const std::size_t read = std::fread(part.data(), 1, part.size(), pipe)) said.append(part.data(), read);
        if (pclose(pipe) != 0) throw std::runtime_error{command + ": " + said};
        return said;
    }

    std::filesystem::path path_;
};

}  // namespace resmon::report
