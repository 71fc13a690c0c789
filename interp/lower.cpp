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
  labels_.push_back({.params = {}, .results = type_.results, .fixups = {}});
  for (const Instr& instr : function_.code.body) {
    offset_ = instr.offset;
    if (unreachable_) {
      skip(instr);
    } else {
      lower(instr);
    }
  }
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

void FunctionLowerer::place(const Entry& entry, uint32_t slot) {
  if (entry.kind == Entry::Kind::constant) {
    emit_constant(slot, entry);
  } else if (const uint64_t from = entry.kind == Entry::Kind::local ? entry.value : entry.slot; from != slot) {
    emit(code_index(slots(entry.type) == 2 ? Internal::copy_v128 : Internal::copy), abcd(slot, from));
  }
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

void FunctionLowerer::emit(CodeIndex code, Cell operands) {
  producer_ = kNone;
  last_ = here();
  out_.locations.push_back({last_, offset_});
  out_.cells.push_back(handler_cell(engine_, code));
  out_.cells.push_back(operands);
  last_code_ = code;
}

void FunctionLowerer::emit(CodeIndex code, Cell operands, uint64_t third) {
  emit(code, operands);
  out_.cells.push_back(Cell{.u = third});
}

void FunctionLowerer::emit_constant(uint32_t slot, const Entry& constant) {
  if (slots(constant.type) == 1) return emit(code_index(Internal::constant), abcd(slot), constant.value);
  emit(code_index(Internal::constant_v128), abcd(slot), constant.value);
  out_.cells.push_back(Cell{.u = constant.high});
}

void FunctionLowerer::push_result(ValType type) {
  push(Entry::Kind::slot, type);
  producer_ = last_;
}

bool FunctionLowerer::just_produced(const Entry& entry) const {
  return entry.kind == Entry::Kind::slot && producer_ != kNone && out_.cells[producer_ + 1].s.a == entry.slot;
}

void FunctionLowerer::bind_here(uint32_t target_cell) {
  out_.cells[target_cell].u = here();  // a cell number until the module's cells have their final place
  producer_ = kNone;
}

void FunctionLowerer::emit_target(Label& label) {
  if (label.op == Op::loop) {
    targets_.push_back(here());
    out_.cells.push_back(Cell{.u = label.start});
  } else {
    emit_forward(label.fixups);
  }
}

void FunctionLowerer::emit_forward(std::vector<uint32_t>& fixups) {
  targets_.push_back(here());
  fixups.push_back(here());
  out_.cells.push_back(Cell{.u = 0});
}

Result<std::unique_ptr<LoweredModule>> lower(const Module& module, Engine engine) {
  auto out = std::make_unique<LoweredModule>();
  const ModuleFacts facts(module);
  out->functions.resize(module.functions.size());
  std::vector<uint32_t> targets;
  try {
    for (size_t i = 0; i < module.functions.size(); ++i) {
      LoweredFunction& function = out->functions[i];
      function.index = facts.imported_functions + static_cast<uint32_t>(i);
      FunctionLowerer lowerer(facts, engine, *out, function, module.functions[i]);
      lowerer.run();
      targets.insert(targets.end(), lowerer.targets().begin(), lowerer.targets().end());
    }
  } catch (NotLowerable& failure) {
    return std::move(failure.error);
  }
  out->cells.shrink_to_fit();
  for (const uint32_t cell : targets) out->cells[cell].target = &out->cells[out->cells[cell].u];
  for (LoweredFunction& function : out->functions) function.entry = &out->cells[function.first_cell];
  return out;
}

}  // namespace weft
