# SPDX-License-Identifier: Apache-2.0
#
# The two forms of a kernel in C for runtimes with WASI. `wasi`: a wasi-threads program, with clang and kernels/rt or, where the
# environment variable WASI_SDK_PATH names a wasi-sdk, with that. `plain`, of kernels with one thread: a command with a memory of its own
# and without an atomic instruction, for runtimes without threads too; with clang and kernels/rt.

set(WEFT_WASI_SDK "$ENV{WASI_SDK_PATH}" CACHE PATH "A wasi-sdk for the kernels' form wasi; without, kernels/rt")
find_program(WEFT_WASM_CLANG NAMES clang-19 clang DOC "A clang with the target wasm32, for the kernels' forms wasi and plain")
find_program(WEFT_WASM_LD NAMES wasm-ld-19 wasm-ld DOC "The linker for the kernels' forms wasi and plain")

# The maximum is what 64 threads take; without an initial size a program begins with what its data need.
set(wasi_memory --import-memory --export-memory --max-memory=67108864)
set(wasi_link --stack-first -z stack-size=262144 --fatal-warnings)
# How a program with threads is linked with kernels/rt.
set(WEFT_WASI_LINK --shared-memory ${wasi_memory} ${wasi_link} --export=wasi_thread_start)
set(c_flags -O2 -std=c11 -ffp-contract=off -fno-math-errno)
cmake_path(SET rt NORMALIZE ${CMAKE_CURRENT_LIST_DIR}/../rt)
file(GLOB rt_headers CONFIGURE_DEPENDS ${rt}/*.h ${rt}/include/*.h)
set(rt_flags ${c_flags} --target=wasm32 -nostdlibinc -isystem ${rt}/include)
set(wasi_flags ${rt_flags} -pthread)
# Of what has come since the first version of WebAssembly: memory.copy and memory.fill, and sign extension.
set(plain_flags ${rt_flags} -mcpu=mvp -mbulk-memory -msign-ext)

# Compiles files of kernels/rt; the target of that name builds them. Behind `target`: the files.
function(weft_rt objects target flags)
  set(${objects})
  set(folder ${WEFT_KERNEL_DIR}/${target})
  file(MAKE_DIRECTORY ${folder})
  foreach(source IN LISTS ARGN)
    cmake_path(GET source FILENAME file)
    set(object ${folder}/${file}.o)
    set(file_flags ${flags} ${WEFT_KERNEL_WARNINGS} -fno-builtin)  # memcpy is not to be made of memcpy
    if(file MATCHES "\\.S$")
      set(file_flags --target=wasm32 -matomics)
    endif()
    add_custom_command(OUTPUT ${object} COMMAND ${WEFT_WASM_CLANG} ${file_flags} -c ${source} -o ${object}
      DEPENDS ${source} ${rt_headers} COMMENT "clang ${target}/${file}" VERBATIM)
    list(APPEND ${objects} ${object})
  endforeach()
  add_custom_target(kernels_${target} DEPENDS ${${objects}})
  set(${objects} ${${objects}} PARENT_SCOPE)
endfunction()

if(WEFT_WASM_CLANG AND WEFT_WASM_LD)
  weft_rt(plain_objects rt_plain "${plain_flags}"
    ${rt}/fixed.c ${rt}/malloc.c ${rt}/printf.c ${rt}/start.c ${rt}/stream.c ${rt}/string.c ${rt}/strtoll.c ${rt}/time.c)
else()
  message(WARNING "no clang with wasm-ld was found: the kernels' form plain is not built, its tests are SKIPPED")
endif()
if(WEFT_WASI_SDK)
  set(WEFT_WASI_COMPILER ${WEFT_WASI_SDK}/bin/clang)
elseif(WEFT_WASM_CLANG AND WEFT_WASM_LD)
  set(WEFT_WASI_COMPILER ${WEFT_WASM_CLANG})
  file(GLOB rt_sources CONFIGURE_DEPENDS ${rt}/*.c ${rt}/*.S)
  weft_rt(rt_objects rt "${wasi_flags}" ${rt_sources})
else()
  message(WARNING "no clang with wasm-ld was found, and WASI_SDK_PATH is not set: the kernels' form wasi is not built, its tests are SKIPPED")
endif()

# Builds a kernel in C with kernels/rt, in the form `wasi` or `plain`. Behind `source`: what the compiler is told besides.
function(weft_kernel_rt name form source)
  weft_kernel_module(wasm ${name} ${form})
  cmake_path(GET wasm PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  if(form STREQUAL "plain")
    set(flags ${plain_flags})
    set(link ${wasi_link} ${plain_objects})
    set(objects ${plain_objects})
  else()
    set(flags ${wasi_flags})
    set(link ${WEFT_WASI_LINK} ${rt_objects})
    set(objects ${rt_objects})
  endif()
  add_custom_command(OUTPUT ${wasm}
    COMMAND ${WEFT_WASM_CLANG} ${flags} ${WEFT_KERNEL_WARNINGS} ${ARGN} -I${WEFT_KERNEL_COMMON} -c ${source} -o ${wasm}.o
    COMMAND ${WEFT_WASM_LD} ${link} ${wasm}.o -o ${wasm}
    DEPENDS ${source} ${WEFT_KERNEL_HEADERS} ${rt_headers} ${objects} COMMENT "clang ${form}/${name}.wasm" VERBATIM)
endfunction()

# Builds a kernel in C with wasi-sdk, in the form `wasi`. Behind `source`: what the compiler is told besides.
function(weft_kernel_wasi_sdk name source)
  weft_kernel_module(wasm ${name} wasi)
  cmake_path(GET wasm PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  list(TRANSFORM wasi_memory PREPEND -Wl,)
  add_custom_command(OUTPUT ${wasm}
    COMMAND ${WEFT_WASI_COMPILER} --target=wasm32-wasi-threads -pthread ${c_flags} ${ARGN} -I${WEFT_KERNEL_COMMON} ${wasi_memory} ${source} -o ${wasm}
    DEPENDS ${source} ${WEFT_KERNEL_HEADERS} COMMENT "wasi-sdk ${name}.wasm" VERBATIM)
endfunction()
