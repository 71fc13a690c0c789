// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/tally.h"

namespace weft::stress {

void Tally::add(const Memory& memory, const StressModules& modules, uint32_t cells) {
  bytes_.resize(modules.records.size());
  for (size_t i = 0; i < bytes_.size(); ++i) {
    bytes_[i].resize(size_t{cells} * modules.records[i].size());
    memory.read(modules.layout.out[i], bytes_[i]);
  }
  std::string key, last;
  uint64_t* count = nullptr;
  for (uint32_t cell = 0; cell < cells; ++cell) {
    key.clear();
    for (size_t i = 0; i < bytes_.size(); ++i) {
      const uint32_t size = modules.records[i].size();
      key.append(reinterpret_cast<const char*>(bytes_[i].data()) + size_t{cell} * size, size);
    }
    // Mostly the same as in the cell before.
    if (count == nullptr || key != last) count = &counts_[key], last = key;
    ++*count;
  }
}

void Tally::tell(const StressModules& modules, Observed& observed) const {
  for (const auto& [records, count] : counts_) {
    const auto outcome = modules.outcome({reinterpret_cast<const uint8_t*>(records.data()), records.size()});
    (outcome ? observed.outcomes[*outcome] : observed.dropped) += count;
    observed.iterations += count;
  }
}

}  // namespace weft::stress
