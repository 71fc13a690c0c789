// SPDX-License-Identifier: Apache-2.0
//
// A test as the generator writes it: front matter, a module with a function for each access, a table of assertions.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/generate/cells.h"

namespace weft::generate {

/// A file to be; the path is relative to wast/.
struct File {
  std::string path, text;
};

/// The line by which a generated file is known.
inline constexpr std::string_view kMarker = ";; Written by tools/generate.";

struct FrontMatter {
  std::string title{}, spec{}, features = "threads", why{};
};

/// The front matter, an empty line, `comment` (several lines, each without its ";; "), and the marker.
std::string opening(const FrontMatter& front_matter, std::string_view comment);

/// "(i32.const 0x1f)"; small numbers and addresses within two pages are decimal.
std::string constant(std::string_view type, uint64_t value);

/// The text form of an instruction with its memory argument, "i32.atomic.load offset=8".
std::string plain(const Atomic& atomic, std::string_view memory, uint64_t offset);

/// An access as a function of its address. Of an access that writes, the function sets all cells before, and returns
/// them behind the result, as two i64.
struct Access {
  Atomic atomic;
  uint64_t offset = 0;
  std::vector<uint64_t> operands;  ///< constants; when left out, and there are any, they are parameters

  std::string name() const;
  bool has_parameters() const { return operands.empty() && atomic.operands() > 0; }
};

/// Operands that find and change something in every cell: a cmpxchg and a wait expect what is at `address`.
std::vector<uint64_t> usual_operands(const Atomic& atomic, const Cells& cells, uint64_t address);

/// The access with its usual operands, as parameters where they depend on the address.
Access usual(const Atomic& atomic, uint64_t offset = 0);

class Table {
 public:
  struct Memory {
    std::string_view declaration = "(memory 1 1 shared)";
    std::string_view address_type = "i32";
    std::string_view index{};  ///< left out in the text when empty
  };

  /// `keeps`: the functions neither set nor return the cells, which a data segment fills. For tables in which every
  /// access traps: damage would add up, and show.
  Table(const Family& family, Memory memory, Cells cells, bool keeps = false);

  void function(const Access& access);
  /// Any other field of the module.
  void field(std::string_view text) { fields_ += fmt_line(text); }

  /// The access at base `address` has the result that `perform` says of the effective address. Parameters are
  /// `operands`, or the usual ones.
  void returns(const Access& access, uint64_t address, const std::vector<uint64_t>& operands = {});
  /// The access at base `address` traps, though parameters are those that would work at the address `meant`.
  void traps(const Access& access, uint64_t address, uint64_t meant, std::string_view message);
  /// No cell has changed since it was set; nothing where no access writes.
  void unchanged();
  void gap();
  void remark(std::string_view text) { assertions_ += ";; " + std::string(text) + "\n"; }
  void line(std::string_view text) { assertions_ += std::string(text) + "\n"; }

  std::string text() const;

 private:
  static std::string fmt_line(std::string_view text) { return "  " + std::string(text) + "\n"; }
  std::string call(const Access& access, uint64_t address, const std::vector<uint64_t>& operands) const;
  bool shows_cells() const { return writes_ && !keeps_; }

  Memory memory_;
  Cells cells_;
  bool writes_, keeps_;
  std::string fields_, assertions_;
};

inline constexpr std::string_view kUnaligned = "unaligned atomic", kOutOfBounds = "out of bounds memory access";

}  // namespace weft::generate
