# SPDX-License-Identifier: Apache-2.0
#
# weft_kernel(NAME SIZE n [BENCH m] [SINGLE] [HANGS] [RACY] [SAYS regex] [WITHOUT form...] [FLAGS flag...]): one guest program, NAME.c or
# NAME.cpp of the current folder, built natively by the compiler in use, and to WebAssembly in each of the forms below. The tests
# kernel/NAME/FORM compare stdout and exit code of both, with 1, 2, 4 and 8 threads and the size n; the folder is a label of
# theirs; m is the size that `weft bench` takes; without, it leaves the kernel out.
#   SINGLE   it has one thread, whatever its argument: it is tested and measured with one, and has the forms of WEFT_SINGLE_FORMS;
#            only where all forms are built
#   HANGS    natively it never ends: the interpreter has to end it, with exit code 134
#   RACY     it has a data race, which the test kernel/NAME/race wants to see reported; all others have to be free of them
#   SAYS     what the interpreter has to say on stderr
#   WITHOUT  the forms that it does not have
#   FLAGS    what the compilers to WebAssembly are told besides

# Where weft_kernel() puts what it builds: the programs and the form O2 there, the others in forms/.
set(WEFT_KERNEL_DIR ${CMAKE_CURRENT_BINARY_DIR})
# The kernels: name, size for tests, size for benchmarks or -, number of threads or - for any, forms with commas between them or -,
# source.
set(WEFT_KERNEL_LIST ${CMAKE_CURRENT_BINARY_DIR}/kernels.txt)
file(WRITE ${WEFT_KERNEL_LIST} "")
set(WEFT_KERNEL_COMPARE ${CMAKE_CURRENT_LIST_DIR}/compare.cmake)
set(WEFT_KERNEL_WARNINGS -Wall -Wextra -Wno-unused-function)
set(WEFT_KERNEL_FORMS "O2" CACHE STRING "Forms of the kernels to build, or all")
set(WEFT_KERNELS_FROM "" CACHE PATH "The folder kernels of another build of these sources, to take the modules of the form O2 from")

find_program(WEFT_EMCC emcc DOC "Emscripten's compiler, for the kernels")
find_program(WEFT_EMXX em++ DOC "Emscripten's C++ compiler, for the kernels")
find_program(WEFT_WASM_OPT wasm-opt DOC "Binaryen's optimiser, for the kernels")
add_custom_target(kernels_wasm ALL)
if(NOT WEFT_EMCC)
  message(WARNING "emcc not found: the kernels are built natively only, and their tests are SKIPPED")
endif()

# The forms that Emscripten makes. bare: only the module, with unminified names; 64 MB: 16 are too few for eight stacks and a heap;
# EXIT_RUNTIME: main's end flushes stdout.
set(bare --oformat=bare -sINITIAL_MEMORY=64MB)
set(WEFT_FORM_O2 -O2 ${bare})
set(WEFT_FORM_O0 -O0 ${bare})
set(WEFT_FORM_O1 -O1 ${bare})
set(WEFT_FORM_O3 -O3 ${bare})
set(WEFT_FORM_debug -O1 -g ${bare})
set(WEFT_FORM_growth -O2 --oformat=bare -sINITIAL_MEMORY=16MB -sALLOW_MEMORY_GROWTH -sMAXIMUM_MEMORY=256MB -Wno-pthreads-mem-growth)
set(WEFT_FORM_proxy -O2 ${bare} -sPROXY_TO_PTHREAD)
# The module beside the usual JavaScript, which takes each i64 as two i32. -O1: what optimises the JavaScript, which nobody
# runs, takes longer than all else.
set(WEFT_FORM_js -O1 -sINITIAL_MEMORY=64MB)
set(WEFT_EMSCRIPTEN_FORMS O2 O0 O1 O3 debug growth proxy js)

include(${CMAKE_CURRENT_LIST_DIR}/WasiForm.cmake)

set(WEFT_SINGLE_FORMS O2 O3 optimised wasi plain)
set(forms ${WEFT_KERNEL_FORMS})
if(forms STREQUAL "all")
  set(forms ${WEFT_EMSCRIPTEN_FORMS} optimised wasi plain)
endif()

# The module of a kernel in a form.
function(weft_kernel_module result name form)
  if(form STREQUAL "O2")
    set(${result} ${WEFT_KERNEL_DIR}/${name}.wasm PARENT_SCOPE)
  else()
    set(${result} ${WEFT_KERNEL_DIR}/forms/${form}/${name}.wasm PARENT_SCOPE)
  endif()
endfunction()

# Builds a kernel in a form of Emscripten's. Behind `source`: what its compiler and linker are told besides.
function(weft_kernel_emscripten name form source)
  weft_kernel_module(wasm ${name} ${form})
  cmake_path(GET wasm PARENT_PATH folder)
  file(MAKE_DIRECTORY ${folder})
  if(source MATCHES "\\.cpp$")
    set(compiler ${WEFT_EMXX} -std=c++20)
  else()
    set(compiler ${WEFT_EMCC} -std=gnu11)
  endif()
  set(output ${wasm})
  if(form STREQUAL "js")
    cmake_path(REPLACE_EXTENSION output LAST_ONLY .js)
  endif()
  # NODE_PATH: where Debian has the parser that optimises the JavaScript, which emcc does not look into by itself.
  if(WEFT_KERNELS_FROM AND form STREQUAL "O2")
    set(other ${WEFT_KERNELS_FROM}/${name}.wasm)
    add_custom_command(OUTPUT ${wasm} COMMAND ${CMAKE_COMMAND} -E copy ${other} ${wasm} DEPENDS ${other} VERBATIM)
    return()
  endif()
  add_custom_command(OUTPUT ${wasm}
    COMMAND ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs ${compiler} -pthread -ffp-contract=off -fno-math-errno ${WEFT_KERNEL_WARNINGS} ${WEFT_FORM_${form}}
      ${ARGN} -I${WEFT_KERNEL_COMMON} ${source} -o ${output}
    DEPENDS ${source} ${WEFT_KERNEL_HEADERS}
    COMMENT "emcc ${form}/${name}.wasm" VERBATIM)
endfunction()

# What the form cannot be built without, or nothing if it is there.
function(weft_kernel_lacks result form)
  set(lacks)
  if(form STREQUAL "wasi" AND NOT WEFT_WASI_COMPILER)
    set(lacks "wasi-sdk, or clang and wasm-ld")
  elseif(form STREQUAL "plain" AND NOT TARGET kernels_rt_plain)
    set(lacks "clang and wasm-ld")
  elseif(form STREQUAL "rust")
    set(lacks "${WEFT_RUST_LACKS}")
  elseif(NOT form MATCHES "^(wasi|plain)$" AND NOT WEFT_EMCC)
    set(lacks "emcc")
  endif()
  set(${result} "${lacks}" PARENT_SCOPE)
endfunction()

# One test: a module in a form against the native program. Behind `wasm`: definitions for compare.cmake.
function(weft_kernel_test test form native wasm)
  if(NOT WEFT_KERNEL_FORMS STREQUAL "all")
    list(PREPEND ARGN -D THREADS=4)  # sanitizers take their time, and so does the driver loop
  endif()
  weft_kernel_lacks(lacks ${form})
  if(NOT lacks AND TARGET weft)
    add_test(NAME ${test} COMMAND ${CMAKE_COMMAND}
      -D NATIVE=$<TARGET_FILE:${native}> -D WEFT=$<TARGET_FILE:weft> -D WASM=${wasm} ${ARGN} -P ${WEFT_KERNEL_COMPARE})
  else()
    set(reason "without ${lacks}")
    if(NOT TARGET weft)
      set(reason "the weft command is not built")
    endif()
    add_test(NAME ${test} COMMAND sh -c "echo 'SKIPPED: ${reason}'; exit 77")
  endif()
  cmake_path(GET CMAKE_CURRENT_SOURCE_DIR FILENAME folder)
  set_tests_properties(${test} PROPERTIES TIMEOUT 600 PROCESSORS 1 SKIP_RETURN_CODE 77 LABELS "kernel;${folder}")
endfunction()

# The native program of a target; without sanitizers when RACY is behind it.
function(weft_kernel_native target)
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${WEFT_KERNEL_DIR} C_STANDARD 11 CXX_STANDARD 20)
  target_include_directories(${target} PRIVATE ${WEFT_KERNEL_COMMON})
  target_compile_options(${target} PRIVATE -O2 -ffp-contract=off -fno-math-errno ${WEFT_KERNEL_WARNINGS} $<$<BOOL:${WEFT_WERROR}>:-Werror>)
  target_link_libraries(${target} PRIVATE Threads::Threads m)
  if(WEFT_SANITIZE AND NOT "RACY" IN_LIST ARGN)  # a kernel that races would compare nothing
    target_compile_options(${target} PRIVATE -fsanitize=${WEFT_SANITIZE})
    target_link_options(${target} PRIVATE -fsanitize=${WEFT_SANITIZE})
  endif()
endfunction()

# Adds a kernel to the list; what is empty, becomes a -. Behind `threads`: its forms.
function(weft_list_kernel name source size bench threads)
  list(JOIN ARGN , forms)
  foreach(field bench threads forms)
    if(${field} STREQUAL "")
      set(${field} -)
    endif()
  endforeach()
  file(APPEND ${WEFT_KERNEL_LIST} "${name} ${size} ${bench} ${threads} ${forms} ${source}\n")
endfunction()

function(weft_kernel name)
  cmake_parse_arguments(arg "SINGLE;HANGS;RACY" "SIZE;BENCH;SAYS" "WITHOUT;FLAGS" ${ARGN})
  if(arg_SINGLE AND NOT WEFT_KERNEL_FORMS STREQUAL "all")
    return()  # they are for `weft bench`, and the engine's other builds have their unit tests
  endif()
  set(source ${CMAKE_CURRENT_SOURCE_DIR}/${name}.c)
  if(NOT EXISTS ${source})
    set(source ${CMAKE_CURRENT_SOURCE_DIR}/${name}.cpp)
  endif()

  add_executable(kernel_${name} ${source})
  set_target_properties(kernel_${name} PROPERTIES OUTPUT_NAME ${name})
  set(racy)
  if(arg_RACY)
    set(racy RACY)
  endif()
  weft_kernel_native(kernel_${name} ${racy})

  list(REMOVE_ITEM forms "" ${arg_WITHOUT})
  if(source MATCHES "\\.cpp$")
    list(REMOVE_ITEM forms wasi plain)  # kernels/rt is for C
  endif()
  set(threads)
  set(test_threads)
  if(arg_SINGLE)
    set(threads 1)
    set(test_threads -D THREADS=1)
    list(JOIN WEFT_SINGLE_FORMS | single)
    list(FILTER forms INCLUDE REGEX "^(${single})$")
  else()
    list(REMOVE_ITEM forms plain)
  endif()
  set(simd)
  if("-msimd128" IN_LIST arg_FLAGS)
    set(simd --enable-simd)
  endif()
  set(built)
  set(modules)
  foreach(form IN LISTS forms)
    weft_kernel_module(wasm ${name} ${form})
    weft_kernel_lacks(lacks ${form})
    if(BUILD_TESTING)
      weft_kernel_test(kernel/${name}/${form} ${form} kernel_${name} ${wasm}
        -D ARGS=THREADS:${arg_SIZE} ${test_threads} -D HANGS=${arg_HANGS} -D SAYS=${arg_SAYS})
    endif()
    if(lacks)
      continue()
    elseif(form STREQUAL "wasi" AND WEFT_WASI_SDK)
      weft_kernel_wasi_sdk(${name} ${source} ${arg_FLAGS})
    elseif(form MATCHES "^(wasi|plain)$")
      weft_kernel_rt(${name} ${form} ${source} ${arg_FLAGS})
    elseif(form STREQUAL "optimised")
      file(MAKE_DIRECTORY ${WEFT_KERNEL_DIR}/forms/optimised)
      add_custom_command(OUTPUT ${wasm}
        COMMAND ${WEFT_WASM_OPT} --enable-threads --enable-bulk-memory --enable-mutable-globals --enable-sign-ext
          ${simd} -O3 ${WEFT_KERNEL_DIR}/${name}.wasm -o ${wasm}
        DEPENDS ${WEFT_KERNEL_DIR}/${name}.wasm COMMENT "wasm-opt ${name}.wasm" VERBATIM)
    else()
      weft_kernel_emscripten(${name} ${form} ${source} ${arg_FLAGS} -sEXIT_RUNTIME=1 -sEXPORTED_FUNCTIONS=_main,_fflush)
    endif()
    list(APPEND built ${form})
    list(APPEND modules ${wasm})
  endforeach()
  if(BUILD_TESTING AND "O2" IN_LIST built AND WEFT_KERNEL_FORMS STREQUAL "all" AND NOT arg_SINGLE)
    set(race free)
    set(says "${arg_SAYS}")
    if(arg_RACY)
      set(race found)
      set(says "data race: ")
    endif()
    weft_kernel_module(wasm ${name} O2)
    weft_kernel_test(kernel/${name}/race O2 kernel_${name} ${wasm}
      -D ARGS=THREADS:${arg_SIZE} -D THREADS=4 -D HANGS=${arg_HANGS} -D SAYS=${says} -D RACE=${race})
  endif()
  weft_list_kernel(${name} ${source} ${arg_SIZE} "${arg_BENCH}" "${threads}" ${built})
  if(modules)
    add_custom_target(kernel_${name}_wasm DEPENDS ${modules})
    if(TARGET kernels_rt AND "wasi" IN_LIST forms)
      add_dependencies(kernel_${name}_wasm kernels_rt)
    endif()
    if("plain" IN_LIST built)
      add_dependencies(kernel_${name}_wasm kernels_rt_plain)
    endif()
    add_dependencies(kernels_wasm kernel_${name}_wasm)
  endif()
endfunction()

# weft_export_kernel(NAME f...): a module without main, NAME.c of the current folder, which exports these functions.
function(weft_export_kernel name)
  list(TRANSFORM ARGN PREPEND _ OUTPUT_VARIABLE functions)
  list(JOIN functions , functions)
  foreach(form IN LISTS forms)
    if(form MATCHES "^(O2|growth)$" AND WEFT_EMCC)
      weft_kernel_module(wasm export_${name} ${form})
      weft_kernel_emscripten(export_${name} ${form} ${CMAKE_CURRENT_SOURCE_DIR}/${name}.c
        --no-entry -sPTHREAD_POOL_SIZE=4 -sEXPORTED_FUNCTIONS=${functions},_malloc,_free)
      add_custom_target(export_${name}_${form}_wasm DEPENDS ${wasm})
      add_dependencies(kernels_wasm export_${name}_${form}_wasm)
    endif()
  endforeach()
endfunction()

# weft_export_test(NAME FUNCTION a...): calls a function that NAME exports with these arguments, THREADS standing for the number of
# threads; natively by the target export_kernels.
function(weft_export_test name function)
  string(REPLACE ";" ":" arguments "${ARGN}")
  foreach(form IN LISTS forms)
    if(form MATCHES "^(O2|growth)$" AND BUILD_TESTING)
      weft_kernel_module(wasm export_${name} ${form})
      weft_kernel_test(kernel/export_${function}/${form} ${form} export_kernels ${wasm} -D INVOKE=${function} -D ARGS=${arguments})
    endif()
  endforeach()
endfunction()
