# SPDX-License-Identifier: Apache-2.0
# Compiler settings shared by every target, and the functions that declare one: weft_library, weft_unit_test,
# weft_benchmark and weft_fuzz_target; weft_link_statically.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_package(Threads REQUIRED)
# fmt's functions, compiled from its headers: apt has them for every target, but a library to link statically for none.
add_library(weft_fmt STATIC ${CMAKE_CURRENT_LIST_DIR}/fmt.cpp)
target_compile_definitions(weft_fmt PRIVATE FMT_HEADER_ONLY=1)
# What is inlined everywhere, or an alias of another destructor, would not be there for others.
target_compile_options(weft_fmt PRIVATE -fno-inline $<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -mno-constructor-aliases>)

# lld links the sanitizer builds in half the time. Link-time optimisation was tried: no program ran faster, every link took a minute.
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  include(CheckLinkerFlag)
  check_linker_flag(CXX -fuse-ld=lld WEFT_HAVE_LLD)
  if(WEFT_HAVE_LLD)
    add_link_options(-fuse-ld=lld)
  endif()
endif()

add_library(weft_options INTERFACE)
target_include_directories(weft_options INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(weft_options INTERFACE
  -Wall -Wextra -Wconversion -Wshadow
  -ffp-contract=off  # a fused multiply-add rounds once where the specification rounds twice
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety>
  # False alarms of GCC 12 inside std::string and std::vector (GCC bugs 105651, 105329); clang has checked the same code.
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict;-Wno-stringop-overflow>
  $<$<BOOL:${WEFT_WERROR}>:-Werror>)
if(WEFT_SANITIZE)
  # -Wno-tsan: GCC warns that ThreadSanitizer ignores fences. Nothing relies on one but guests, all of whose accesses are atomic.
  target_compile_options(weft_options INTERFACE -fsanitize=${WEFT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    $<$<CXX_COMPILER_ID:GNU>:-Wno-tsan>)
  target_link_options(weft_options INTERFACE -fsanitize=${WEFT_SANITIZE})
  target_compile_definitions(weft_options INTERFACE WEFT_SANITIZED=1)
endif()
if(WEFT_FUZZ)
  target_compile_options(weft_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
target_link_libraries(weft_options INTERFACE Threads::Threads weft_fmt)

# weft_link_statically(TARGET): where that can be done. A program of many small ones: to find and relocate shared libraries takes
# more than half of the time that a small module takes, all in all.
include(CheckCXXSourceCompiles)
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND NOT WEFT_SANITIZE AND NOT CMAKE_CROSSCOMPILING)
  set(CMAKE_REQUIRED_LINK_OPTIONS -static)
  set(CMAKE_REQUIRED_LIBRARIES z)
  check_cxx_source_compiles("#include <iostream>
    extern \"C\" const char* zlibVersion();
    int main() { std::cout << zlibVersion(); }" WEFT_CAN_LINK_STATICALLY)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  unset(CMAKE_REQUIRED_LIBRARIES)
endif()
if(WEFT_CAN_LINK_STATICALLY)
  set(ZLIB_USE_STATIC_LIBS ON)
  if(ZLIB_LIBRARY_RELEASE MATCHES "\\.so")
    unset(ZLIB_LIBRARY_RELEASE CACHE)  # of before
  endif()
endif()
function(weft_link_statically target)
  if(WEFT_CAN_LINK_STATICALLY)
    target_link_options(${target} PRIVATE -static)
  endif()
endfunction()

# weft_precompile(TARGET HEADER…): these and what most files include are compiled once for the target. Each file includes what it
# uses all the same: WEFT_PRECOMPILE=OFF, which the presets gcc and aarch64 build with, finds what was forgotten. (With GCC 12,
# warnings inside the library's headers come through: more false alarms.)
function(weft_precompile target)
  if(WEFT_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <filesystem> <functional> <map> <optional> <set> <string> <vector>
      <fmt/format.h> ${ARGN})
  endif()
endfunction()

# weft_library(NAME FOLDER… [LINK TARGET…]): every .cpp of the folders becomes the library weft::NAME.
function(weft_library name)
  cmake_parse_arguments(arg "" "" "FOLDERS;LINK" ${ARGN})
  list(TRANSFORM arg_FOLDERS APPEND "/*.cpp" OUTPUT_VARIABLE patterns)
  file(GLOB sources CONFIGURE_DEPENDS ${patterns})
  add_library(weft_${name} STATIC ${sources})
  add_library(weft::${name} ALIAS weft_${name})
  target_link_libraries(weft_${name} PUBLIC weft_options ${arg_LINK})
  weft_precompile(weft_${name})
endfunction()

# weft_unit_test(NAME [LINK TARGET…]): every tests/*.cpp of the current folder becomes unit tests named unit/NAME/….
function(weft_unit_test name)
  if(NOT BUILD_TESTING)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  find_package(GTest REQUIRED)
  include(GoogleTest)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tests/*.cpp)
  if(sources)
    add_executable(unit_${name} ${sources})
    target_link_libraries(unit_${name} PRIVATE ${arg_LINK} GTest::gmock GTest::gtest_main)
    target_compile_options(unit_${name} PRIVATE -O0)  # what they test is optimised; they are half of the code
    weft_precompile(unit_${name} <gmock/gmock.h> <gtest/gtest.h>)
    gtest_discover_tests(unit_${name} TEST_PREFIX unit/${name}/ DISCOVERY_TIMEOUT 60 NO_PRETTY_VALUES
      PROPERTIES TIMEOUT 120 SKIP_RETURN_CODE 77 LABELS "unit;${name}")
  endif()
endfunction()

# weft_benchmark(NAME SOURCE [LINK TARGET…]): the Google Benchmark program bench_NAME (ci/bench runs it).
function(weft_benchmark name source)
  if(NOT BUILD_TESTING)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  find_package(benchmark REQUIRED)
  add_executable(bench_${name} ${source})
  target_link_libraries(bench_${name} PRIVATE ${arg_LINK} benchmark::benchmark)
endfunction()

# weft_fuzz_target(NAME SOURCE… [LINK TARGET…]): the libFuzzer program fuzz_NAME, in the preset `asan` only (ci/fuzz runs it).
function(weft_fuzz_target name)
  if(NOT WEFT_FUZZ)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "LINK" ${ARGN})
  add_executable(fuzz_${name} ${arg_UNPARSED_ARGUMENTS})
  target_link_libraries(fuzz_${name} PRIVATE ${arg_LINK})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzz fuzz_${name})
endfunction()
