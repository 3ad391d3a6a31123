// Which vector instructions this CPU has. They change the time that is needed, never a bit of a result.
#pragma once

namespace resmon {

enum class Instructions { baseline, avx2, avx512 };

[[nodiscard]] Instructions best_instructions();

/// What a function must have in front to be compiled for the instructions; everything over lanes that it calls is.
#if defined(__x86_64__)
#define RESMON_FOR_AVX2 [[gnu::target("avx2")]]
#define RESMON_FOR_AVX512 [[gnu::target("avx512f,avx512dq,avx512vl,avx512bw")]]
#else
#define RESMON_FOR_AVX2
#define RESMON_FOR_AVX512
#endif

/// With sanitizers one version is enough: the others would take minutes to compile (cmake/toolchain.cmake).
#if defined(RESMON_BASELINE_LANES)
#define RESMON_LANES_OR_BASELINE(lanes, baseline) baseline
#else
#define RESMON_LANES_OR_BASELINE(lanes, baseline) lanes
#endif

}  // namespace resmon
