// Sets the blocks of a document, one after the other.
#pragma once

#include "report/flow.hpp"

#include <span>

namespace resmon::report {

void set_block(Flow& flow, const Block& block);

/// Headings stay with what follows them.
void set_blocks(Flow& flow, std::span<const Block> blocks);

/// Of the blocks on a page without end, below what stands already.
[[nodiscard]] double height_of(const Flow& flow, std::span<const Block> blocks);

}  // namespace resmon::report
