// SPDX-License-Identifier: Apache-2.0
#include "tools/weft/module_file.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string_view>
#include <system_error>
#include <utility>

#include "interp/decode.h"
#include "interp/validate.h"
#include "suite/text/encode.h"
#include "suite/text/parse.h"
#include "tools/weft/command.h"

namespace weft::cli {
namespace {

/// Text holds no zero byte, and \0asm begins with one. What is called .wasm is binary however damaged, so that the
/// error says where.
bool is_text(const std::vector<uint8_t>& bytes, std::string_view path) {
  return !path.ends_with(".wasm") && (bytes.empty() || bytes[0] != 0);
}

Result<ModuleFile> read_module(const std::string& path, bool validated) {
  auto bytes = read_file(path);
  if (!bytes) return std::move(bytes).error();
  ModuleFile file{.path = path, .is_text = is_text(*bytes, path), .module = {}};
  auto module =
      file.is_text ? parse_module({reinterpret_cast<const char*>(bytes->data()), bytes->size()}) : decode(*bytes);
  if (!module) return std::move(module).error();
  if (validated) {
    if (auto valid = validate(*module); !valid) return file.in_source(std::move(valid).error());
  }
  file.module = *std::move(module);
  return file;
}

}  // namespace

std::string ModuleFile::place(uint32_t offset) const {
  if (is_text) return fmt::format("{}:{}", path, offset);
  if (!lines) {
    const auto bytes = read_file(path);
    lines = bytes ? SourceLines(*bytes) : SourceLines();
  }
  return lines->find(offset).value_or(fmt::format("{}:{:#x}", path, offset));
}

Error ModuleFile::in_source(Error error) const {
  if (is_text && error.kind == ErrorKind::invalid && error.where.starts_with("0x")) {
    error.where = std::to_string(std::stoul(error.where, nullptr, 16));
  }
  return error;
}

Result<Ok> ModuleFile::use_byte_offsets() {
  if (!is_text) return Ok{};
  auto assembled = decode(encode(module, {.names = true}));
  if (!assembled) return std::move(assembled).error();
  module = *std::move(assembled);
  is_text = false;
  return Ok{};
}

Result<std::vector<uint8_t>> read_file(const std::string& path) {
  const auto failed = [] { return Error{ErrorKind::host, std::generic_category().message(errno), {}}; };
  struct Close {
    void operator()(FILE* file) const { std::fclose(file); }
  };
  const std::unique_ptr<FILE, Close> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return failed();
  std::vector<uint8_t> bytes;
  constexpr size_t kChunk = size_t{1} << 16;
  for (size_t got = kChunk; got == kChunk;) {
    const size_t size = bytes.size();
    bytes.resize(size + kChunk);
    got = std::fread(bytes.data() + size, 1, kChunk, file.get());
    bytes.resize(size + got);
  }
  if (std::ferror(file.get()) != 0) return failed();  // a folder opens, but does not read
  return bytes;
}

std::optional<ModuleFile> load_module(const std::string& path, bool validated, std::string_view who, Error& error) {
  auto module = read_module(path, validated);
  if (module) return *std::move(module);
  error = std::move(module).error();
  if (error.kind == ErrorKind::host && !is_unsupported(error)) {
    print_error(who, fmt::format("{}: {}", path, error.message));
  } else {
    fmt::print(stderr, "{}\n", to_string(error, path));
  }
  return std::nullopt;
}

int exit_code(const Error& error) {
  return error.kind == ErrorKind::host && !is_unsupported(error) ? kEnvironment : kUnexpected;
}

bool write_file(const std::string& path, const std::vector<uint8_t>& bytes) {
  FILE* const file = path == "-" ? stdout : std::fopen(path.c_str(), "wbe");
  if (file == nullptr) return false;
  const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size() && std::fflush(file) == 0;
  return (file == stdout || std::fclose(file) == 0) && written;
}

}  // namespace weft::cli
