# Language, warnings, sanitizers and linker: the same for every room.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# Dev: quick to compile, assertions on, line numbers in sanitizer reports
set(CMAKE_CXX_FLAGS_DEV "-O1 -g1")
set(CMAKE_C_FLAGS_DEV "-O1 -g1")

add_compile_options(
    -Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
    -Woverloaded-virtual -Wswitch-enum -Wundef
    # Designated initialisers leave out what has a default: that is what they are for.
    -Wno-missing-field-initializers
    # The same bits on every CPU: no fused multiply-add unless written, no unsafe mathematics (docs/model.md, determinism).
    -ffp-contract=off -fno-math-errno)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # False positives of g++ 12 in inlined library code (std::optional, std::variant) under -O1 and above with sanitizers.
    # … and of std::string + with a literal at -O3 (GCC bug 105651).
    # Vectors are only passed to functions that are inlined (lanes/lanes.hpp): their calling convention does not matter.
    add_compile_options(-Wno-maybe-uninitialized -Wno-restrict -Wno-psabi)
else()
    # clang tells of a function that the library of gcc 12 itself calls in its stable algorithms.
    add_compile_options(-Wno-deprecated-declarations)
endif()

find_program(MOLD mold)
if(MOLD AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_link_options(-fuse-ld=mold)
endif()

if(RESMON_SANITIZE)
    add_compile_definitions(RESMON_BASELINE_LANES)
    # vptr would need the type information that SOCI keeps to itself.
    add_compile_options(-fsanitize=${RESMON_SANITIZE} -fno-sanitize=vptr -fno-omit-frame-pointer -fno-sanitize-recover=undefined)
    # The thread sanitizer does not follow fences. Asio has some beside its locks, which it does follow.
    if(RESMON_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-Wno-tsan)
    endif()
    string(REPLACE ",fuzzer-no-link" "" resmon_link_sanitizers "${RESMON_SANITIZE}")
    add_link_options(-fsanitize=${resmon_link_sanitizers} -fno-sanitize=vptr)
endif()
if(RESMON_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()

# RESMON_PLAIN: every room also as resmon_<room>_plain, for tests that wait for the program and do not look into its memory.
set(RESMON_KINDS "")
if(RESMON_PLAIN)
    list(APPEND RESMON_KINDS _plain)
endif()
set(RESMON_UNSANITIZED -fno-sanitize=all -URESMON_BASELINE_LANES)
function(resmon_kind target kind)
    if(kind STREQUAL "_plain")
        target_compile_options(${target} PRIVATE ${RESMON_UNSANITIZED} -g0)
        target_link_options(${target} PRIVATE -fno-sanitize=all)
    endif()
endfunction()
