// SPDX-License-Identifier: Apache-2.0
//
// How fast a module is read: bytes of the file per second, on one thread, and how large its register code becomes.
//   loading FILE.wasm [BENCHMARK OPTIONS…]
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <sys/resource.h>

#include <fstream>
#include <iterator>
#include <vector>

#include "interp/binary_reader.h"
#include "interp/decode.h"
#include "interp/lower.h"
#include "interp/validate.h"

namespace weft {
namespace {

using Bytes = std::vector<uint8_t>;

/// What comes after decoding. Each has those before it.
enum class Until : uint8_t { decoded, validated, lowered };

/// The bytes of the code section of a well-formed module.
size_t code_bytes(const Bytes& bytes) {
  constexpr uint8_t kCodeSection = 10;
  constexpr size_t kPreamble = 8;
  BinaryReader reader(bytes);
  reader.bytes(kPreamble);
  while (!reader.at_end()) {
    const uint8_t section = reader.byte();
    const uint32_t size = reader.u32();
    if (section == kCodeSection) return size;
    reader.bytes(size);
  }
  return 0;
}

double peak_rss() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

void load(benchmark::State& state, const Bytes& bytes, Until until) {
  size_t cells = 0;
  for ([[maybe_unused]] auto _ : state) {
    auto module = decode(bytes);
    if (!module) return state.SkipWithError(module.error().message.c_str());
    if (until == Until::decoded) continue;
    if (const auto valid = validate(*module); !valid) return state.SkipWithError(valid.error().message.c_str());
    if (until == Until::validated) continue;
    const auto code = lower(*module, target_of(Engine::fast));
    if (!code) return state.SkipWithError(code.error().message.c_str());
    cells = (*code)->cells.size();
  }
  state.SetBytesProcessed(state.iterations() * static_cast<int64_t>(bytes.size()));
  state.counters["peak_rss"] = benchmark::Counter(peak_rss(), {}, benchmark::Counter::kIs1024);
  if (cells != 0 && code_bytes(bytes) != 0)
    state.counters["growth"] = static_cast<double>(cells * sizeof(Cell)) / static_cast<double>(code_bytes(bytes));
}

}  // namespace
}  // namespace weft

int main(int argc, char** argv) {
  using weft::Until;
  benchmark::Initialize(&argc, argv);
  if (argc != 2) {
    fmt::print(stderr, "usage: loading FILE.wasm [BENCHMARK OPTIONS…]\n");
    return 2;
  }
  std::ifstream file(argv[1], std::ios::binary);
  if (!file) {
    fmt::print(stderr, "loading: {}: cannot be read\n", argv[1]);
    return 3;
  }
  const weft::Bytes bytes{std::istreambuf_iterator<char>(file), {}};
  const auto add = [&bytes](const char* name, Until until) {
    benchmark::RegisterBenchmark(name, [&bytes, until](benchmark::State& state) {
      load(state, bytes, until);
    })->Unit(benchmark::kMillisecond);
  };
  add("decode", Until::decoded);
  add("decode and validate", Until::validated);
  add("decode, validate and lower", Until::lowered);
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  return 0;
}
