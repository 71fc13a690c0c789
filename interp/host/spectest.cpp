// SPDX-License-Identifier: Apache-2.0
#include "interp/host/spectest.h"

#include "interp/host.h"

namespace weft {

Result<Ok> define_spectest(Linker& linker, Store& store) {
  const auto define = [&](std::string name, Extern value) {
    linker.define("spectest", std::move(name), std::move(value));
  };

  using enum ValType;
  const std::pair<const char*, std::vector<ValType>> prints[] = {
      {"print", {}},        {"print_i32", {i32}},          {"print_i64", {i64}},          {"print_f32", {f32}},
      {"print_f64", {f64}}, {"print_i32_f32", {i32, f32}}, {"print_f64_f64", {f64, f64}},
  };
  for (const auto& [name, params] : prints) {
    define(name, store.add_host_function(std::string("spectest.") + name, {params, {}},
                                         [](HostCall&) { return HostOutcome::done(); }));
  }

  define("global_i32", store.add_global({i32, false}, Value::i32(666)));
  define("global_i64", store.add_global({i64, false}, Value::i64(666)));
  define("global_f32", store.add_global({f32, false}, Value::f32(666.6f)));
  define("global_f64", store.add_global({f64, false}, Value::f64(666.6)));

  for (const AddressType address : {i32, i64}) {
    auto table = store.add_table({funcref, {10, 20}, address});
    if (!table) return std::move(table).error();
    define(address == i64 ? "table64" : "table", *table);
  }
  for (const bool shared : {false, true}) {
    auto memory = store.add_memory({{1, 2}, shared});
    if (!memory) return std::move(memory).error();
    define(shared ? "shared_memory" : "memory", std::move(*memory));
  }
  return Ok{};
}

}  // namespace weft
