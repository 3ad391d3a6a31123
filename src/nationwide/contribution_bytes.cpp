#include "base/error.hpp"
#include "nationwide/providers.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>

namespace resmon::nationwide {

namespace {

using Figures = std::array<outage::Distribution, 4>;
static_assert(std::is_trivially_copyable_v<Figures>);

template <class Number>
void append(std::string& bytes, const Number* numbers, std::uint64_t count) {
    bytes.append(reinterpret_cast<const char*>(&count), sizeof count);
    bytes.append(reinterpret_cast<const char*>(numbers), count * sizeof(Number));
}

/// The next list; `bytes` then begin behind it.
template <class List>
List taken(std::string_view& bytes) {
    using Number = typename List::value_type;
    std::uint64_t count = 0;
    if (bytes.size() < sizeof count) throw InputError{worded("fault.checkpoint.damaged")};
    std::memcpy(&count, bytes.data(), sizeof count);
    bytes.remove_prefix(sizeof count);
    if (count > bytes.size() / sizeof(Number)) throw InputError{worded("fault.checkpoint.damaged")};
    const std::string_view content = bytes.substr(0, count * sizeof(Number));
    List list(count, Number{});
    if (count > 0) std::memcpy(list.data(), content.data(), content.size());
    bytes.remove_prefix(content.size());
    return list;
}

}  // namespace

std::string bytes_of(const outage::Contribution& contribution) {
    std::string bytes;
    append(bytes, &contribution.weight, 1);
    append(bytes, contribution.lost.data(), contribution.lost.size());
    append(bytes, contribution.able.data(), contribution.able.size());
    std::string keys;
    std::vector<Figures> figures;
    for (const outage::Contribution::Body& body : contribution.bodies) {
        keys += body.key + '\n';
        figures.push_back({body.loss_days, body.days_to_half, body.days_to_most, body.days_to_all});
    }
    append(bytes, keys.data(), keys.size());
    append(bytes, figures.data(), figures.size());
    return bytes;
}

outage::Contribution contribution_from(std::string_view bytes) {
    outage::Contribution contribution;
    const auto weight = taken<std::vector<double>>(bytes);
    if (weight.size() != 1) throw InputError{worded("fault.checkpoint.damaged")};
    contribution.weight = weight.front();
    contribution.lost = taken<std::vector<double>>(bytes);
    contribution.able = taken<std::vector<double>>(bytes);
    const auto keys = taken<std::string>(bytes);
    std::size_t begin = 0;
    for (const auto& [loss, half, most, all] : taken<std::vector<Figures>>(bytes)) {
        const std::size_t end = keys.find('\n', begin);
        if (end == std::string::npos) throw InputError{worded("fault.checkpoint.damaged")};
        contribution.bodies.push_back({keys.substr(begin, end - begin), loss, half, most, all});
        begin = end + 1;
    }
    return contribution;
}

}  // namespace resmon::nationwide
