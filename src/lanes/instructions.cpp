#include "lanes/instructions.hpp"

namespace resmon {

Instructions best_instructions() {
#if defined(__x86_64__) && !defined(RESMON_BASELINE_LANES)
    if (__builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
        __builtin_cpu_supports("avx512vl") != 0 && __builtin_cpu_supports("avx512bw") != 0)
        return Instructions::avx512;
    if (__builtin_cpu_supports("avx2") != 0) return Instructions::avx2;
#endif
    return Instructions::baseline;
}

}  // namespace resmon
