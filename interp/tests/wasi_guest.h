// SPDX-License-Identifier: Apache-2.0
//
// A guest whose functions are those of WASI, to be called one after the other, and the files that it works with.
#pragma once

#include <concepts>
#include <filesystem>
#include <initializer_list>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "interp/host/wasi.h"
#include "interp/tests/module_builder.h"

namespace weft {

inline void PrintTo(Errno error, std::ostream* out) { *out << "errno " << static_cast<int>(error); }

namespace testing {

/// A temporary folder: `box`, which the guest is given, and beside it a file `secret`. Around it is another one: a
/// guest that leaves it, because of a mistake of ours, finds nothing that it could spoil.
struct Folder {
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path around, root, box;
};

void write_file(const std::filesystem::path& path, std::string_view contents);
std::string read_file(const std::filesystem::path& path);

/// The WASI of a program that has no streams, and the directories as 3, 4, …
struct TestWasi : Wasi {
  explicit TestWasi(std::vector<Preopen> directories);
};

/// One argument of a call: a number, or a text, which the guest has in its memory: an address and a length.
struct Argument {
  template <std::integral T>
  Argument(T value) : number(static_cast<uint64_t>(value)) {}             // NOLINT(google-explicit-constructor)
  Argument(const char* words) : text(words), is_text(true) {}             // NOLINT(google-explicit-constructor)
  Argument(std::string words) : text(std::move(words)), is_text(true) {}  // NOLINT(google-explicit-constructor)
  uint64_t number = 0;
  std::string text;
  bool is_text = false;
};

/// A module with a function for each of WASI, which does nothing but call it, and two pages of memory. As many guests
/// as wanted can share one Wasi, each on a thread of its own.
class WasiGuest {
 public:
  static constexpr uint32_t kOut = 64;        ///< where functions shall put results
  static constexpr uint32_t kBuffer = 65536;  ///< and bytes, a page of them
  static constexpr uint64_t kRead = Rights::kFdRead, kWrite = Rights::kFdWrite;

  explicit WasiGuest(Wasi& wasi, std::string_view version = "wasi_snapshot_preview1");

  Errno call(const std::string& function, std::initializer_list<Argument> arguments);

  struct How {
    uint32_t directory = 3, lookup = 1, oflags = 0;
    uint64_t rights = kRead;
    uint32_t fdflags = 0;
  };
  Errno open(const std::string& path, const How& how);
  Errno open(const std::string& path) { return open(path, How{}); }
  /// The number of what was opened; a failure of the test when it was not.
  uint32_t opened(const std::string& path, const How& how);
  uint32_t opened(const std::string& path) { return opened(path, How{}); }

  /// By an iovec for the first half of the text, and one for the rest.
  Errno write(uint32_t fd, std::string_view text);
  Errno pwrite(uint32_t fd, std::string_view text, uint64_t offset);
  /// What was read; "errno 8" if nothing could be.
  std::string read(uint32_t fd, uint32_t size = 100);
  std::string pread(uint32_t fd, uint32_t size, uint64_t offset);

  template <class T>
  T load(uint32_t address = kOut) const {
    return vm_.memory().load<T>(address).value_or(T{});
  }
  std::string bytes(uint32_t address, uint32_t size) const;
  void store(uint32_t address, std::string_view bytes);

 private:
  void describe_halves(uint32_t size);
  std::string was_read(Errno error) const;

  Vm vm_;
};

}  // namespace testing
}  // namespace weft
