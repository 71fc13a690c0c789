# SPDX-License-Identifier: Apache-2.0
#
# weft_rust_kernel(NAME SIZE n BENCH m): one guest program, NAME.rs of the current folder, as the kernel rust_NAME: natively, and as
# a wasi-threads program on kernels/rt. The test kernel/rust_NAME/rust compares both, as those of weft_kernel() do.

function(weft_rust_kernel file)
  cmake_parse_arguments(arg "" "SIZE;BENCH" "" ${ARGN})
  set(name rust_${file})
  set(wasm ${WEFT_KERNEL_DIR}/${name}.wasm)
  set(object ${CMAKE_CURRENT_BINARY_DIR}/${name})
  if(BUILD_TESTING)
    weft_kernel_test(kernel/${name}/rust rust kernel_${name} ${wasm} -D ARGS=THREADS:${arg_SIZE})
  endif()
  if(WEFT_RUST_LACKS)
    return()
  endif()
  set(source ${CMAKE_CURRENT_SOURCE_DIR}/${file}.rs)
  weft_list_kernel(${name} ${source} ${arg_SIZE} ${arg_BENCH} "" rust)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.rs)

  add_custom_command(OUTPUT ${object}.o
    COMMAND ${rust_native_compiler} ${rust_object} ${rust_native} --crate-name ${name} ${source} -o ${object}.o
    DEPENDS ${sources} COMMENT "rustc ${name}" VERBATIM)
  add_executable(kernel_${name} ${object}.o)
  set_target_properties(kernel_${name} PROPERTIES OUTPUT_NAME ${name} LINKER_LANGUAGE C)
  weft_kernel_native(kernel_${name})
  target_link_libraries(kernel_${name} PRIVATE ${native_core})
  # Nothing unwinds, but core has been compiled as if something did.
  target_link_options(kernel_${name} PRIVATE -Wl,--gc-sections,--defsym=rust_eh_personality=0)

  add_custom_command(OUTPUT ${wasm}
    COMMAND ${WEFT_RUSTC} ${rust_object} ${rust_wasm} -L ${rust_core} --crate-name ${name} ${source} -o ${wasm}.o
    COMMAND ${WEFT_WASM_LD} ${WEFT_WASI_LINK} ${wasm}.o ${rust_libraries} ${rt_objects} -o ${wasm}
    DEPENDS ${sources} ${rust_libraries} ${rt_objects} COMMENT "rustc ${name}.wasm" VERBATIM)
  add_custom_target(kernel_${name}_wasm DEPENDS ${wasm})
  add_dependencies(kernel_${name}_wasm kernels_rt kernels_rust_core)
  add_dependencies(kernels_wasm kernel_${name}_wasm)
endfunction()

# Debian's rustc-web and rust-web-src. No compiler comes with a `core` for Wasm that has atomics and may be linked with another C
# library, so it is built here; the sources have to be those of the compiler.
find_program(WEFT_RUSTC rustc PATHS /usr/bin NO_DEFAULT_PATH DOC "A Rust compiler with its sources, for the kernels in Rust")
set(least_rustc 1.96)
set(WEFT_RUST_LACKS)
if(WEFT_RUSTC)
  execute_process(COMMAND ${WEFT_RUSTC} --version OUTPUT_VARIABLE version)
  execute_process(COMMAND ${WEFT_RUSTC} --print sysroot OUTPUT_VARIABLE sysroot OUTPUT_STRIP_TRAILING_WHITESPACE)
  execute_process(COMMAND ${WEFT_RUSTC} --print target-libdir OUTPUT_VARIABLE libraries OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REGEX MATCH "[0-9.]+" version "${version}")
  set(library ${sysroot}/lib/rustlib/src/rust/library)
  file(GLOB native_core ${libraries}/libcore-*.rlib)
endif()
if(NOT WEFT_RUSTC OR version VERSION_LESS least_rustc)
  set(WEFT_RUST_LACKS "rustc ${least_rustc} or later")
elseif(NOT EXISTS ${library}/core/src/lib.rs)
  set(WEFT_RUST_LACKS "the sources of the Rust libraries, in ${library}")
elseif(NOT TARGET kernels_rt)
  set(WEFT_RUST_LACKS "kernels/rt, which is built with clang and wasm-ld and without a wasi-sdk")
elseif(CMAKE_CROSSCOMPILING)
  set(WEFT_RUST_LACKS "a build for this machine")
endif()
if(WEFT_RUST_LACKS)
  message(WARNING "without ${WEFT_RUST_LACKS} the kernels in Rust are not built, and their tests are SKIPPED")
  return()
endif()

# What all is compiled with. An object has no paths in it, and a panic ends the program: nothing unwinds.
set(rust_flags --edition 2024 -C opt-level=2 -C panic=abort)
set(rust_object ${rust_flags} --crate-type lib --emit obj -C codegen-units=1 --remap-path-prefix ${CMAKE_SOURCE_DIR}/=
  -D unsafe_code)
if(WEFT_WERROR)
  list(APPEND rust_object -D warnings)
endif()
# Of this target's features only what threads need, and what kernels in C have too.
set(rust_wasm --target wasm32-wasip1-threads -C target-cpu=mvp -C target-feature=+sign-ext)
set(rust_native)
set(rust_unstable ${CMAKE_COMMAND} -E env RUSTC_BOOTSTRAP=1 ${WEFT_RUSTC})
set(rust_native_compiler ${WEFT_RUSTC})
if(WEFT_SANITIZE)  # rustc has no UndefinedBehaviorSanitizer; the runtime is the C compiler's
  string(REPLACE ",undefined" "" sanitizer ${WEFT_SANITIZE})
  set(rust_native -Z sanitizer=${sanitizer} -C unsafe-allow-abi-mismatch=sanitizer)
  set(rust_native_compiler ${rust_unstable})
endif()

# rustc wants both libraries, however little of the second is used.
set(rust_core ${CMAKE_CURRENT_BINARY_DIR}/core-${version})  # of another compiler it is of no use
file(MAKE_DIRECTORY ${rust_core})
set(rust_library ${rust_flags} ${rust_wasm} --crate-type rlib --cap-lints allow)
add_custom_command(OUTPUT ${rust_core}/libcore.rlib
  COMMAND ${rust_unstable} ${rust_library} --crate-name core ${library}/core/src/lib.rs -o ${rust_core}/libcore.rlib
  DEPENDS ${WEFT_RUSTC} ${library}/core/src/lib.rs COMMENT "rustc core" VERBATIM)
add_custom_command(OUTPUT ${rust_core}/libcompiler_builtins.rlib
  COMMAND ${rust_unstable} ${rust_library} --crate-name compiler_builtins --extern core=${rust_core}/libcore.rlib
    --cfg "feature=\"compiler-builtins\"" ${library}/compiler-builtins/compiler-builtins/src/lib.rs -o ${rust_core}/libcompiler_builtins.rlib
  DEPENDS ${rust_core}/libcore.rlib COMMENT "rustc compiler_builtins" VERBATIM)
set(rust_libraries ${rust_core}/libcore.rlib ${rust_core}/libcompiler_builtins.rlib)
add_custom_target(kernels_rust_core DEPENDS ${rust_libraries})
