# SPDX-License-Identifier: Apache-2.0
# Runs each scenario of the module WASM under `WEFT run --race`, which has to exit with EXIT.
execute_process(COMMAND ${WEFT} run ${WASM} OUTPUT_VARIABLE names COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" names "${names}")
list(LENGTH names count)
if(count LESS 40)
  message(FATAL_ERROR "${WASM} has ${count} scenarios only")
endif()
set(wrong 0)
foreach(name IN LISTS names)
  execute_process(COMMAND ${WEFT} run --race --timeout 60s ${WASM} ${name}
    RESULT_VARIABLE code OUTPUT_QUIET ERROR_VARIABLE report)
  if(NOT code EQUAL EXIT)
    math(EXPR wrong "${wrong} + 1")
    message(SEND_ERROR "${name}: exit code ${code} instead of ${EXIT}\n${report}")
  endif()
endforeach()
message(STATUS "${count} scenarios, ${wrong} wrong")
