# SPDX-License-Identifier: Apache-2.0
# cmake -D NATIVE=PROGRAM -D WEFT=COMMAND -D WASM=MODULE -D ARGS=a:b [-D RUNS=n] -P compare.cmake
# Runs the native program once and the module n times: stdout and exit code must be the same.

cmake_minimum_required(VERSION 3.25)
string(REPLACE ":" ";" ARGS "${ARGS}")
if(NOT RUNS)
  set(RUNS 1)
endif()

execute_process(COMMAND ${NATIVE} ${ARGS} OUTPUT_VARIABLE expected ERROR_VARIABLE errors RESULT_VARIABLE expected_status)
message("native, exit code ${expected_status}:\n${expected}${errors}")
if(expected STREQUAL "")
  message(FATAL_ERROR "the native program printed nothing: there is nothing to compare")
endif()

foreach(run RANGE 1 ${RUNS})
  execute_process(COMMAND ${WEFT} run ${WASM} ${ARGS} OUTPUT_VARIABLE output ERROR_VARIABLE errors RESULT_VARIABLE status)
  if(NOT output STREQUAL expected OR NOT status STREQUAL expected_status)
    message(FATAL_ERROR "weft differs in run ${run}, exit code ${status}:\n${output}${errors}")
  endif()
endforeach()
message("weft: the same, ${RUNS} times; the last run:\n${errors}")
