// SPDX-License-Identifier: Apache-2.0
//
// std::mutex with the annotations of clang's thread safety analysis, which libstdc++ lacks.
#pragma once

#include <mutex>

#if defined(__clang__)
#define WEFT_ATTRIBUTE(x) __attribute__((x))
#else
#define WEFT_ATTRIBUTE(x)
#endif
#define WEFT_GUARDED_BY(mutex) WEFT_ATTRIBUTE(guarded_by(mutex))
#define WEFT_REQUIRES(mutex) WEFT_ATTRIBUTE(requires_capability(mutex))

namespace weft {

/// A mutual exclusion lock. Thread-safe by nature.
class WEFT_ATTRIBUTE(capability("mutex")) Mutex {
 public:
  void lock() WEFT_ATTRIBUTE(acquire_capability()) { mutex_.lock(); }
  void unlock() WEFT_ATTRIBUTE(release_capability()) { mutex_.unlock(); }

 private:
  std::mutex mutex_;
};

/// Holds a Mutex for a scope.
class WEFT_ATTRIBUTE(scoped_lockable) MutexLock {
 public:
  explicit MutexLock(Mutex& mutex) WEFT_ATTRIBUTE(acquire_capability(mutex)) : mutex_(mutex) { mutex_.lock(); }
  ~MutexLock() WEFT_ATTRIBUTE(release_capability()) { mutex_.unlock(); }
  MutexLock(const MutexLock&) = delete;
  MutexLock& operator=(const MutexLock&) = delete;

 private:
  Mutex& mutex_;
};

}  // namespace weft
