// SPDX-License-Identifier: Apache-2.0
#include "suite/stress/loop.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "suite/stress/relocate.h"
#include "suite/text/parse.h"

namespace weft::stress {
namespace {

constexpr uint32_t kCell = 5, kOut = 6, kScratch = 7, kTemplateLocals = 12;

/// The loop around the part, which comes in the place of the one `nop`.
///
/// Threads meet without a read-modify-write, so that a runtime whose own are broken comes so far: each says in a word
/// of its own how far it is. They spin, so that they begin at once, but not for ever: there may be fewer cores than
/// threads. A wait here has a timeout, so that a lost notify only costs time.
std::string loop_text(const Layout& layout, const std::string& meeting, uint32_t out, uint32_t record,
                      const std::string& position, const std::string& near) {
  return fmt::format(
      R"((module
  (memory (import "mem" "memory") {pages} {pages} shared)
  (func (export "loop") (param $first i32) (param $count i32) (param $stride i32) (param $batch i32)
    (param $together i32)
    (local $cell i32) (local $out i32) (local $scratch i32) (local $cell_step i32) (local $out_step i32)
    (local $spins i32) (local $there i32)
    (local.set $cell (i32.add (i32.const {cells}) (i32.mul (local.get $first) (i32.const {cell_bytes}))))
    (local.set $out (i32.add (i32.const {out}) (i32.mul (local.get $first) (i32.const {record}))))
    (local.set $cell_step (i32.mul (local.get $stride) (i32.const {cell_bytes})))
    (local.set $out_step (i32.mul (local.get $stride) (i32.const {record})))
    (if (local.get $batch) (then{meeting}))
    (loop $next{position}{near}
      nop
      (local.set $cell (i32.add (local.get $cell) (local.get $cell_step)))
      (local.set $out (i32.add (local.get $out) (local.get $out_step)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
)",
      fmt::arg("pages", layout.pages), fmt::arg("cells", Layout::cells_at()), fmt::arg("cell_bytes", layout.cell_bytes),
      fmt::arg("out", out), fmt::arg("record", record), fmt::arg("meeting", meeting), fmt::arg("position", position),
      fmt::arg("near", near));
}

std::string meeting_text(uint32_t self, uint32_t threads) {
  std::string text = fmt::format(R"(
      (i32.atomic.store (i32.const {0}) (local.get $batch))
      (drop (memory.atomic.notify (i32.const {0}) (i32.const -1))))",
                                 Layout::batch_at(self));
  for (uint32_t other = 0; other < threads; ++other) {
    if (other == self) continue;
    text += fmt::format(R"(
      (loop $until
        (local.set $there (i32.atomic.load (i32.const {0})))
        (if (i32.lt_s (i32.sub (local.get $there) (local.get $batch)) (i32.const 0)) (then
          (local.set $spins (i32.add (local.get $spins) (i32.const 1)))
          (if (i32.gt_u (local.get $spins) (i32.const 20000)) (then
            (drop (memory.atomic.wait32 (i32.const {0}) (local.get $there) (i64.const 1000000)))))
          (br $until)))))",
                        Layout::batch_at(other));
  }
  return text;
}

/// Fills lines that are in no cache, or in the other thread's: the test's own stores queue behind that, and its loads
/// may overtake them also where a store reaches memory soon, or the loop comes to the load late.
std::string clog_text(const Layout& layout) {
  constexpr uint32_t kStep = 0x4000, kFilled = 0x1000;
  return fmt::format(R"(
        (memory.fill
          (i32.add (i32.const {}) (i32.mul (i32.and (local.get $together) (i32.const {})) (i32.const {})))
          (local.get $together) (i32.const {})))",
                     layout.clog, Layout::kClogBytes / kStep - 1, kStep, kFilled);
}

/// Before each cell: not for long, for the others may have no core.
std::string near_text(uint32_t self, const Layout& layout) {
  std::string text = fmt::format(R"(
      (if (local.get $together) (then
        (i32.atomic.store (i32.const {}) (local.get $together))
        (local.set $spins (i32.const 0)))",
                                 Layout::near_at(self));
  for (uint32_t other = 0; other < layout.threads; ++other) {
    if (other == self) continue;
    text += fmt::format(R"(
        (loop $near
          (if (i32.lt_s (i32.sub (i32.atomic.load (i32.const {})) (local.get $together)) (i32.const 0)) (then
            (br_if $near (i32.lt_u (local.tee $spins (i32.add (local.get $spins) (i32.const 1))) (i32.const 500)))))))",
                        Layout::near_at(other));
  }
  return text + clog_text(layout) + R"(
        (local.set $together (i32.add (local.get $together) (i32.const 1))))))";
}

Instr store(ValType type, uint32_t offset) {
  switch (type) {
    case ValType::i32: return {.op = Op::i32_store, .lo = offset};
    case ValType::i64: return {.op = Op::i64_store, .lo = offset};
    case ValType::f32: return {.op = Op::f32_store, .lo = offset};
    case ValType::f64: return {.op = Op::f64_store, .lo = offset};
    default: return {.op = Op::v128_store, .lo = offset};
  }
}

Instr zero(ValType type) {
  switch (type) {
    case ValType::i32: return {.op = Op::i32_const};
    case ValType::i64: return {.op = Op::i64_const};
    case ValType::f32: return {.op = Op::f32_const};
    case ValType::f64: return {.op = Op::f64_const};
    default: return {.op = Op::v128_const};
  }
}

/// Locals and globals as they are when the function is called first.
void add_resets(const Module& module, const Function& function, std::vector<Instr>& code) {
  for (uint32_t i = 0; i < function.locals.size(); ++i)
    code.insert(code.end(), {zero(function.locals[i]), {.op = Op::local_set, .a = kTemplateLocals + i}});
  for (uint32_t i = 0; i < module.globals.size(); ++i) {
    if (!module.globals[i].type.is_mutable) continue;
    const std::vector<Instr>& init = module.globals[i].init.body;
    code.insert(code.end(), init.begin(), init.end() - 1);
    code.push_back({.op = Op::global_set, .a = module.imported(ExternKind::global) + i});
  }
}

/// The results go to locals, the last one first, and from there, like the globals, to the record.
void add_record(const Record& record, uint32_t first_temporary, std::vector<Instr>& code) {
  uint32_t results = 0;
  for (const Record::Field& field : record.fields()) results += field.is_result ? 1 : 0;
  for (uint32_t i = results; i-- > 0;) code.push_back({.op = Op::local_set, .a = first_temporary + i});
  for (const Record::Field& field : record.fields()) {
    code.push_back({.op = Op::local_get, .a = kOut});
    code.push_back(field.is_result ? Instr{.op = Op::local_get, .a = first_temporary + field.index}
                                   : Instr{.op = Op::global_get, .a = field.index});
    code.push_back(store(field.type, field.offset));
  }
}

/// The loop with this code in it. Its function becomes the only one of `module`, whose memory gets the layout's size.
Result<Module> splice(Module module, const std::string& loop, std::vector<Instr> code, std::vector<ValType> locals,
                      std::vector<uint32_t> pool) {
  auto frame = parse_module(loop);
  if (!frame) return frame.error();
  Function function = std::move(frame->functions[0]);
  std::vector<Instr>& body = function.code.body;
  const auto place = std::find_if(body.begin(), body.end(), [](const Instr& one) { return one.op == Op::nop; });
  const auto next = body.erase(place);
  body.insert(next, code.begin(), code.end());
  function.code.pool = std::move(pool);
  function.locals.insert(function.locals.end(), locals.begin(), locals.end());
  function.type = static_cast<uint32_t>(module.types.size());
  module.types.push_back(frame->types[0]);
  module.imports = std::move(frame->imports);
  module.exports = std::move(frame->exports);
  module.functions = {std::move(function)};
  module.names = {}, module.customs = {};
  return module;
}

}  // namespace

Result<Module> make_loop(const Part& part, const Record& record, const Layout& layout) {
  const Module& module = part.code->module->module();
  uint32_t index = 0;
  for (const Export& one : module.exports) {
    if (one.kind == ExternKind::func && one.name == part.code->function) index = one.index;
  }
  if (module.imported(ExternKind::func) != 0 || module.imported(ExternKind::global) != 0)
    return Error{ErrorKind::unlinkable, "it imports more than the memory", {}};
  const Function& function = module.functions[index];
  auto body = relocate(module, function, layout, {.cell = kCell, .scratch = kScratch, .first_local = kTemplateLocals});
  if (!body) return body.error();

  std::vector<Instr> code;
  add_resets(module, function, code);
  code.push_back({.op = Op::block, .lo = function.type});
  code.insert(code.end(), body->begin(), body->end());
  code.push_back({.op = Op::end});
  std::vector<ValType> locals = function.locals;
  const auto first_temporary = static_cast<uint32_t>(kTemplateLocals + locals.size());
  const std::vector<ValType>& results = module.types[function.type].results;
  locals.insert(locals.end(), results.begin(), results.end());
  add_record(record, first_temporary, code);

  const std::string position = part.tells_position ? fmt::format("\n      (i32.store (i32.const {}) (local.get $cell))",
                                                                 Layout::position_at(part.number))
                                                   : "";
  const std::string loop =
      loop_text(layout, part.is_thread ? meeting_text(part.number, layout.threads) : "", layout.out[part.number],
                record.size(), position, part.is_thread ? near_text(part.number, layout) : "");
  return splice(module, loop, std::move(code), std::move(locals), function.code.pool);
}

Result<Module> make_reset(const Footprint& footprint, const std::vector<uint8_t>& image, const Layout& layout) {
  std::vector<Instr> code;
  for (const uint64_t word : footprint.words) {
    uint64_t value = 0;
    for (unsigned i = 0; i < 8 && word + i < image.size(); ++i) value |= uint64_t{image[word + i]} << 8 * i;
    code.insert(code.end(), {{.op = Op::local_get, .a = kCell},
                             {.op = Op::i64_const, .lo = value},
                             store(ValType::i64, static_cast<uint32_t>(layout.place(word)))});
  }
  return splice({}, loop_text(layout, "", 0, 0, "", ""), std::move(code), {}, {});
}

}  // namespace weft::stress
