// SPDX-License-Identifier: Apache-2.0
#include "interp/host/spectest.h"

#include <gtest/gtest.h>

#include "interp/agent.h"

namespace weft {
namespace {

TEST(Spectest, HasWhatTheOfficialTestsImport) {
  Store store;
  Linker linker;
  ASSERT_TRUE(define_spectest(linker, store));
  for (const char* name :
       {"print", "print_i32", "print_i64", "print_f32", "print_f64", "print_i32_f32", "print_f64_f64"}) {
    const Extern* found = linker.find("spectest", name);
    ASSERT_NE(found, nullptr) << name;
    EXPECT_TRUE(std::get<FuncInst*>(*found)->type.results.empty()) << name;
  }
  EXPECT_EQ(std::get<FuncInst*>(*linker.find("spectest", "print_i32_f32"))->type.params,
            (std::vector{ValType::i32, ValType::f32}));
  EXPECT_EQ(std::get<GlobalInst*>(*linker.find("spectest", "global_i32"))->get(), Value::i32(666));
  EXPECT_EQ(std::get<GlobalInst*>(*linker.find("spectest", "global_i64"))->get(), Value::i64(666));
  EXPECT_EQ(std::get<GlobalInst*>(*linker.find("spectest", "global_f32"))->get(), Value::f32(666.6f));
  EXPECT_EQ(std::get<GlobalInst*>(*linker.find("spectest", "global_f64"))->get(), Value::f64(666.6));
  EXPECT_EQ(std::get<TableInst*>(*linker.find("spectest", "table"))->current_type(),
            (TableType{ValType::funcref, {10, 20}}));
  EXPECT_EQ(std::get<TableInst*>(*linker.find("spectest", "table64"))->current_type(),
            (TableType{ValType::funcref, {10, 20}, AddressType::i64}));
  EXPECT_EQ(std::get<std::shared_ptr<Memory>>(*linker.find("spectest", "memory"))->type(), (MemoryType{{1, 2}, false}));
  EXPECT_EQ(std::get<std::shared_ptr<Memory>>(*linker.find("spectest", "shared_memory"))->type(),
            (MemoryType{{1, 2}, true}));
}

TEST(Spectest, PrintsAreSilentAndReturn) {
  Store store;
  Linker linker;
  ASSERT_TRUE(define_spectest(linker, store));
  Agent agent(store);
  const Value argument = Value::i32(1);
  EXPECT_EQ(agent.invoke(*std::get<FuncInst*>(*linker.find("spectest", "print_i32")), std::span(&argument, 1)),
            Completion::returned);
}

}  // namespace
}  // namespace weft
