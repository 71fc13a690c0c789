// SPDX-License-Identifier: Apache-2.0
//
// Implementation limits (the specification's appendix allows them). Each is checked where the comment says.
#pragma once

#include <cstddef>
#include <cstdint>

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
inline constexpr uint64_t kMaxElements32 = 0xffff'ffff;         ///< valid-tabletype
inline constexpr uint64_t kMaxReservation = uint64_t{1} << 46;  ///< memory: bytes of address space that any system has
inline constexpr uint32_t kMaxLocals = 50'000;                  ///< decode: parameters and locals of a function
inline constexpr uint64_t kMaxModuleLocals =
    50'000'000;  ///< decode: locals of all functions, which a few bytes can ask for
inline constexpr uint32_t kMaxArity =
    1'000;  ///< validate: parameters, and results, of a function or block (as browsers)
inline constexpr uint32_t kMaxFrameSlots =
    65'535;  ///< lower: slots of 8 bytes of a function's frame; validate: its operands
inline constexpr uint32_t kMaxTableSize = 10'000'000;  ///< table.grow and instantiation: elements of a table
inline constexpr size_t kMaxNesting = 10'000;          ///< decode, text: blocks within blocks
inline constexpr size_t kStackBytes = size_t{8}
                                      << 20;  ///< agent: its value stack; deeper calls are "call stack exhausted"
inline constexpr uint32_t kMaxThreads =
    64;  ///< hosts: live threads of one program, unless --max-threads says otherwise

}  // namespace weft
