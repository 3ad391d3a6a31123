#include "archive/row_json.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "secrets/digest.hpp"

#include <nlohmann/json.hpp>

#include <limits>
#include <optional>

namespace resmon::archive {

namespace {

using nlohmann::json;

json json_of(const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) return *number;
    const auto* text = std::get_if<std::string>(&value);
    if (text == nullptr) return nullptr;
    if (is_utf8(*text)) return *text;
    return {{"base64", base64_of(*text)}};
}

/// Takes a flat object only; the first thing that does not belong into a row ends the reading, however deep the rest.
class RowTaker : public nlohmann::json_sax<json> {
public:
    [[nodiscard]] Row taken() {
        if (fault_) throw InputError{{*fault_}};
        return std::move(row_);
    }

    bool null() override { return take(std::monostate{}); }
    bool number_integer(number_integer_t number) override { return take(number); }
    bool number_unsigned(number_unsigned_t number) override {
        if (number > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
            return fail(worded("fault.archive.number-big"));
        return take(static_cast<std::int64_t>(number));
    }
    bool string(string_t& text) override {
        if (depth_ < 2) return take(std::move(text));
        if (key_in_bytes_ != "base64" || has_bytes_) return fail(worded("fault.archive.value"));
        has_bytes_ = true;
        try {
            return insert(bytes_of_base64(text));
        } catch (const InputError&) {
            return fail(worded("fault.base64"));
        }
    }
    bool start_object(std::size_t) override {
        ++depth_;
        has_bytes_ = false;
        key_in_bytes_.clear();
        return depth_ == 1 || depth_ == 2 || fail(worded("fault.archive.value"));
    }
    bool key(string_t& name) override {
        if (depth_ == 2) {
            key_in_bytes_ = std::move(name);
            return true;
        }
        if (row_.contains(name)) return fail(worded("fault.archive.column-twice", {{"column", name}}));
        column_ = std::move(name);
        return true;
    }
    bool end_object() override {
        if (depth_ == 2 && !has_bytes_) return fail(worded("fault.archive.value"));
        --depth_;
        return true;
    }
    bool boolean(bool) override { return fail(worded("fault.archive.value")); }
    bool number_float(number_float_t, const string_t&) override { return fail(worded("fault.archive.number-whole")); }
    bool binary(binary_t&) override { return fail(worded("fault.archive.value")); }
    bool start_array(std::size_t) override { return fail(worded("fault.archive.value")); }
    bool end_array() override { return fail(worded("fault.archive.value")); }
    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        return fail(worded("fault.archive.no-json", {{"position", std::to_string(position)}}));
    }

private:
    bool take(Value value) {
        if (depth_ != 1) return fail(worded(depth_ == 0 ? "fault.archive.object" : "fault.archive.value"));
        return insert(std::move(value));
    }
    bool insert(Value value) {
        row_.emplace(column_, std::move(value));
        return true;
    }
    bool fail(Wording expectation) {
        if (!fault_) fault_ = Fault{{.path = column_}, std::move(expectation)};
        return false;
    }

    Row row_;
    std::string column_;
    std::string key_in_bytes_;
    bool has_bytes_ = false;
    int depth_ = 0;
    std::optional<Fault> fault_;
};

}  // namespace

std::string line_of(const Row& row) {
    json object = json::object();
    for (const auto& [column, value] : row) object[column] = json_of(value);
    return object.dump();
}

Row row_of(std::string_view line) {
    RowTaker taker;
    json::sax_parse(line.begin(), line.end(), &taker);
    return taker.taken();
}

}  // namespace resmon::archive
