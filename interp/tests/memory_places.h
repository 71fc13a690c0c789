// SPDX-License-Identifier: Apache-2.0
//
// The kinds of memory that accesses are tested on.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <tuple>

#include "interp/tests/module_builder.h"
#include "interp/tests/reference.h"

namespace weft::testing {

/// Which memory, of one page, the accesses go to. Where it is not memory 0, that one is larger or empty, and must stay
/// as it is.
struct Place {
  const char* name;
  bool shared;
  AddressType address = i32;
  uint32_t index = 0;
  uint64_t pages_of_memory_0 = 0;

  Value value(uint64_t number) const { return {address, address == i32 ? number & 0xffffffff : number, 0}; }
  uint64_t last_address() const { return address == i32 ? 0xffff'ffff : 0xffff'ffff'ffff'ffff; }
};
inline constexpr Place kPlaces[] = {{"unshared", false},
                                    {"shared", true},
                                    {"unshared_64", false, i64},
                                    {"shared_64", true, i64},
                                    {"second", false, i32, 1, 2},
                                    {"shared_second", true, i32, 1, 2},
                                    {"shared_second_64", true, i64, 1, 0}};

/// Tests that run on both engines and in every place.
class InEveryPlace : public ::testing::TestWithParam<std::tuple<Engine, Place>> {
 public:
  static std::string name(const ::testing::TestParamInfo<ParamType>& param) {
    return engine_name(std::get<0>(param.param)) + "_" + std::get<1>(param.param).name;
  }
  static auto all() {
    return ::testing::Combine(::testing::Values(Engine::fast, Engine::observed), ::testing::ValuesIn(kPlaces));
  }

 protected:
  static Engine engine() { return std::get<0>(GetParam()); }
  static const Place& place() { return std::get<1>(GetParam()); }
  static ModuleBuilder memories() {
    ModuleBuilder builder;
    if (place().index != 0) builder.memory(place().pages_of_memory_0, 2, false);
    builder.memory({{1, 1}, place().shared, place().address});
    return builder;
  }
  static FuncType type(const InstrInfo& row) { return type_of(row, place().address); }
  static Value address(uint64_t value) { return place().value(value); }
  static Memory& memory_of(const Vm& vm) { return *vm.instance->memories[place().index]; }
};

}  // namespace weft::testing
