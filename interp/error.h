// SPDX-License-Identifier: Apache-2.0
//
// Errors are values. Six kinds carry the script language's names; `host` is our own failure (a file, the operating
// system, a proposal that is not implemented: then the message begins with "not supported").
#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace weft {

enum class ErrorKind : uint8_t { malformed, invalid, unlinkable, trap, exhaustion, exception, host };
std::string_view to_string(ErrorKind kind);

/// What went wrong. `message` begins with the specification's phrase; `where` is an offset ("0x1f"), a position in text
/// ("12:5"), or empty.
struct Error {
  ErrorKind kind = ErrorKind::host;
  std::string message;
  std::string where;
};

/// Whether it says that the module is of a proposal that is not implemented.
inline bool is_unsupported(const Error& error) {
  return error.kind == ErrorKind::host && error.message.starts_with("not supported");
}

/// One line: "file.wasm:0x1f: malformed: integer too large".
std::string to_string(const Error& error, std::string_view file);

/// A value or an Error; shaped like std::expected, which C++20 lacks. Not thread-safe, like any value.
template <class T>
class [[nodiscard]] Result {
 public:
  using value_type = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  T& value() & { return assert(has_value()), *std::get_if<0>(&state_); }
  const T& value() const& { return assert(has_value()), *std::get_if<0>(&state_); }
  T&& value() && { return assert(has_value()), std::move(*std::get_if<0>(&state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  const Error& error() const& { return assert(!has_value()), *std::get_if<1>(&state_); }
  Error&& error() && { return assert(!has_value()), std::move(*std::get_if<1>(&state_)); }

 private:
  std::variant<T, Error> state_;
};

/// Success without a value.
struct Ok {};

}  // namespace weft
