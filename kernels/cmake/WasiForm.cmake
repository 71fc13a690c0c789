# SPDX-License-Identifier: Apache-2.0
#
# The form `wasi` of a kernel in C: a wasi-threads program, which any runtime that has them can run. With clang and kernels/rt, or, where
# the environment variable WASI_SDK_PATH names a wasi-sdk, with that.

set(WEFT_WASI_SDK "$ENV{WASI_SDK_PATH}" CACHE PATH "A wasi-sdk for the kernels' form wasi; without, kernels/rt")
find_program(WEFT_WASM_CLANG NAMES clang-19 clang DOC "A clang with the target wasm32, for the kernels' form wasi")
find_program(WEFT_WASM_LD NAMES wasm-ld-19 wasm-ld DOC "The linker for the kernels' form wasi")

# The maximum is what 64 threads take; without an initial size a program begins with what its data need.
set(wasi_memory --import-memory --export-memory --max-memory=67108864)
# How a program is linked with kernels/rt.
set(WEFT_WASI_LINK --shared-memory ${wasi_memory} --stack-first -z stack-size=262144 --fatal-warnings --export=wasi_thread_start)
set(wasi_flags -pthread -O2 -std=c11 -ffp-contract=off -fno-math-errno)

if(WEFT_WASI_SDK)
  set(WEFT_WASI_COMPILER ${WEFT_WASI_SDK}/bin/clang)
elseif(WEFT_WASM_CLANG AND WEFT_WASM_LD)
  set(WEFT_WASI_COMPILER ${WEFT_WASM_CLANG})
  cmake_path(SET rt NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../rt)
  list(APPEND wasi_flags --target=wasm32 -nostdlibinc -isystem ${rt}/include)
  file(GLOB rt_sources CONFIGURE_DEPENDS ${rt}/*.c ${rt}/*.S)
  file(GLOB rt_headers CONFIGURE_DEPENDS ${rt}/*.h ${rt}/include/*.h)
  file(MAKE_DIRECTORY ${WEFT_KERNEL_DIR}/rt)
  foreach(source IN LISTS rt_sources)
    cmake_path(GET source FILENAME file)
    set(object ${WEFT_KERNEL_DIR}/rt/${file}.o)
    set(flags ${wasi_flags} ${WEFT_KERNEL_WARNINGS} -fno-builtin)  # memcpy is not to be made of memcpy
    if(file MATCHES "\\.S$")
      set(flags --target=wasm32 -matomics)
    endif()
    add_custom_command(OUTPUT ${object} COMMAND ${WEFT_WASI_COMPILER} ${flags} -c ${source} -o ${object}
      DEPENDS ${source} ${rt_headers} COMMENT "clang rt/${file}" VERBATIM)
    list(APPEND rt_objects ${object})
  endforeach()
  add_custom_target(kernels_rt DEPENDS ${rt_objects})
else()
  message(WARNING "no clang with wasm-ld was found, and WASI_SDK_PATH is not set: the kernels' form wasi is not built, its tests are SKIPPED")
endif()

# Builds a kernel in C as a wasi-threads program.
function(weft_kernel_wasi name source)
  weft_kernel_module(wasm ${name} wasi)
  cmake_path(GET wasm PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  if(WEFT_WASI_SDK)
    list(TRANSFORM wasi_memory PREPEND -Wl,)
    add_custom_command(OUTPUT ${wasm}
      COMMAND ${WEFT_WASI_COMPILER} --target=wasm32-wasi-threads ${wasi_flags} -I${WEFT_KERNEL_COMMON} ${wasi_memory} ${source} -o ${wasm}
      DEPENDS ${source} ${WEFT_KERNEL_HEADERS} COMMENT "wasi-sdk ${name}.wasm" VERBATIM)
    return()
  endif()
  add_custom_command(OUTPUT ${wasm}
    COMMAND ${WEFT_WASI_COMPILER} ${wasi_flags} ${WEFT_KERNEL_WARNINGS} -I${WEFT_KERNEL_COMMON} -c ${source} -o ${wasm}.o
    COMMAND ${WEFT_WASM_LD} ${WEFT_WASI_LINK} ${wasm}.o ${rt_objects} -o ${wasm}
    DEPENDS ${source} ${WEFT_KERNEL_HEADERS} ${rt_headers} ${rt_objects} COMMENT "clang wasi/${name}.wasm" VERBATIM)
endfunction()
