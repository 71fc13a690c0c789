// SPDX-License-Identifier: Apache-2.0
//
// Fuzz target: valid modules, run within bounds on the observed engine; what kept within them, on the fast engine too,
// with the same results, traps, globals, tables and memories. Inputs are edited as modules (module_mutator.h), because
// changed bytes hardly ever get past validation; now and then one is made afresh, as the differential test makes them.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

#include "interp/decode.h"
#include "interp/tests/random_module.h"
#include "interp/validate.h"
#include "suite/tests/bounded_run.h"
#include "suite/tests/fuzz/module_mutator.h"
#include "suite/text/encode.h"
#include "suite/text/print.h"

using namespace weft;

extern "C" size_t LLVMFuzzerMutate(uint8_t* data, size_t size, size_t max_size);

namespace {

/// The module as bytes, or 0 where it does not fit.
size_t put(const Module& module, uint8_t* out, size_t max_size) {
  const std::vector<uint8_t> bytes = encode(module);
  if (bytes.size() > max_size) return 0;
  std::copy(bytes.begin(), bytes.end(), out);
  return bytes.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Result<Module> module = decode(std::span(data, size));
  if (!module || !testing::is_modest(*module)) return -1;  // not for the corpus
  if (module->memory_count() > 0) module->start.reset();   // it could pause; it is called like all other functions
  const auto compiled = CompiledModule::compile(*module);
  if (!compiled) return -1;
  testing::BoundedRun observed(*compiled, Engine::observed);
  const std::string seen = observed.run();
  if (!observed.is_complete()) return 0;
  testing::BoundedRun fast(*compiled, Engine::fast);
  if (const std::string again = fast.run(); again != seen) {
    std::fprintf(stderr, "the engines differ:\n%s\n--- observed\n%s\n--- fast\n%s\n", print(*module).c_str(),
                 seen.c_str(), again.c_str());
    std::abort();
  }
  return 0;
}

extern "C" size_t LLVMFuzzerCustomMutator(uint8_t* data, size_t size, size_t max_size, unsigned seed) {
  fuzz::Random random(seed);
  fuzz::ModuleMutator mutator(random);
  Result<Module> module = decode(std::span(data, size));
  if (!module || !validate(*module)) module = fuzz::ModuleMutator::minimal();  // after a change of bytes, perhaps
  if (random.chance(2)) {
    const size_t length = put(testing::RandomModule(seed).module(), data, max_size);
    return length != 0 ? length : size;
  }
  if (random.chance(3)) return LLVMFuzzerMutate(data, size, max_size);
  bool changed = false;
  for (uint32_t edits = 1 + random.below(3); edits-- > 0;) changed |= mutator.mutate(*module);
  const size_t length = changed ? put(*module, data, max_size) : 0;
  return length != 0 ? length : size;
}

extern "C" size_t LLVMFuzzerCustomCrossOver(const uint8_t* one, size_t one_size, const uint8_t* two, size_t two_size,
                                            uint8_t* out, size_t max_size, unsigned seed) {
  fuzz::Random random(seed);
  Result<Module> into = decode(std::span(one, one_size)), from = decode(std::span(two, two_size));
  if (!into || !from || !validate(*into) || !validate(*from)) return 0;
  return fuzz::ModuleMutator(random).splice(*into, *from) ? put(*into, out, max_size) : 0;
}
