// SPDX-License-Identifier: Apache-2.0
#include "interp/exception.h"

#include <algorithm>
#include <utility>

namespace weft {

const Exception& Exceptions::add(const TagInst& tag, std::vector<uint64_t> values,
                                 const std::function<void(const Mark&)>& roots) {
  if (exceptions_.size() >= limit_) {
    collect(roots);
    limit_ = std::max(limit_, 2 * exceptions_.size());
  }
  auto added = std::make_unique<Exception>(Exception{&tag, std::move(values)});
  const Exception& exception = *added;
  exceptions_.try_emplace(reinterpret_cast<uintptr_t>(&exception), Entry{std::move(added)});
  return exception;
}

void Exceptions::collect(const std::function<void(const Mark&)>& roots) {
  std::vector<const Exception*> pending;
  const Mark mark = [&](uint64_t word) {
    const auto found = exceptions_.find(word);
    if (found == exceptions_.end() || std::exchange(found->second.is_marked, true)) return;
    pending.push_back(found->second.exception.get());
  };
  roots(mark);
  while (!pending.empty()) {
    const Exception* exception = pending.back();
    pending.pop_back();
    std::for_each(exception->values.begin(), exception->values.end(), mark);
  }
  for (auto at = exceptions_.begin(); at != exceptions_.end();) {
    at = std::exchange(at->second.is_marked, false) ? std::next(at) : exceptions_.erase(at);
  }
}

}  // namespace weft
