# The pages: npm fetches their parts, Vite builds them into build/web, and they are packed like every other shipped set.
# Stamps and build/web lie outside the preset's folder: the pages are the same for every preset.
find_program(NPM npm REQUIRED)
set(RESMON_WEB ${CMAKE_SOURCE_DIR}/web)
set(RESMON_WEB_BUILT ${CMAKE_SOURCE_DIR}/build/web)

# Whoever runs a script that needs a package from web/node_modules depends on this file.
set(RESMON_NPM_STAMP ${RESMON_WEB}/node_modules/.fetched)
add_custom_command(
    OUTPUT ${RESMON_NPM_STAMP}
    COMMAND ${NPM} ci --no-fund --no-audit --loglevel=error
    COMMAND ${CMAKE_COMMAND} -E touch ${RESMON_NPM_STAMP}
    DEPENDS ${RESMON_WEB}/package-lock.json
    WORKING_DIRECTORY ${RESMON_WEB}
    COMMENT "Fetching the parts of the pages"
    VERBATIM)

# Folder by folder: src/generated is made by the build.
file(GLOB page_sources CONFIGURE_DEPENDS ${RESMON_WEB}/src/*.ts ${RESMON_WEB}/src/*.svelte ${RESMON_WEB}/src/api/*
     ${RESMON_WEB}/src/device/* ${RESMON_WEB}/service_worker/*
     ${RESMON_WEB}/src/parts/*.svelte ${RESMON_WEB}/src/parts/accounts/* ${RESMON_WEB}/src/parts/explain/* ${RESMON_WEB}/src/parts/scenarios/* ${RESMON_WEB}/src/parts/survey/* ${RESMON_WEB}/src/parts/waves/* ${RESMON_WEB}/src/reading/*
     ${RESMON_WEB}/src/routes/*.ts ${RESMON_WEB}/src/routes/*.svelte ${RESMON_WEB}/src/routes/explain/* ${RESMON_WEB}/src/routes/scenarios/* ${RESMON_WEB}/src/routes/survey/* ${RESMON_WEB}/src/routes/waves/* ${RESMON_WEB}/src/styles/*
     ${RESMON_WEB}/src/texts/* ${RESMON_WEB}/scripts/* ${RESMON_WEB}/public/*)
set(RESMON_PAGES_STAMP ${CMAKE_SOURCE_DIR}/build/web.stamp)
add_custom_command(
    OUTPUT ${RESMON_PAGES_STAMP}
    COMMAND ${NPM} run build --silent
    COMMAND ${CMAKE_COMMAND} -E touch ${RESMON_PAGES_STAMP}
    DEPENDS ${RESMON_NPM_STAMP} ${page_sources} ${RESMON_WEB}/index.html ${RESMON_WEB}/package.json
            ${RESMON_WEB}/vite.config.ts ${RESMON_WEB}/svelte.config.js ${RESMON_WEB}/tsconfig.json
            ${CMAKE_SOURCE_DIR}/texts/pages.de.json ${CMAKE_SOURCE_DIR}/texts/pages.en.json
            ${CMAKE_SOURCE_DIR}/texts/survey.de.json ${CMAKE_SOURCE_DIR}/texts/survey.en.json
            ${CMAKE_SOURCE_DIR}/texts/germany.de.json ${CMAKE_SOURCE_DIR}/texts/germany.en.json
            ${CMAKE_SOURCE_DIR}/texts/risk.de.json ${CMAKE_SOURCE_DIR}/texts/risk.en.json
            ${CMAKE_SOURCE_DIR}/texts/scenarios.de.json ${CMAKE_SOURCE_DIR}/texts/scenarios.en.json
            ${CMAKE_SOURCE_DIR}/texts/waves.de.json ${CMAKE_SOURCE_DIR}/texts/waves.en.json
            ${CMAKE_SOURCE_DIR}/texts/explain.de.json ${CMAKE_SOURCE_DIR}/texts/explain.en.json
            ${CMAKE_SOURCE_DIR}/api/accounts.yaml ${CMAKE_SOURCE_DIR}/api/outage.yaml ${CMAKE_SOURCE_DIR}/api/survey.yaml ${CMAKE_SOURCE_DIR}/api/waves.yaml
    WORKING_DIRECTORY ${RESMON_WEB}
    COMMENT "Building the pages"
    VERBATIM)

# The names of built files change with their content, so only the stamp says that they are new.
resmon_shipped_set(pages ${RESMON_WEB_BUILT} BUILT DEPENDS ${RESMON_PAGES_STAMP})
