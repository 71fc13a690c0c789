// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/wasi_guest.h"

#include <cstdlib>
#include <fstream>
#include <iterator>

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace weft::testing {
namespace {

constexpr std::string_view kFunctions[] = {
    "fd_advise",
    "fd_allocate",
    "fd_close",
    "fd_datasync",
    "fd_fdstat_get",
    "fd_fdstat_set_flags",
    "fd_filestat_get",
    "fd_filestat_set_size",
    "fd_pread",
    "fd_filestat_set_times",
    "fd_prestat_get",
    "fd_prestat_dir_name",
    "fd_pwrite",
    "fd_read",
    "fd_readdir",
    "fd_renumber",
    "fd_seek",
    "fd_sync",
    "fd_tell",
    "fd_write",
    "path_link",
    "path_create_directory",
    "path_filestat_get",
    "path_filestat_set_times",
    "path_open",
    "path_readlink",
    "path_remove_directory",
    "path_rename",
    "path_symlink",
    "path_unlink_file",
    "fd_fdstat_set_rights",
};

constexpr uint32_t kIoVecs = 16, kTexts = 1024;

}  // namespace

Folder::Folder() {
  std::string name = (std::filesystem::temp_directory_path() / "weft-files-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) ADD_FAILURE() << name;
  around = name, root = around / "root", box = root / "box";
  std::filesystem::create_directories(box);
  write_file(root / "secret", "secret");
}

Folder::~Folder() { std::filesystem::remove_all(around); }

void write_file(const std::filesystem::path& path, std::string_view contents) { std::ofstream(path) << contents; }

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TestWasi::TestWasi(std::vector<Preopen> directories)
    : Wasi({.args = {}, .env = {}, .streams = {-1, -1, -1}, .directories = std::move(directories)}) {
  if (const auto error = preopen()) ADD_FAILURE() << error->message;
}

WasiGuest::WasiGuest(Wasi& wasi, std::string_view version) {
  ModuleBuilder builder;
  std::vector<Extern> imports;
  std::vector<FuncType> types;
  for (const std::string_view name : kFunctions) {
    auto entry = wasi.find(version, name);
    types.push_back(entry->type);
    builder.import_function(std::string(name), entry->type);
    imports.emplace_back(vm_.store.add_host_function(std::string(name), entry->type, std::move(entry->function)));
  }
  for (uint32_t i = 0; i < types.size(); ++i) {
    Code code;
    for (uint32_t param = 0; param < types[i].params.size(); ++param) code.push_back(local_get(param));
    code.push_back(testing::call(i));
    builder.function(std::string(kFunctions[i]), types[i], code);
  }
  builder.memory(2, 2, false);
  vm_.instantiate(builder, imports);
}

Errno WasiGuest::call(const std::string& function, std::initializer_list<Argument> arguments) {
  const FuncInst& callee = *vm_.function(function);
  std::vector<Value> values;
  const auto push = [&](uint64_t number) {
    const bool is_long = values.size() < callee.type.params.size() && callee.type.params[values.size()] == i64;
    values.push_back(is_long ? Value::i64(number) : Value::i32(static_cast<uint32_t>(number)));
  };
  uint32_t at = kTexts;
  for (const Argument& argument : arguments) {
    if (!argument.is_text) {
      push(argument.number);
      continue;
    }
    store(at, argument.text);
    push(at), push(argument.text.size());
    at += static_cast<uint32_t>(argument.text.size());
  }
  EXPECT_EQ(values.size(), callee.type.params.size()) << function;
  vm_.agent.invoke(callee, values);
  if (vm_.agent.completion() == Completion::returned) return static_cast<Errno>(vm_.agent.results()[0].lo);
  ADD_FAILURE() << function << ": " << vm_.outcome();
  return Errno::canceled;
}

Errno WasiGuest::open(const std::string& path, const How& how) {
  return call("path_open", {how.directory, how.lookup, path, how.oflags, how.rights, 0, how.fdflags, kOut});
}

uint32_t WasiGuest::opened(const std::string& path, const How& how) {
  EXPECT_EQ(open(path, how), Errno::success) << path;
  return load<uint32_t>();
}

void WasiGuest::describe_halves(uint32_t size) {
  const uint32_t list[] = {kBuffer, size / 2, kBuffer + size / 2, size - size / 2};
  store(kIoVecs, {reinterpret_cast<const char*>(list), sizeof list});
}

Errno WasiGuest::write(uint32_t fd, std::string_view text) {
  store(kBuffer, text);
  describe_halves(static_cast<uint32_t>(text.size()));
  return call("fd_write", {fd, kIoVecs, 2, kOut});
}

Errno WasiGuest::pwrite(uint32_t fd, std::string_view text, uint64_t offset) {
  store(kBuffer, text);
  describe_halves(static_cast<uint32_t>(text.size()));
  return call("fd_pwrite", {fd, kIoVecs, 2, offset, kOut});
}

std::string WasiGuest::was_read(Errno error) const {
  if (error != Errno::success) return fmt::format("errno {}", static_cast<int>(error));
  return bytes(kBuffer, load<uint32_t>());
}

std::string WasiGuest::read(uint32_t fd, uint32_t size) {
  describe_halves(size);
  return was_read(call("fd_read", {fd, kIoVecs, 2, kOut}));
}

std::string WasiGuest::pread(uint32_t fd, uint32_t size, uint64_t offset) {
  describe_halves(size);
  return was_read(call("fd_pread", {fd, kIoVecs, 2, offset, kOut}));
}

std::string WasiGuest::bytes(uint32_t address, uint32_t size) const {
  std::string out(size, '\0');
  EXPECT_TRUE(vm_.memory().read(address, std::span(reinterpret_cast<uint8_t*>(out.data()), out.size())));
  return out;
}

void WasiGuest::store(uint32_t address, std::string_view bytes) {
  EXPECT_TRUE(vm_.memory().write(address, std::span(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size())));
}

}  // namespace weft::testing
