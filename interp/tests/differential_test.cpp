// SPDX-License-Identifier: Apache-2.0
//
// Random valid modules on the fast engine, the observed engine and the reference interpreter: results, traps, uncaught
// exceptions, globals and all bytes of memory must agree. The seeds are fixed, so that a failure repeats.
#include <gtest/gtest.h>

#include <cstring>

#include <fmt/format.h>

#include "interp/lower.h"
#include "interp/tests/module_builder.h"
#include "interp/tests/random_module.h"
#include "interp/tests/reference_interpreter.h"

namespace weft {
namespace {

using namespace weft::testing;

#if defined(WEFT_SANITIZED)
constexpr uint32_t kModules = 1'000;
#else
constexpr uint32_t kModules = 6'000;
#endif

TEST(Differential, RandomModulesAgreeWithTheReference) {
  size_t returned = 0, trapped = 0, thrown = 0;
  for (uint32_t seed = 0; seed < kModules && !HasFailure(); ++seed) {
    RandomModule random(seed);
    const auto module = compile(random.module());
    ASSERT_NE(module, nullptr) << "seed " << seed;
    Vm fast(Engine::fast), observed(Engine::observed);
    ASSERT_NE(fast.instantiate(module), nullptr);
    ASSERT_NE(observed.instantiate(module), nullptr);
    ReferenceInterpreter reference(module->module());
    for (uint32_t f = 0; f < module->module().functions.size(); ++f) {
      const FuncType& type = module->module().function_type(f);
      std::vector<Value> arguments;
      for (const ValType param : type.params) arguments.push_back(random.constant_of(param));
      const auto results = reference.call(f, arguments);
      std::string wanted;
      if (results) {
        for (const Value& result : *results) wanted += (wanted.empty() ? "" : " ") + to_string(result);
      } else {
        wanted = reference.trap == Trap::none ? "exception: uncaught exception"
                                              : fmt::format("trap: {}", phrase(reference.trap));
      }
      ++(results ? returned : reference.trap == Trap::none ? thrown : trapped);
      for (Vm* vm : {&fast, &observed}) {
        const std::string name = fmt::format("f{}", f);
        EXPECT_EQ(vm->run(name, arguments), wanted)
            << engine_name(vm->store.options().engine) << " seed " << seed << " function " << f << "\n"
            << print_lowered(module->module(), module->code(Engine::observed),
                             module->code(Engine::observed).functions[f]);
        EXPECT_EQ(std::memcmp(vm->instance->memories.back()->base(), reference.memory.bytes.data(), kPageSize), 0)
            << "memory, seed " << seed;
        for (size_t g = 0; g < reference.globals.size(); ++g) {
          EXPECT_EQ(vm->instance->globals[g]->get(), reference.globals[g]) << "global " << g << ", seed " << seed;
        }
      }
    }
  }
  // The generator would be of little use if most of what it makes trapped at once, or threw.
  EXPECT_GT(returned, 2 * (trapped + thrown)) << trapped << " trapped, " << thrown << " threw";
  EXPECT_GT(returned, kModules);
  EXPECT_GT(trapped, kModules / 50);
  EXPECT_GT(thrown, kModules / 50);
}

}  // namespace
}  // namespace weft
