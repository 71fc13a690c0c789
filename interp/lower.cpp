// SPDX-License-Identifier: Apache-2.0
#include "interp/lower.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "interp/execute.h"
#include "interp/function_lowerer.h"
#include "interp/limits.h"

namespace weft {

void FunctionLowerer::run() {
  lay_out_frame();
  self_.first_cell = static_cast<uint32_t>(out_.cells.size());
  first_instruction_ = out_.locations.size();
  labels_.push_back({.params = {}, .results = type_.results, .fixups = {}});
  for (const Instr& instr : function_.code.body) {
    offset_ = instr.offset;
    if (unreachable_) {
      skip(instr);
    } else {
      lower(instr);
    }
  }
  fuse();
  self_.frame_slots = max_slot_;
  if (max_slot_ > kMaxFrameSlots) {
    throw NotLowerable{
        {ErrorKind::invalid, too_many(kMaxFrameSlots, max_slot_), fmt::format("{:#x}", function_.offset)}};
  }
}

void FunctionLowerer::lay_out_frame() {
  uint32_t slot = 0;
  for (const ValType type : type_.params) add_local(type, slot);
  self_.params = slot;
  self_.header = std::max(slot, slots(type_.results));
  slot = self_.header + kHeaderSlots;
  for (const ValType type : function_.locals) add_local(type, slot);
  self_.locals = slot - self_.header - kHeaderSlots;
  top_ = max_slot_ = slot;
}

void FunctionLowerer::add_local(ValType type, uint32_t& slot) {
  locals_.push_back({slot, type});
  slot += slots(type);
}

Entry& FunctionLowerer::push(Entry::Kind kind, ValType type, uint64_t value) {
  stack_.push_back({kind, type, top_, value});
  top_ += slots(type);
  max_slot_ = std::max(max_slot_, top_);
  return stack_.back();
}

Entry FunctionLowerer::pop() {
  const Entry entry = stack_.back();
  stack_.pop_back();
  settled_ = std::min(settled_, stack_.size());
  top_ = entry.slot;
  return entry;
}

void FunctionLowerer::truncate(size_t height, uint32_t slot) {
  stack_.resize(height);
  settled_ = std::min(settled_, height);
  top_ = slot;
}

uint16_t FunctionLowerer::read(const Entry& entry) {
  switch (entry.kind) {
    case Entry::Kind::slot: return narrow(entry.slot);
    case Entry::Kind::local: return narrow(entry.value);
    case Entry::Kind::constant: emit_constant(entry.slot, entry); return narrow(entry.slot);
  }
  return 0;
}

Operand FunctionLowerer::take(const Entry& entry, PlaceSet places) {
  if (entry.kind == Entry::Kind::constant && (places & kImmediate) != 0) return {Place::immediate, 0, entry.value};
  if (entry.kind == Entry::Kind::constant && (places & kAccumulator) != 0) {
    constexpr Internal kConstants[kAccumulators] = {Internal::constant_int, Internal::constant_f32,
                                                    Internal::constant_f64};
    const size_t accumulator = accumulator_of(entry.type);
    emit(Opcode(kConstants[accumulator]).to_place(Place::accumulator), abcd(0), entry.value);
    accumulated_[accumulator].push({});
    return {Place::accumulator};
  }
  if (const auto place = accumulated_in(entry); place && (places & set_of(*place)) != 0) {
    Accumulated& accumulated = accumulated_[accumulator_of(entry.type)].in(*place);
    if (entry.kind == Entry::Kind::slot && accumulated.producer != kNone &&
        accumulated.producer >= settled_producers_) {
      uint64_t& code = out_.cells[accumulated.producer].u;
      code = index_of(opcode_at(static_cast<CodeIndex>(code)).to_place(Place::accumulator));
      accumulated = {};
    }
    return {*place};
  }
  return {Place::slot, read(entry)};
}

Operand FunctionLowerer::take_integer(const Entry& entry, PlaceSet places) {
  return take(entry, accumulator_of(entry.type) == 0 ? places : kSlot);
}

std::optional<Place> FunctionLowerer::accumulated_in(const Entry& entry) const {
  if (!has_accumulators_ || !has_accumulator(entry.type) || entry.kind == Entry::Kind::constant) return std::nullopt;
  const uint64_t slot = entry.kind == Entry::Kind::local ? entry.value : entry.slot;
  const auto& [current, previous] = accumulated_[accumulator_of(entry.type)].values;
  if (current.slot == slot) return Place::accumulator;
  return previous.slot == slot ? std::optional(Place::previous) : std::nullopt;
}

void FunctionLowerer::overwritten(uint32_t slot) {
  for (Accumulators& accumulators : accumulated_) {
    for (Accumulated& accumulated : accumulators.values) {
      if (accumulated.slot == slot) accumulated = {};
    }
  }
}

void FunctionLowerer::join() {
  accumulated_ = {};
  producer_ = kNone;
  settled_producers_ = here();
}

void FunctionLowerer::place(const Entry& entry, uint32_t slot) {
  if (entry.kind == Entry::Kind::constant) return emit_constant(slot, entry);
  const uint64_t from = entry.kind == Entry::Kind::local ? entry.value : entry.slot;
  if (from == slot) return;
  if (slots(entry.type) == 2) {
    emit(Internal::copy_v128, abcd(slot, from));
    overwritten(slot + 1);
  } else if (accumulated_in(entry) != Place::accumulator) {
    emit(Internal::copy, abcd(slot, from));
  } else {
    constexpr Internal kCopies[kAccumulators] = {Internal::copy, Internal::copy_f32, Internal::copy_f64};
    emit(Opcode(kCopies[accumulator_of(entry.type)]).with(Place::accumulator), abcd(slot));
  }
  overwritten(slot);
}

void FunctionLowerer::settle(Entry& entry) {
  place(entry, entry.slot);
  entry.kind = Entry::Kind::slot;
}

void FunctionLowerer::settle_locals() {
  for (; settled_ < stack_.size(); ++settled_) {
    if (stack_[settled_].kind == Entry::Kind::local) settle(stack_[settled_]);
  }
}

Places FunctionLowerer::places_of(Opcode code) const {
  Places places = *weft::places_of(code.form, code.id);
  if (!has_accumulators_) {  // of the driver loop; its immediates are integers, and what is stored
                             // stored
    const std::string_view operands = code.form == Form::internal ? "" : info(code.op()).operands();
    const bool immediates =
        !operands.empty() && !is_float(operands[0]) && info(code.op()).instr_class != InstrClass::atomic_rmw;
    places.to = places.first = kSlot;
    places.second &= immediates ? kSlot | kImmediate : kSlot;
  }
  return places;
}

void FunctionLowerer::emit(Opcode code, Cell operands) {
  producer_ = kNone;
  last_ = here();
  out_.locations.push_back({last_, offset_});
  out_.cells.push_back(Cell{.u = index_of(code)});
  out_.cells.push_back(operands);
  last_code_ = code;
}

void FunctionLowerer::emit(Opcode code, Cell operands, uint64_t third) {
  emit(code, operands);
  out_.cells.push_back(Cell{.u = third});
}

void FunctionLowerer::emit_constant(uint32_t slot, const Entry& constant) {
  overwritten(slot);
  if (slots(constant.type) == 1) return emit(Internal::constant, abcd(slot), constant.value);
  emit(Internal::constant_v128, abcd(slot), constant.value);
  out_.cells.push_back(Cell{.u = constant.high});
  overwritten(slot + 1);
}

void FunctionLowerer::push_result(ValType type) {
  accumulated_before_ = accumulated_;
  const uint32_t slot = push(Entry::Kind::slot, type).slot;
  producer_ = last_;
  for (uint32_t i = 0; i < slots(type); ++i) overwritten(slot + i);
  if ((places_of(last_code_).to & kAccumulator) == 0) return;
  // Moves go through the accumulator of integers whatever they move.
  const size_t accumulator = last_code_.form == Form::internal ? 0 : accumulator_of(type);
  const bool is_there = has_accumulator(type) && accumulator_of(type) == accumulator;
  const Accumulated result = is_there ? Accumulated{slot, last_} : Accumulated();
  if (replaces_accumulator(last_code_)) {
    accumulated_[accumulator].in(Place::accumulator) = result;
  } else {
    accumulated_[accumulator].push(result);
  }
}

bool FunctionLowerer::just_produced(const Entry& entry) const {
  return entry.kind == Entry::Kind::slot && producer_ != kNone && out_.cells[producer_ + 1].s.a == entry.slot;
}

void FunctionLowerer::bind_here(uint32_t target_cell) {
  out_.cells[target_cell].u = here();  // a cell number until the module's cells have their final place
  join();
}

void FunctionLowerer::emit_target(Label& label) {
  split();
  if (label.op == Op::loop) {
    targets_.push_back(here());
    out_.cells.push_back(Cell{.u = label.start});
  } else {
    emit_forward(label.fixups);
  }
}

void FunctionLowerer::emit_forward(std::vector<uint32_t>& fixups) {
  split();
  targets_.push_back(here());
  fixups.push_back(here());
  out_.cells.push_back(Cell{.u = 0});
}

Result<std::unique_ptr<LoweredModule>> lower(const Module& module, Target target) {
  auto out = std::make_unique<LoweredModule>();
  const ModuleFacts facts(module);
  out->functions.resize(module.functions.size());
  std::vector<uint32_t> targets;
  // Room for the code of nearly all modules, so that it is not copied as it grows; what is not used is never touched.
  size_t instructions = 0;
  for (const Function& function : module.functions) instructions += function.code.body.size();
  out->cells.reserve(instructions + instructions / 2);
  out->locations.reserve(instructions / 2);
  try {
    for (size_t i = 0; i < module.functions.size(); ++i) {
      LoweredFunction& function = out->functions[i];
      function.index = facts.imported_functions + static_cast<uint32_t>(i);
      FunctionLowerer lowerer(facts, target, *out, function, module.functions[i]);
      lowerer.run();
      targets.insert(targets.end(), lowerer.targets().begin(), lowerer.targets().end());
    }
  } catch (NotLowerable& failure) {
    return std::move(failure.error);
  }
  for (const uint32_t cell : targets) out->cells[cell].target = &out->cells[out->cells[cell].u];
  if (target == Target::tail_calls || target == Target::checked) {
    const Engine engine = target == Target::checked ? Engine::checked : Engine::fast;
    for (const SourceLocation& location : out->locations) {
      Cell& cell = out->cells[location.cell];
      cell = handler_cell(engine, static_cast<CodeIndex>(cell.u));
    }
  }
  for (LoweredFunction& function : out->functions) function.entry = &out->cells[function.first_cell];
  return out;
}

}  // namespace weft
