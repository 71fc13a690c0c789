// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/layout.h"

#include <algorithm>

#include "suite/model/search.h"
#include "suite/model/thread_code.h"

namespace weft::stress {
namespace {

/// Bytes of a test that is looped in place: its cells must be many in a cache.
constexpr uint64_t kMaxExtent = 1024;

void add(const model::Event& event, bool is_bulk, Footprint& footprint) {
  if (event.fence) footprint.has_fence = true;
  if (event.length) footprint.fresh = "its memory's size is looked at";
  if (event.suspension == model::Suspension::wait) footprint.waits = true;
  const bool is_queue = event.suspension != model::Suspension::none;
  if (!event.data && !is_queue) return;
  const uint64_t start = event.data ? event.data.start : event.location;
  const uint64_t last = start + (event.data ? event.data.size : 4) - 1;
  if (last >= kMaxExtent) {
    footprint.fresh = "its locations are far apart";
    return;
  }
  for (uint64_t word = start & ~uint64_t{7}; word <= last; word += 8) footprint.words.insert(word);
  if (start / 16 != last / 16 || (is_bulk && start == last && last % 16 == 15)) footprint.in_sixteens = false;
}

uint32_t round_up(uint64_t value, uint32_t unit) { return static_cast<uint32_t>((value + unit - 1) / unit * unit); }

}  // namespace

Result<Footprint> find_footprint(const model::Litmus& litmus, const model::Judgement& judgement) {
  auto program = model::Program::create(litmus);
  if (!program) return program.error();
  const model::Domain domain = model::find_least_domain(**program, {});
  // Nobody asks what the main thread does in the end, before an execution comes to it; nor the others, where nobody
  // guesses.
  if (litmus.after || domain.always_synchronizes)
    model::Search(**program, domain, {}).run([](const model::Candidate&) {});
  if (!(*program)->limits.exceeded.empty()) return Error{ErrorKind::host, (*program)->limits.exceeded, {}};
  Footprint footprint;
  bool may_be_dropped = false;
  for (unsigned thread = 0; thread <= (*program)->after(); ++thread) {
    const model::TraceTree* tree = (*program)->tree(thread);
    if (tree == nullptr) continue;
    const bool is_bulk = model::has_bulk(thread == 0                     ? *litmus.before
                                         : thread == (*program)->after() ? *litmus.after
                                                                         : litmus.threads[thread - 1]);
    for (const model::TraceNode& node : tree->nodes()) {
      for (const model::Event& event : node.segment.events) add(event, is_bulk, footprint);
      may_be_dropped |= node.segment.end == model::End::dropped;
    }
  }
  // An execution in which an assumption is false is in no set; but whoever was to wake another has left it.
  if (footprint.waits && may_be_dropped) footprint.fresh = "a thread may stay asleep";
  if (litmus.memory.address != ValType::i32) footprint.fresh = "its addresses have 64 bits";
  for (const model::Outcome& outcome : judgement.wasm.value_or(model::Outcomes{})) {
    for (const auto& [name, value] : outcome) {
      if (value == "trap") footprint.fresh = "a thread may trap";
      if (value == "blocked") footprint.fresh = "a thread may stay asleep";
    }
  }
  return footprint;
}

Layout Layout::make(const Footprint& footprint, bool spread, uint32_t threads, uint32_t cells,
                    const std::vector<uint32_t>& records) {
  Layout layout{.spread = spread && footprint.in_sixteens, .threads = threads, .cells = cells, .out = {}};
  const uint64_t last = footprint.words.empty() ? 0 : *footprint.words.rbegin() + 7;
  layout.cell_bytes = round_up(layout.place(last) + 1, kCacheLine);
  uint64_t end = cells_at() + uint64_t{cells} * layout.cell_bytes;
  for (const uint32_t record : records) {
    layout.out.push_back(round_up(end, 4 * kCacheLine));
    end = layout.out.back() + uint64_t{cells} * record;
  }
  layout.clog = round_up(end, 0x1'0000);
  layout.pages = (layout.clog + kClogBytes) / 0x1'0000;
  return layout;
}

}  // namespace weft::stress
