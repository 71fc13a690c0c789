// SPDX-License-Identifier: Apache-2.0
//
// Implementation limits (the specification's appendix allows them), mostly those of browsers (JS API,
// "implementation-defined limits"): a module that runs there runs here, and no small file can ask for much memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "interp/types.h"

namespace weft {

/// valid-memtype: 4 GiB, or 2^64 bytes, or one page less where their number would not fit.
constexpr uint64_t max_pages(const MemoryType& type) {
  const int bits = (type.address == ValType::i64 ? 64 : 32) - type.page_size_log2;
  return bits == 64 ? ~uint64_t{0} : type.page_size_log2 == 0 ? (uint64_t{1} << bits) - 1 : uint64_t{1} << bits;
}

inline constexpr uint8_t kPageSizeLog2 = 16;
inline constexpr uint64_t kPageSize = 65536;    ///< bytes of a memory page, unless its type says otherwise (page size)
inline constexpr uint64_t kMaxPages32 = 65536;  ///< of them: 4 GiB
inline constexpr uint64_t kMaxElements32 = 0xffff'ffff;  ///< valid-tabletype

/// One row for each limit: the constant, its value, and what error texts call it: "too many types: 1000001, the limit
/// of this implementation is 1000000". A module beyond it is invalid. To add one: a row here, a check, and an entry in
/// tests/limits_test.cpp, which fails without.
#define WEFT_LIMITS(X)                                                                                         \
  /* Checked by the decoder before it reads what is counted, and by validation for modules from text */        \
  X(kMaxModuleSize, 1'073'741'824, "bytes in the module")                                                      \
  X(kMaxTypes, 1'000'000, "types")                                                                             \
  X(kMaxImports, 1'000'000, "imports")                                                                         \
  X(kMaxFunctions, 1'000'000, "functions")                                                                     \
  X(kMaxTables, 100'000, "tables") /* with those imported */                                                   \
  X(kMaxMemories, 100, "memories") /* likewise */                                                              \
  X(kMaxGlobals, 1'000'000, "globals")                                                                         \
  X(kMaxTags, 1'000'000, "tags")                                                                               \
  X(kMaxExports, 1'000'000, "exports")                                                                         \
  X(kMaxElementSegments, 10'000'000, "element segments")                                                       \
  X(kMaxSegmentElements, 10'000'000, "elements in a segment")                                                  \
  X(kMaxDataSegments, 100'000, "data segments")                                                                \
  X(kMaxBodySize, 7'654'321, "bytes in a function body")                                                       \
  X(kMaxLocals, 50'000, "locals in a function")           /* parameters included */                            \
  X(kMaxModuleLocals, 50'000'000, "locals in the module") /* with parameters, results: a byte asks for many */ \
  X(kMaxNesting, 10'000, "nested blocks")                                                                      \
  X(kMaxBranchTargets, 65'520, "targets of br_table")                                                          \
  /* Checked by validation */                                                                                  \
  X(kMaxParams, 1'000, "parameters of a type")                                                                 \
  X(kMaxResults, 1'000, "results of a type")                                                                   \
  X(kMaxOperands, 65'535, "operands on the stack")                                                             \
  /* Checked by lowering */                                                                                    \
  X(kMaxFrameSlots, 65'535, "slots in a frame") /* of 8 bytes: operands of register code have 16 bits */

struct Limit {
  std::string_view name, what;
  uint64_t value;
  constexpr operator uint64_t() const { return value; }  // NOLINT(google-explicit-constructor)
};
#define WEFT_LIMIT(name, value, what) inline constexpr Limit name{#name, what, value};
WEFT_LIMITS(WEFT_LIMIT)
#undef WEFT_LIMIT

inline constexpr Limit kLimits[] = {
#define WEFT_LIMIT(name, value, what) name,
    WEFT_LIMITS(WEFT_LIMIT)
#undef WEFT_LIMIT
};

/// "too many types: 1000001, the limit of this implementation is 1000000"
std::string too_many(const Limit& limit, uint64_t count);

// Limits of what runs, which no module violates by itself.
inline constexpr Limit kMaxTableSize{"kMaxTableSize", "elements in a table", 10'000'000};  ///< table.grow gives -1 then
inline constexpr uint64_t kMaxReservation = uint64_t{1} << 46;  ///< bytes of address space that any system has
inline constexpr uint64_t kMaxStoreElements = 50'000'000;       ///< elements of all tables of a store together
inline constexpr size_t kStackBytes = size_t{8} << 20;  ///< of an agent; deeper calls are "call stack exhausted"
inline constexpr uint32_t kMaxThreads =
    64;  ///< hosts: live threads of one program, unless --max-threads says otherwise

}  // namespace weft
