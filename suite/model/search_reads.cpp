// SPDX-License-Identifier: Apache-2.0
//
// The part of the search that finds what a read may take its bytes from: at once, or at the end.
#include <algorithm>
#include <bit>

#include "suite/model/search.h"

namespace weft::model {

/// Every way to answer the thread's question from the writes that are there and, if it guesses, some that are not.
void Search::read(unsigned number, bool guesses) {
  const Question& question = *threads_[number].at->segment.question;
  const Access &length = question.event.length, &data = question.event.data;
  const auto each_completion = [&](const Answer& reads, const Origins& lengths, const Origins& bytes) {
    const std::initializer_list<Links> links{{Region::length, &lengths}, {Region::data, &bytes}};
    if (!violations_ && !is_new_reading(number, links, guesses)) return;
    for (const Answer& answer : completions(question, reads, program_.waiters(number), program_.litmus().grow_may_fail))
      take(number, answer, links);
  };
  for (const Reading& pages : length ? readings(number, length, guesses) : std::vector<Reading>(1)) {
    Answer answer{.length = to_number(pages.value)};
    if (!data.reads || is_out_of_bounds(question, answer)) {
      each_completion(answer, pages.origins, {});
      continue;
    }
    for (const Reading& reading : readings(number, data, guesses)) {
      answer.value = reading.value;
      each_completion(answer, pages.origins, reading.origins);
    }
  }
}

/// Whether a thread that stood by reads what it stood by for, and one that guesses a guess.
bool Search::is_new_reading(unsigned number, std::initializer_list<Links> links, bool guesses) const {
  const Thread& one = threads_[number];
  bool is_guess = false, is_awaited_now = false;
  for (const Links& some : links) {
    for (const Origin& origin : *some.origins) {
      is_guess |= origin.event == kFuture;
      is_awaited_now |= origin.event != kFuture && one.stands_by_since && origin.event >= *one.stands_by_since &&
                        is_awaited(one, *execution_.events()[origin.event]);
    }
  }
  return guesses ? is_guess : !one.stands_by_since || is_awaited_now;
}

void Search::link(unsigned reader, Region region, const Origins& origins) {
  const Access& read = execution_.access(reader, region);
  for (const Origin& origin : origins) {
    if (origin.event == kFuture) {
      expectations_.push_back({reader, region, origin.bytes});
      continue;
    }
    const bool synchronizes = synchronize(execution_.access(origin.event, region), read);
    execution_.reads_from.push_back({.reader = reader,
                                     .writer = origin.event,
                                     .region = region,
                                     .address = read.start + static_cast<unsigned>(std::countr_zero(origin.bytes)),
                                     .synchronizes = synchronizes});
    if (synchronizes && !execution_.happens_before.add(origin.event, reader))
      broken_ = Violation{Rule::cyclic, origin.event, reader, 0};
  }
}

/// All events that happen before a thread's next one.
EventSet Search::past(unsigned number) const {
  EventSet set = 0;
  for_each(direct_predecessors(number),
           [&](unsigned event) { set |= set_of(event) | execution_.happens_before.before(event); });
  return set;
}

bool Search::counts_as_whole(const Access& read, const Access& write) const {
  return !violations_ && is_whole(read, write, variant_);
}

/// Whether a read may guess a write: happens-before has no cycles.
bool Search::may_come_later(const Access& write, const Access& read) const {
  return overlap(write, read) && (violations_ || !synchronize(write, read));
}

std::vector<Source> Search::sources(unsigned number, const Access& read, const Classes& classes, bool guesses) const {
  std::vector<Source> sources;
  sources.reserve(size());
  const EventSet earlier = past(number);
  for (unsigned event = 0; event < size(); ++event) {
    const Access& write = execution_.access(event, read.region);
    if (!write.writes || !overlap(write, read)) continue;
    Source source{.event = event,
                  .access = &write,
                  .whole = counts_as_whole(read, write),
                  .first = execution_.events()[event]->thread == 0,
                  .synchronizes = synchronize(write, read)};
    for (const ByteSet bytes : classes) {
      const uint64_t address = read.start + static_cast<unsigned>(std::countr_zero(bytes));
      if (!write.covers(address)) continue;
      const EventSet hiding = execution_.happens_before.after(event) & earlier;
      if (violations_ || execution_.writes(read.region, address, hiding) == 0) source.bytes |= bytes;
    }
    if (source.bytes != 0) sources.push_back(source);
  }
  for (const unsigned other : order_) {
    if (!guesses || !program_.is_concurrent(number) || (other == number && !violations_)) continue;
    domain_.any_later(other, *threads_[other].at, [&](const Access& write) {
      if (!may_come_later(write, read)) return false;
      Source source{.event = kFuture, .access = &write, .whole = counts_as_whole(read, write)};
      for (const ByteSet bytes : classes) {
        if (write.covers(read.start + static_cast<unsigned>(std::countr_zero(bytes)))) source.bytes |= bytes;
      }
      if (source.bytes != 0) sources.push_back(source);
      return false;
    });
  }
  return sources;
}

std::vector<Search::Reading> Search::readings(unsigned number, const Access& read, bool guesses) const {
  Classes classes;
  if (program_.is_concurrent(number) && !domain_.always_synchronizes) {
    classes = domain_.boundaries.classes(read);
  } else {
    Boundaries boundaries = domain_.boundaries;
    for (const Event* event : execution_.events()) boundaries.add(event->data);
    classes = boundaries.classes(read);
  }
  const std::vector<Source> from = sources(number, read, classes, guesses);
  std::vector<Reading> all;
  const std::vector<Bytes> values = readable_values(read, from, program_.limits.values);
  if (values.size() > program_.limits.values) program_.limits.exceeded = "a read of too many values";
  for (const Bytes& value : values) {
    for (Origins& origins : minimal_origins(read, value, from, classes)) all.push_back({value, std::move(origins)});
  }
  return all;
}

/// Whether something is expected that no thread can still write.
bool Search::is_hopeless() const {
  return std::any_of(expectations_.begin(), expectations_.end(), [this](const Expectation& expected) {
    const Access& read = execution_.access(expected.reader, expected.region);
    ByteSet open = expected.bytes;
    const auto meet = [&](const Access& write) {
      if (!write.writes || !may_come_later(write, read)) return;
      for (unsigned i = 0; i < read.size; ++i) {
        const uint64_t address = read.start + i;
        if (write.covers(address) && write.written_at(address) == read.read[i]) open &= ~(ByteSet{1} << i);
      }
    };
    for (unsigned event = expected.reader + 1; event < size() && open != 0; ++event)
      meet(execution_.access(event, expected.region));
    for (const unsigned other : order_) {
      if (other == execution_.events()[expected.reader]->thread) continue;
      domain_.any_later(other, *threads_[other].at, [&](const Access& write) {
        if (write.region == expected.region) meet(write);
        return open == 0;
      });
    }
    return open != 0;
  });
}

/// Finds the writes that were expected: they have come since.
void Search::resolve(size_t next) {
  if (!is_within_limits()) return;
  if (next == expectations_.size()) return order_suspensions();
  const Expectation expected = expectations_[next];
  const Access& read = execution_.access(expected.reader, expected.region);
  Classes classes;
  for (const ByteSet bytes : domain_.boundaries.classes(read)) {
    if ((bytes & expected.bytes) != 0) classes.push_back(bytes & expected.bytes);
  }
  std::vector<Source> sources;
  for (unsigned event = expected.reader + 1; event < size(); ++event) {
    const Access& write = execution_.access(event, expected.region);
    if (!write.writes || !may_come_later(write, read)) continue;
    Source source{.event = event, .access = &write, .whole = counts_as_whole(read, write)};
    for (unsigned i = 0; i < read.size; ++i) {
      if (write.covers(read.start + i)) source.bytes |= expected.bytes & (ByteSet{1} << i);
    }
    sources.push_back(source);
  }
  for (const Origins& origins : minimal_origins(read, read.read, sources, classes)) {
    const size_t reads = execution_.reads_from.size();
    const Relation order = execution_.happens_before;
    const auto broken = broken_;
    link(expected.reader, expected.region, origins);
    if (violations_ || (!find_tear() && !find_violation(execution_, nullptr))) resolve(next + 1);
    execution_.happens_before = order;
    execution_.reads_from.resize(reads);
    broken_ = broken;
  }
}

/// relaxed-consistent: no-tear, for reads whose sources were found at different times.
std::optional<Violation> Search::find_tear() const {
  const auto is_of_whole = [this](const ReadsFrom& rf) {
    return is_whole(execution_.access(rf.reader, rf.region), execution_.access(rf.writer, rf.region), variant_);
  };
  const std::vector<ReadsFrom>& all = execution_.reads_from;
  for (size_t one = 0; one < all.size(); ++one) {
    for (size_t other = 0; other < one; ++other) {
      if (all[other].reader == all[one].reader && all[other].region == all[one].region &&
          all[other].writer != all[one].writer && is_of_whole(all[other]) && is_of_whole(all[one]))
        return Violation{Rule::no_tear, all[other].writer, all[one].reader, all[one].writer};
    }
  }
  return {};
}

}  // namespace weft::model
