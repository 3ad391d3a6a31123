# Fonts of the papers that the program sets itself: the machine's own fonts must not change a byte of them.
set(RESMON_PAPER_FONTS ${RESMON_GENERATED}/paper_fonts)
set(RESMON_PAPER_FONTS_STAMP ${RESMON_GENERATED}/paper_fonts.stamp)
add_custom_command(
    OUTPUT ${RESMON_PAPER_FONTS_STAMP}
    COMMAND ${NODE} ${RESMON_WEB}/scripts/paper_fonts.mjs ${RESMON_PAPER_FONTS}
    COMMAND ${CMAKE_COMMAND} -E touch ${RESMON_PAPER_FONTS_STAMP}
    DEPENDS ${RESMON_NPM_STAMP} ${RESMON_WEB}/scripts/paper_fonts.mjs
    COMMENT "Cutting the fonts of papers"
    VERBATIM)
resmon_shipped_set(fonts ${RESMON_PAPER_FONTS} BUILT DEPENDS ${RESMON_PAPER_FONTS_STAMP})
