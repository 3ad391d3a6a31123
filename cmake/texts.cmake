# texts/program.*.json → the C++ table of program texts; a key that one language lacks fails the build.
add_custom_command(
    OUTPUT ${RESMON_GENERATED}/texts_table.cpp
    COMMAND ${NODE} ${CMAKE_SOURCE_DIR}/scripts/texts.mjs ${CMAKE_SOURCE_DIR}/texts ${RESMON_GENERATED}/texts_table.cpp
    DEPENDS ${CMAKE_SOURCE_DIR}/scripts/texts.mjs ${CMAKE_SOURCE_DIR}/texts/program.de.json
            ${CMAKE_SOURCE_DIR}/texts/program.en.json
    COMMENT "Checking texts"
    VERBATIM)
