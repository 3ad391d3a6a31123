// The register of municipalities, and the town halls and districts that serve them.
#pragma once

#include "base/body_key.hpp"
#include "base/calendar.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::catalogue {

struct Municipality {
    Ags ags;
    Ars ars;
    std::string name;
    int kind = 64;  ///< text code of the register: 60 market, 61 independent city, 63 town, 64 municipality …
    long population = 0;
    double area_km2 = 0;
    std::string postcode;
    double latitude = 0;  ///< WGS 84, of the administration
    double longitude = 0;
    std::string district_name;
    int district_kind = 43;  ///< 41, 42 independent city, 43, 44 district, 45 regional association
    std::string association_name;
    int association_kind = 50;  ///< 50 single municipality, 51–58 joint administrations
};

enum class BodyKind { municipality, joint_administration, district, independent_city };

/// `joint-administration`
[[nodiscard]] std::string_view to_string(BodyKind kind);
/// Throws InputError that lists the words.
[[nodiscard]] BodyKind body_kind_from(std::string_view word);

/// By inhabitants, with the edges that the official statistics draw between classes of municipalities
/// (Gemeindegrößenklassen): small towns begin at 5,000, medium-sized ones at 20,000, large ones at 100,000.
enum class SizeClass { below_5000, from_5000, from_10000, from_20000, from_50000, from_100000 };

/// `from-5000`
[[nodiscard]] std::string_view to_string(SizeClass size);
/// Throws InputError that lists the words.
[[nodiscard]] SizeClass size_class_from(std::string_view word);
[[nodiscard]] SizeClass size_class_of(long inhabitants);

/// A town hall or a district: answers a survey, suffers an outage, helps.
struct Body {
    BodyKey key;
    std::string name;
    BodyKind kind = BodyKind::municipality;
    State state = State::nordrhein_westfalen;
    DistrictKey district;
    long population = 0;  ///< of the municipalities it serves: derived, never typed
    double latitude = 0;  ///< of its largest municipality
    double longitude = 0;
    std::vector<Ags> municipalities;
};

class Register {
public:
    /// CSV with the columns of data/gemeinden.csv. Throws InputError with every fault (file, line, column).
    [[nodiscard]] static Register from_csv(std::string_view csv, const std::string& file_name);

    [[nodiscard]] std::span<const Municipality> municipalities() const noexcept { return municipalities_; }
    /// Town halls (joint administrations grouped, those by agreement in Baden-Württemberg and Saxony split:
    /// docs/decisions) and districts; ordered by key.
    [[nodiscard]] std::span<const Body> bodies() const noexcept { return bodies_; }
    [[nodiscard]] const Body* find_body(const BodyKey& key) const;
    /// An ARS, or an AGS or district key that means one body. Throws NotFound, or InputError that lists the candidates.
    [[nodiscard]] const Body& body(std::string_view key) const;
    /// Where it comes from and of which day (register/source.yaml).
    void set_source(std::string source, Date as_of) {
        source_ = std::move(source);
        as_of_ = as_of;
    }
    [[nodiscard]] const std::string& source() const noexcept { return source_; }
    [[nodiscard]] Date as_of() const noexcept { return as_of_; }

private:
    std::vector<Municipality> municipalities_;
    std::vector<Body> bodies_;
    std::string source_;
    Date as_of_{};
};

}  // namespace resmon::catalogue
