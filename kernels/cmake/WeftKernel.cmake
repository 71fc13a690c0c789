# SPDX-License-Identifier: Apache-2.0
# weft_kernel(NAME SIZE n SOURCES file…): one guest program, built twice from the same sources: natively with the C compiler in use, and by
# emcc. The tests kernel/NAME/threads-N run both with the arguments N and n and compare stdout and exit code.

find_program(WEFT_EMCC emcc DOC "Emscripten's compiler, for the kernels")
if(WEFT_EMCC)
  add_custom_target(kernels_wasm ALL)
else()
  message(WARNING "emcc not found: the kernels are built natively only, and their tests are SKIPPED")
endif()

function(weft_kernel name)
  cmake_parse_arguments(arg "" "SIZE" "SOURCES" ${ARGN})
  list(TRANSFORM arg_SOURCES PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  set(common ${CMAKE_CURRENT_SOURCE_DIR}/common)
  set(warnings -Wall -Wextra -Wno-unused-function)

  add_executable(kernel_${name} ${arg_SOURCES})
  set_target_properties(kernel_${name} PROPERTIES OUTPUT_NAME ${name} C_STANDARD 11)
  target_include_directories(kernel_${name} PRIVATE ${common})
  target_compile_options(kernel_${name} PRIVATE -O2 ${warnings} $<$<BOOL:${WEFT_WERROR}>:-Werror>)
  target_link_libraries(kernel_${name} PRIVATE Threads::Threads)
  if(WEFT_SANITIZE)  # a kernel that races would compare nothing
    target_compile_options(kernel_${name} PRIVATE -fsanitize=${WEFT_SANITIZE})
    target_link_options(kernel_${name} PRIVATE -fsanitize=${WEFT_SANITIZE})
  endif()

  set(wasm ${CMAKE_CURRENT_BINARY_DIR}/${name}.wasm)
  if(WEFT_EMCC)
    # bare: only the module, with unminified names; 64 MB: 16 are too few for eight stacks and a heap; EXIT_RUNTIME: main's end flushes stdout.
    add_custom_command(OUTPUT ${wasm}
      COMMAND ${WEFT_EMCC} -std=gnu11 -O2 -pthread --oformat=bare ${warnings}
        -sINITIAL_MEMORY=64MB -sEXIT_RUNTIME=1 -sEXPORTED_FUNCTIONS=_main,_fflush
        -I${common} ${arg_SOURCES} -o ${wasm}
      DEPENDS ${arg_SOURCES} ${common}/kernel.h
      COMMENT "emcc ${name}.wasm" VERBATIM)
    add_custom_target(kernel_${name}_wasm DEPENDS ${wasm})
    add_dependencies(kernels_wasm kernel_${name}_wasm)
  endif()

  if(NOT BUILD_TESTING)
    return()
  endif()
  foreach(threads 1 2 4 8)
    set(test kernel/${name}/threads-${threads})
    if(WEFT_EMCC AND TARGET weft)
      add_test(NAME ${test} COMMAND ${CMAKE_COMMAND}
        -D NATIVE=$<TARGET_FILE:kernel_${name}> -D WEFT=$<TARGET_FILE:weft> -D WASM=${wasm} -D ARGS=${threads}:${arg_SIZE}
        -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/compare.cmake)
    else()
      set(reason "emcc was not found")
      if(NOT TARGET weft)
        set(reason "the weft command is not built")
      endif()
      add_test(NAME ${test} COMMAND sh -c "echo 'SKIPPED: ${reason}'; exit 77")
    endif()
    set_tests_properties(${test} PROPERTIES TIMEOUT 120 PROCESSORS ${threads} SKIP_RETURN_CODE 77 LABELS kernel)
  endforeach()
endfunction()
