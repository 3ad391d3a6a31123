// A place in a catalogue file from which values are read; what is wrong is noted with its place, and reading goes on.
#pragma once

#include "base/text.hpp"
#include "catalogue/figure.hpp"
#include "reading/tree_reader.hpp"

#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::catalogue {

/// What is common to all cursors of a file.
struct FileReading {
    std::string file;           ///< `services/passport.yaml`
    std::string figure_prefix;  ///< `services/passport`
    std::vector<Fault>* faults = nullptr;
};

enum class Bounds { any, not_negative, positive, share };

class Cursor {
public:
    Cursor(const Tree* tree, std::string path, const FileReading* file, int line_of_parent)
        : tree_{tree}, path_{std::move(path)}, file_{file}, line_of_parent_{line_of_parent} {}

    [[nodiscard]] bool exists() const noexcept { return tree_ != nullptr && tree_->kind != Tree::Kind::nothing; }
    [[nodiscard]] bool is_text() const noexcept { return exists() && tree_->kind == Tree::Kind::scalar; }
    [[nodiscard]] bool is_number() const;
    [[nodiscard]] bool is_list() const noexcept { return exists() && tree_->kind == Tree::Kind::list; }
    [[nodiscard]] bool is_mapping() const noexcept { return exists() && tree_->kind == Tree::Kind::mapping; }

    /// The value of a key; may not exist.
    [[nodiscard]] Cursor at(const std::string& key) const;
    [[nodiscard]] std::vector<Cursor> items() const;  ///< of a list; a fault if it is none
    [[nodiscard]] std::vector<std::pair<std::string, Cursor>> entries() const;
    /// A fault for every other key, with the nearest known one.
    void only(std::initializer_list<std::string_view> keys) const;

    [[nodiscard]] std::string text() const;  ///< a fault if it is missing, empty or no text
    [[nodiscard]] std::string text_or(std::string_view otherwise) const;
    [[nodiscard]] Text both_languages() const;
    [[nodiscard]] Text both_languages_or_none() const;
    [[nodiscard]] double number(Bounds bounds = Bounds::any) const;
    [[nodiscard]] double number_or(double otherwise, Bounds bounds = Bounds::any) const;
    [[nodiscard]] bool flag_or(bool otherwise) const;
    /// A key of digits in quotes; nothing and a fault if it stands without quotes or is malformed.
    [[nodiscard]] std::optional<std::string> digits(std::size_t count) const;
    /// The position of the word in the list; a fault that lists them.
    [[nodiscard]] std::size_t one_of(std::span<const std::string_view> words) const;
    [[nodiscard]] Figure figure(Bounds bounds, Spread spread) const;
    /// Kind, source and derived_from alone: of several numbers that share them.
    [[nodiscard]] Figure figure_source() const;
    [[nodiscard]] std::optional<Figure> figure_or_none(Bounds bounds, Spread spread) const;

    void fault(Wording expectation) const;
    [[nodiscard]] Place place() const;
    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    /// The same place, told by another name in figures' ids: list items by their id.
    [[nodiscard]] Cursor named(const std::string& name) const;

private:
    [[nodiscard]] std::optional<double> parsed(const Tree& scalar) const;
    [[nodiscard]] Figure missing_figure() const;

    const Tree* tree_;
    std::string path_;
    const FileReading* file_;
    int line_of_parent_;
};

/// The nearest of the words by edit distance, if it is near enough to be meant.
[[nodiscard]] std::optional<std::string> meant(std::string_view word, std::span<const std::string_view> words);

}  // namespace resmon::catalogue
