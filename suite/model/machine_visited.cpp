// SPDX-License-Identifier: Apache-2.0
#include "suite/model/machine_visited.h"

#include <algorithm>
#include <functional>

namespace weft::model::machine {
namespace {

/// Numbers in LEB128: most are below 128.
class Writer {
 public:
  /// Writes over the text, which gets longer where it must.
  explicit Writer(std::string& text) : text_(text) {}

  std::string_view written() const { return {text_.data(), size_}; }

  void put(uint64_t number) {
    reserve(kLongest);
    for (; number >= 0x80; number >>= 7) text_[size_++] = static_cast<char>(number | 0x80);
    text_[size_++] = static_cast<char>(number);
  }
  void put(const uint8_t* bytes, size_t count) {
    reserve(count);
    std::copy_n(bytes, count, text_.begin() + static_cast<std::ptrdiff_t>(size_));
    size_ += count;
  }
  void put(const Answer& answer) {
    put(answer.length), put(answer.value.data(), answer.value.size());
    put(static_cast<uint64_t>(answer.resumption)), put(answer.count), put(uint64_t{answer.fails});
  }
  void put(const Thread& thread) {
    put(thread.at == nullptr ? 0 : uint64_t{thread.at->number} + 1);
    put(thread.next), put(uint64_t{thread.loaded} << 1 | uint64_t{thread.sleeps});
    if (thread.sleeps || thread.loaded != 0) put(thread.reads);
    put(thread.queue.size());
    for (const Store& store : thread.queue) put(store.address), put(store.size), put(store.bytes.data(), store.size);
  }

 private:
  static constexpr size_t kLongest = 10;  // a number of 64 bits
  void reserve(size_t more) {
    if (size_ + more > text_.size()) text_.resize(2 * (size_ + more));
  }

  std::string& text_;
  size_t size_ = 0;
};

class Reader {
 public:
  Reader(std::string_view text, Program& program) : text_(text), program_(program) {}

  uint64_t number() {
    uint64_t number = 0;
    for (unsigned shift = 0;; shift += 7) {
      const auto byte = static_cast<uint8_t>(text_.front());
      text_.remove_prefix(1);
      number |= uint64_t{byte} % 0x80 << shift;
      if (byte < 0x80) return number;
    }
  }
  void get(uint8_t* bytes, size_t count) {
    std::copy_n(text_.begin(), count, bytes);
    text_.remove_prefix(count);
  }
  Answer answer() {
    Answer answer{.length = number()};
    get(answer.value.data(), answer.value.size());
    answer.resumption = static_cast<Resumption>(number());
    answer.count = static_cast<uint32_t>(number()), answer.fails = number() != 0;
    return answer;
  }
  void get(Thread& thread, unsigned which) {
    const uint64_t node = number();
    thread.at = node == 0 ? nullptr : &program_.tree(which)->node(node - 1);
    thread.next = static_cast<uint32_t>(number());
    const uint64_t loaded = number();
    thread.loaded = static_cast<uint32_t>(loaded >> 1), thread.sleeps = loaded % 2 != 0;
    thread.reads = loaded != 0 ? answer() : Answer{};
    thread.queue.resize(number());
    for (Store& store : thread.queue) {
      store = {.address = number(), .size = static_cast<uint32_t>(number())};
      get(store.bytes.data(), store.size);
    }
  }

 private:
  std::string_view text_;
  Program& program_;
};

}  // namespace

void Visited::add(const State& state) {
  Writer to(text_);
  for (const Thread& thread : state.threads) to.put(thread);
  to.put(state.pages);
  to.put(state.memory.size()), to.put(state.memory.data(), state.memory.size());
  to.put(state.asleep.size());
  for (const Asleep& one : state.asleep) to.put(one.location), to.put(one.thread);

  const std::string_view text = to.written();
  const auto [seen, is_new] = seen_.insert({text, std::hash<std::string_view>()(text)});
  if (!is_new) return;
  auto* const bytes = static_cast<char*>(memory_.allocate(text.size(), 1));
  std::copy(text.begin(), text.end(), bytes);
  seen->bytes = {bytes, text.size()};
  todo_.push_back(seen->bytes);
}

bool Visited::take(State& state) {
  if (todo_.empty()) return false;
  Reader from(todo_.back(), program_);
  todo_.pop_back();
  state.threads.resize(program_.after() + 1);
  for (unsigned which = 0; which < state.threads.size(); ++which) from.get(state.threads[which], which);
  state.pages = from.number();
  state.memory.resize(from.number());
  from.get(state.memory.data(), state.memory.size());
  state.asleep.resize(from.number());
  for (Asleep& one : state.asleep) one = {.location = from.number(), .thread = static_cast<unsigned>(from.number())};
  return true;
}

}  // namespace weft::model::machine
