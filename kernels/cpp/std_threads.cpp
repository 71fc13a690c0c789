// SPDX-License-Identifier: Apache-2.0
//
// SIZE std::threads, a few at a time: arguments moved in, handles moved about, ids; results leave a thread only by the
// destructor of a thread_local object, which has to run before join returns. A runtime that forgets these, or gives two
// threads one id, prints another sum.
#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>

#include "kernel.hpp"

namespace {

enum { kSteps = 50 };

std::atomic<uint64_t> total{0};
std::atomic<int64_t> alive{0};

struct tally {
  uint64_t sum = 0;
  tally() { ++alive; }
  ~tally() {
    total += sum;
    --alive;
  }
};

thread_local tally own;

void work(std::unique_ptr<uint64_t> seed, std::thread::id& id) {
  id = std::this_thread::get_id();
  for (int i = 0; i < kSteps; ++i) own.sum += kernel_hash(*seed + static_cast<uint64_t>(i));
}

/// Each thread's own id is that of its handle, and no two are the same.
bool are_ids(const std::vector<std::thread::id>& handles, std::vector<std::thread::id> own_ids) {
  if (handles != own_ids) return false;
  std::sort(own_ids.begin(), own_ids.end());
  return std::adjacent_find(own_ids.begin(), own_ids.end()) == own_ids.end();
}

bool run_wave(int count, int64_t first) {
  std::vector<std::thread> threads;
  std::vector<std::thread::id> handles;
  std::vector<std::thread::id> own_ids(static_cast<size_t>(count));
  bool right = true;
  for (int i = 0; i < count; ++i) {
    auto seed = std::make_unique<uint64_t>(static_cast<uint64_t>(first + i) * kSteps);
    std::thread thread(work, std::move(seed), std::ref(own_ids[static_cast<size_t>(i)]));
    handles.push_back(thread.get_id());
    threads.push_back(std::move(thread));
    right = right && !thread.joinable() && thread.get_id() == std::thread::id();  // NOLINT: what is left of it
  }
  std::reverse(threads.begin(), threads.end());
  for (std::thread& thread : threads) thread.join();
  return right && are_ids(handles, own_ids) && alive == 0;
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 20000);
  const double started = kernel_seconds();
  bool right = true;
  for (int64_t i = 0; i < args.size; i += args.threads) {
    right = run_wave(static_cast<int>(std::min<int64_t>(args.threads, args.size - i)), i) && right;
  }
  kernel_report_time(started);
  return kernel_verdict(right, total);
}
