// Work in pieces of unequal size, shared over all ranks and with runs after one that died.
#pragma once

#include "ranks/together.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace resmon::ranks {

struct Pieces {
    std::vector<double> sizes;                                             ///< what each costs, in any unit
    std::function<std::optional<std::string>(std::size_t piece)> compute;  ///< what comes out as bytes; none = stopped
    std::function<void(std::size_t piece, std::string_view bytes)> take;   ///< by the first rank, in order
};

/// Each piece is computed by one rank, or has been: then a file of the checkpoint has it. A rank alone holds one at a
/// time. The files stay until `forget`. false = stopped. Throws InputError for a folder that holds pieces of something
/// else.
[[nodiscard]] bool in_pieces(const Ranks& ranks, const Pieces& pieces, const Checkpoint& checkpoint = {});

/// By the first, once nobody needs the files any more.
void forget_pieces(const Checkpoint& checkpoint);

}  // namespace resmon::ranks
