// A paper as values: what stands on it, in which order. How it looks is decided in one place (report/pdf.hpp).
#pragma once

#include "base/instant.hpp"
#include "base/text.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace resmon::report {

enum class Emphasis { none, strong, quiet };

struct Piece {
    std::string text;
    Emphasis emphasis = Emphasis::none;
    std::string link{};  ///< an address that the text leads to; empty = none
};

/// A text whose parts may differ in emphasis. Made from one plain text where nothing differs.
struct Words {
    std::vector<Piece> pieces;

    Words() = default;
    Words(std::string text) : pieces{{std::move(text)}} {}
    Words(const char* text) : Words{std::string{text}} {}
    Words(std::initializer_list<Piece> parts) : pieces{parts} {}
};

/// Levels 1 to 3. Each is a bookmark.
struct Heading {
    int level = 1;
    std::string text;
};

struct Paragraph {
    enum class Role {
        body,
        lead,  ///< the finding of a page in one sentence
        note,  ///< small: sources, how figures were made
        typed  ///< an address that people type: in one line, as small as that takes
    };
    Words words;
    Role role = Role::body;
};

struct List {
    std::vector<Words> items;
    enum class Marker { bullet, number, box } marker = Marker::bullet;
    enum class Arrangement {
        below,
        beside  ///< small, as many in a line as fit
    } arrangement = Arrangement::below;
};

/// A level out of `highest`, drawn as that many boxes; none = nobody knows.
struct Steps {
    std::optional<int> reached;
    int highest = 4;
};

struct Cell {
    Words words;                   ///< with `steps` what they say to who cannot see them
    std::optional<Steps> steps{};  ///< stand before the words
    bool is_box = false;           ///< an empty box to be ticked, instead of words

    Cell() = default;
    Cell(Words text) : words{std::move(text)} {}
    Cell(std::string text) : words{std::move(text)} {}
    Cell(const char* text) : words{text} {}
    Cell(Steps level, Words text) : words{std::move(text)}, steps{level} {}
    [[nodiscard]] static Cell box() {
        Cell cell;
        cell.is_box = true;
        return cell;
    }
};

enum class Align { left, right, centre };

struct Column {
    std::string heading;
    double share = 1;  ///< of the width, in proportion to the others
    Align align = Align::left;
};

/// The first cell of a row names it. The head is repeated on every page; a table without rows has its head alone.
struct Table {
    std::vector<Column> columns;
    std::vector<std::vector<Cell>> rows;  ///< as many cells as columns
};

/// A value with the range in which it lies. Infinity runs out of the picture and is drawn so.
struct Bar {
    enum class Tone { strong, soft };
    std::string label;
    double low = 0;
    double middle = 0;
    double high = 0;
    std::string text;  ///< the same in words, at the right
    Tone tone = Tone::strong;
};

/// Horizontal bands over one axis from zero.
struct Bars {
    std::string alternative;  ///< the finding in words, for who cannot see the picture
    std::string axis;         ///< what is measured, and its unit
    std::vector<Bar> bars;
};

/// A QR code, with words beside it.
struct QrCode {
    std::string text;
    std::string alternative;
    Words beside;
};

/// Empty lines to write on.
struct WriteLines {
    int count = 1;
};

/// Headings of level 2 with their pages.
struct Contents {};

struct PageBreak {};

struct Block;

/// Stands on one page, if one page can hold it.
struct Together {
    std::vector<Block> blocks;
};

struct Block : std::variant<Heading, Paragraph, List, Table, Bars, QrCode, WriteLines, Contents, PageBreak, Together> {
    using variant::variant;
};

/// The upper part of a letter in a window envelope (DIN 5008, form B).
struct Envelope {
    std::vector<std::string> sender;   ///< name first; together the line above the address
    std::vector<std::string> address;  ///< 1 to 6 lines
    std::string date;                  ///< as it is printed
};

/// Begins on a new page.
struct Section {
    enum class Length {
        free,
        one_page  ///< type is set smaller until it fits, down to three quarters
    };
    std::vector<Block> blocks;
    Length length = Length::free;
    std::optional<Envelope> envelope{};  ///< of a letter: neither head nor foot of a page then
};

struct Document {
    std::string title;
    std::string author;
    Language language = Language::german;
    Instant made;      ///< the document's own time: the same document has the same bytes
    std::string head;  ///< at the top of every page
    std::string foot;  ///< at the bottom of every page, before "page 1 of 2"
    enum class Origin { real, synthetic } origin = Origin::real;  ///< synthetic: said on every page
    std::vector<Section> sections;
};

}  // namespace resmon::report
