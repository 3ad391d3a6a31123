// Any bytes as the frame of a wave: read, or refused with line and column.
#include "base/error.hpp"
#include "catalogue/register.hpp"
#include "waves/frame.hpp"

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const auto bodies = resmon::catalogue::Register::from_csv(
        "ags,ars,name,kind,population,area_km2,postcode,lat,lon,district_key,district_name,district_kind,association_"
        "key,"
        "association_name,association_kind\n05958032,059580032032,Meschede,63,29921,218,59872,51,8,05958,HSK,43,"
        "059580032,"
        "Meschede,50\n",
        "register.csv");
    try {
        (void)resmon::waves::frame_from_csv(bodies, {reinterpret_cast<const char*>(bytes), size}, "frame.csv");
    } catch (const resmon::InputError&) {
    }
    return 0;
}
