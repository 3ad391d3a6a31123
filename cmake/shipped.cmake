# What is built into the program: catalogue, API descriptions, migrations, texts and pages (base/shipped.hpp).
find_program(NODE node REQUIRED)
set(RESMON_GENERATED ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${RESMON_GENERATED})

# resmon_shipped_set(<set> <folder> [BUILT] [DEPENDS <file>...]): every file below the folder, compressed, as
# base/shipped.hpp's set of that name. BUILT: the folder is itself made by the build, so its files are not looked for now.
function(resmon_shipped_set set folder)
    cmake_parse_arguments(SET "BUILT" "" "DEPENDS" ${ARGN})
    set(files)
    if(NOT SET_BUILT)
        file(GLOB_RECURSE files CONFIGURE_DEPENDS ${folder}/*)
    endif()
    add_custom_command(
        OUTPUT ${RESMON_GENERATED}/shipped_${set}.S ${RESMON_GENERATED}/shipped_${set}.cpp
        COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/scripts/embed.mjs ${set} ${folder} ${RESMON_GENERATED}
        DEPENDS ${files} ${SET_DEPENDS} ${CMAKE_SOURCE_DIR}/scripts/embed.mjs
        COMMENT "Packing ${set}"
        VERBATIM)
    # CMake does not see .incbin: the assembler file is written anew whenever a packed file changes.
    add_library(resmon_shipped_${set} STATIC ${RESMON_GENERATED}/shipped_${set}.cpp ${RESMON_GENERATED}/shipped_${set}.S)
    target_include_directories(resmon_shipped_${set} PRIVATE ${CMAKE_SOURCE_DIR}/src)
    # Tables alone, the same for every kind of program.
    target_compile_options(resmon_shipped_${set} PRIVATE -fno-sanitize=all)
endfunction()
