// Official keys of bodies and municipalities. All are texts of digits: a leading zero belongs to the key.
#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace resmon {

/// A key of exactly `digits` digits. Throws InputError for anything else.
/// Whether it exists is not a question of its form: the register answers that for a date (catalogue/register.hpp).
template <int digits>
class Key {
public:
    Key() = default;
    explicit Key(std::string_view text);

    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    auto operator<=>(const Key&) const = default;

private:
    std::string text_;
};

using Ags = Key<8>;             ///< Amtlicher Gemeindeschlüssel: a municipality
using Ars = Key<12>;            ///< Amtlicher Regionalschlüssel: a municipality, or a body (see below)
using AssociationKey = Key<9>;  ///< the first nine digits of an ARS: a joint administration
using DistrictKey = Key<5>;     ///< the first five digits: a district or an independent city

/// A body's key is an ARS: of a town hall, single or joint, its association key + 000; where an association by
/// agreement keeps a town hall in each member, the municipality's own ARS; of a district its district key + 0000000.
using BodyKey = Ars;

[[nodiscard]] BodyKey body_key_of(const AssociationKey& association);
[[nodiscard]] BodyKey body_key_of(const DistrictKey& district);
[[nodiscard]] DistrictKey district_of(const Ars& key);
[[nodiscard]] AssociationKey association_of(const Ars& key);

/// Of a body that does not exist, as demonstrations use them: its district key ends in 999, which no district has, or
/// it begins with 9999, which no state does.
[[nodiscard]] bool is_synthetic(std::string_view body_key);

/// The first two digits: 01 Schleswig-Holstein to 16 Thüringen.
enum class State {
    schleswig_holstein = 1,
    hamburg,
    niedersachsen,
    bremen,
    nordrhein_westfalen,
    hessen,
    rheinland_pfalz,
    baden_wuerttemberg,
    bayern,
    saarland,
    berlin,
    brandenburg,
    mecklenburg_vorpommern,
    sachsen,
    sachsen_anhalt,
    thueringen
};

/// Throws InputError if the first two digits name no state.
[[nodiscard]] State state_of(const Ars& key);

/// `nordrhein-westfalen`
[[nodiscard]] std::string_view to_string(State state);
/// Throws InputError that lists the sixteen names.
[[nodiscard]] State state_from(std::string_view name);

}  // namespace resmon
