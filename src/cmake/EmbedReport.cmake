# The page of `svi-lda report` is made of the files in src/output/report/ and of d3, which are put
# into the program when it is built: report_assets.cc is written from them.
#
#   svi_embed_report(OUTPUT file.cc)     a rule that makes it
# As a script (-DOUT= -DFOLDER= -DD3= -P), it makes it.
cmake_minimum_required(VERSION 3.25)

function(svi_append_asset file name)
  set(hex "")
  foreach(path IN LISTS ARGN)
    file(READ "${path}" content HEX)
    string(APPEND hex "${content}0a")
  endforeach()
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
  file(APPEND "${file}" "constexpr char ${name}[] = {${bytes}};\n")
endfunction()

if(CMAKE_SCRIPT_MODE_FILE)
  # Code behind data that it reads, main.js last.
  set(scripts format topics map terms search training evaluation documents made main)
  list(TRANSFORM scripts PREPEND "${FOLDER}/")
  list(TRANSFORM scripts APPEND ".js")
  file(WRITE "${OUT}.part" "#include \"output/report_assets.h\"\n\nnamespace svi_lda {\nnamespace {\n")
  svi_append_asset("${OUT}.part" page "${FOLDER}/page.html")
  svi_append_asset("${OUT}.part" style "${FOLDER}/style.css" "${FOLDER}/charts.css")
  svi_append_asset("${OUT}.part" scripts ${scripts})
  svi_append_asset("${OUT}.part" d3 "${D3}")
  svi_append_asset("${OUT}.part" d3_licence "${FOLDER}/d3.LICENSE")
  set(fields "")
  foreach(name IN ITEMS page style scripts d3 d3_licence)
    string(APPEND fields "  {${name}, sizeof(${name})},\n")
  endforeach()
  file(APPEND "${OUT}.part"
    "}  // namespace\n\nconst ReportAssets kReportAssets = {\n${fields}};\n\n}  // namespace svi_lda\n")
  file(RENAME "${OUT}.part" "${OUT}")
  return()
endif()

find_file(SVI_LDA_D3 d3.min.js PATHS /usr/share/nodejs/d3/dist
          NO_DEFAULT_PATH DOC "d3 5 or later, the minified file that holds all of it")
if(NOT SVI_LDA_D3)
  message(FATAL_ERROR "d3.min.js is missing, which the page of `svi-lda report` draws with: "
                      "apt install node-d3, or name the file with -DSVI_LDA_D3=PATH")
endif()
file(READ "${SVI_LDA_D3}" d3_head LIMIT 120)
if(NOT d3_head MATCHES "d3js\\.org v([0-9]+)\\." OR CMAKE_MATCH_1 LESS 5)
  message(FATAL_ERROR "${SVI_LDA_D3} is not d3 5 or later; name one with -DSVI_LDA_D3=PATH")
endif()

function(svi_embed_report out)
  set(folder "${PROJECT_SOURCE_DIR}/src/output/report")
  file(GLOB files CONFIGURE_DEPENDS "${folder}/*")
  add_custom_command(OUTPUT "${out}"
    COMMAND "${CMAKE_COMMAND}" "-DOUT=${out}" "-DFOLDER=${folder}" "-DD3=${SVI_LDA_D3}"
            -P "${PROJECT_SOURCE_DIR}/src/cmake/EmbedReport.cmake"
    DEPENDS ${files} "${SVI_LDA_D3}" "${PROJECT_SOURCE_DIR}/src/cmake/EmbedReport.cmake"
    COMMENT "Writing report_assets.cc from src/output/report and d3"
    VERBATIM)
endfunction()
