// SPDX-License-Identifier: Apache-2.0
//
// C++20's latch, barrier, semaphores and waiting atomics, SIZE phases: a barrier's completion sees all of a phase and
// nothing of the next, a semaphore lets two in, a thread waits for a number that another one stores. What wakes late,
// early or not at all changes the sums or hangs. Emscripten's library of 3.1.6 polls for all of these, sleeping ever
// longer: atomic loads, clocks and timed waits, at a millisecond a phase.
#include <atomic>
#include <barrier>
#include <chrono>
#include <latch>
#include <semaphore>

#include "kernel.hpp"

namespace {

enum { kPlaces = 2 };

std::counting_semaphore<kPlaces> places(kPlaces);
std::binary_semaphore single(1);
std::atomic<int> inside{0};
std::atomic<int> crowded{0};
int64_t visits = 0;  // under `single`

/// Not acquire(): in libstdc++ before 13 it can sleep on a count above zero, when others took and gave one back as it
/// looked.
template <typename Semaphore>
void acquire(Semaphore& semaphore) {
  while (!semaphore.try_acquire_for(std::chrono::milliseconds(1))) {
  }
}

void visit() {
  acquire(places);
  if (++inside > kPlaces) ++crowded;
  acquire(single);
  const int64_t before = visits;
  std::this_thread::yield();  // stay a while
  visits = before + 1;
  single.release();
  --inside;
  places.release();
}

std::atomic<int64_t> announced{0};

/// Thread 0 stores the number of the phase, the others wait for it.
void announce_or_wait(int id, int64_t phase) {
  if (id == 0) {
    announced.store(phase);
    announced.notify_all();
    return;
  }
  for (int64_t seen = announced.load(); seen < phase; seen = announced.load()) announced.wait(seen);
}

}  // namespace

int main(int argc, char** argv) {
  const kernel_args args = kernel_parse(argc, argv, 1000);
  std::vector<uint64_t> parts(static_cast<size_t>(args.threads));
  uint64_t checksum = 0;
  const auto complete = [&parts, &checksum]() noexcept {
    for (const uint64_t part : parts) checksum = kernel_hash(checksum ^ part);
  };
  std::latch start(args.threads);
  std::barrier<decltype(complete)> phases(args.threads, complete);
  std::latch finished(args.threads);
  std::atomic<int> started_threads{0};
  std::atomic<int> early{0};

  const double started = kernel_seconds();
  kernel_threads(args.threads, [&](int id) {
    ++started_threads;
    start.arrive_and_wait();
    if (started_threads != args.threads) ++early;
    for (int64_t phase = 1; phase <= args.size; ++phase) {
      announce_or_wait(id, phase);
      visit();
      parts[static_cast<size_t>(id)] = kernel_hash(static_cast<uint64_t>(phase * kMaxKernelThreads + id));
      phases.arrive_and_wait();
    }
    finished.count_down();
  });
  finished.wait();
  kernel_report_time(started);
  const bool right = early == 0 && crowded == 0 && visits == args.size * args.threads;
  return kernel_verdict(right, checksum);
}
