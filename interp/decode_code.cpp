// SPDX-License-Identifier: Apache-2.0
#include "interp/decode_code.h"

#include <optional>
#include <vector>

#include <fmt/format.h>

#include "interp/instructions.h"
#include "interp/limits.h"
#include "interp/unsupported.h"

namespace weft {
namespace {

constexpr bool is_prefix(uint8_t byte) { return byte >= 0xfb && byte <= 0xfe; }

/// Reads one expression; the members are what its instructions share.
class ExprReader {
 public:
  ExprReader(BinaryReader& reader, const ExprContext& context)
      : reader_(reader), context_(context), body_(context.scratch != nullptr ? *context.scratch : own_body_) {
    body_.clear();
  }

  Expr read() {
    while (reader_.ok()) {
      Instr& instr = body_.emplace_back();
      instr.offset = static_cast<uint32_t>(reader_.position());
      instr.op = opcode();
      if (!reader_.ok()) break;
      immediate(instr);
      if (!nest(instr)) break;
    }
    expr_.body.assign(body_.begin(), body_.end());
    return std::move(expr_);
  }

 private:
  Op opcode() {
    const size_t start = reader_.position();
    const uint8_t first = reader_.byte();
    const bool prefixed = is_prefix(first);
    const uint32_t code = prefixed ? reader_.u32() : first;
    const auto op = find_instruction(prefixed ? first : uint8_t{0}, code);
    if (op && facts(*op).edition <= context_.edition) return *op;
    if (const auto message = unsupported_instruction(prefixed ? first : uint8_t{0}, code); !message.empty()) {
      reader_.fail(start, std::string(message), ErrorKind::host);
    }
    reader_.fail(start, prefixed ? fmt::format("illegal opcode {:02x} {:02x}", first, code)
                                 : fmt::format("illegal opcode {:02x}", first));
    return Op::unreachable;
  }

  /// Follows the block structure. False when the expression is complete, or broken.
  bool nest(const Instr& instr) {
    const InstrClass instr_class = facts(instr.op).instr_class;
    if (instr_class != InstrClass::control && instr_class != InstrClass::exception) return true;
    switch (instr.op) {
      case Op::block:
      case Op::loop:
      case Op::if_:
      case Op::try_:
      case Op::try_table:
        if (open_.size() == kMaxNesting) {
          reader_.fail(instr.offset, too_many(kMaxNesting, kMaxNesting + 1), ErrorKind::invalid);
        }
        open_.push_back(instr.op);
        return true;
      case Op::else_:
        if (open_.empty() || open_.back() != Op::if_) {
          reader_.fail(instr.offset, "END opcode expected: else without if");
          return false;
        }
        open_.back() = Op::else_;
        return true;
      case Op::catch_:
      case Op::catch_all:
        if (open_.empty() || (open_.back() != Op::try_ && open_.back() != Op::catch_)) {
          reader_.fail(instr.offset, fmt::format("END opcode expected: {} without try", info(instr.op).text));
          return false;
        }
        open_.back() = instr.op;  // nothing follows a catch_all
        return true;
      case Op::delegate:
        if (open_.empty() || open_.back() != Op::try_) {
          reader_.fail(instr.offset, "END opcode expected: delegate without try");
          return false;
        }
        open_.pop_back();
        return true;
      case Op::end:
        if (open_.empty()) return false;
        open_.pop_back();
        return true;
      default: return true;
    }
  }

  void immediate(Instr& instr) {
    switch (facts(instr.op).immediate) {
      case Immediate::none: break;
      case Immediate::block: instr.lo = blocktype(); break;
      case Immediate::block_catches:
        instr.lo = blocktype();
        catches(instr);
        break;
      case Immediate::labels: labels(instr); break;
      case Immediate::types: types(instr); break;
      case Immediate::data:
      case Immediate::data_memory:
        if (!context_.has_data_count) reader_.fail(instr.offset, "data count section required");
        instr.a = reader_.u32();
        if (facts(instr.op).immediate == Immediate::data_memory) instr.b = memidx();
        break;
      case Immediate::label:
      case Immediate::func:
      case Immediate::local:
      case Immediate::global:
      case Immediate::table:
      case Immediate::tag:
      case Immediate::elem: instr.a = reader_.u32(); break;
      case Immediate::type_table:
      case Immediate::table_table:
      case Immediate::elem_table:
        instr.a = reader_.u32();
        instr.b = reader_.u32();
        break;
      case Immediate::memory: instr.a = memidx(); break;
      case Immediate::memory_memory:
        instr.a = memidx();
        instr.b = memidx();
        break;
      case Immediate::memarg: memarg(instr); break;
      case Immediate::memarg_lane:
        memarg(instr);
        instr.lane = reader_.byte();
        break;
      case Immediate::lane: instr.lane = reader_.byte(); break;
      case Immediate::i32: instr.lo = static_cast<uint32_t>(reader_.signed_leb(32)); break;
      case Immediate::i64: instr.lo = static_cast<uint64_t>(reader_.signed_leb(64)); break;
      case Immediate::f32: instr.lo = reader_.fixed(4); break;
      case Immediate::f64: instr.lo = reader_.fixed(8); break;
      case Immediate::lanes:
      case Immediate::v128:
        instr.lo = reader_.fixed(8);
        instr.hi = reader_.fixed(8);
        break;
      case Immediate::reftype: instr.a = static_cast<uint32_t>(read_reftype(reader_)); break;
      case Immediate::fence: instr.a = zero_byte(); break;
    }
  }

  /// binary-blocktype: one byte for no or one value, else an s33 that must not be negative.
  uint64_t blocktype() {
    const size_t start = reader_.position();
    const auto first = reader_.peek();
    if (first && (*first & 0xc0) == 0x40) {
      if (*first != 0x40) return static_cast<uint64_t>(BlockType::of(read_valtype(reader_)).code);
      reader_.byte();
      return static_cast<uint64_t>(BlockType::kEmpty);
    }
    const int64_t index = reader_.signed_leb(33);
    if (index < 0) reader_.fail(start, "malformed block type");
    return static_cast<uint64_t>(index);
  }

  void labels(Instr& instr) {
    instr.a = static_cast<uint32_t>(expr_.pool.size());
    instr.b = reader_.length();
    if (instr.b > kMaxBranchTargets) {
      reader_.fail(instr.offset, too_many(kMaxBranchTargets, instr.b), ErrorKind::invalid);
    }
    for (uint32_t i = 0; i <= instr.b && reader_.ok(); ++i) expr_.pool.push_back(reader_.u32());
  }

  void types(Instr& instr) {
    instr.a = static_cast<uint32_t>(expr_.pool.size());
    instr.b = reader_.length();
    for (uint32_t i = 0; i < instr.b && reader_.ok(); ++i)
      expr_.pool.push_back(static_cast<uint32_t>(read_valtype(reader_)));
  }

  /// binary-catch
  void catches(Instr& instr) {
    instr.a = static_cast<uint32_t>(expr_.pool.size());
    instr.b = reader_.length();
    for (uint32_t i = 0; i < instr.b && reader_.ok(); ++i) {
      const size_t start = reader_.position();
      CatchClause clause;
      const uint8_t kind = reader_.byte();
      if (kind > static_cast<uint8_t>(CatchClause::Kind::catch_all_ref)) reader_.fail(start, "malformed catch clause");
      clause.kind = static_cast<CatchClause::Kind>(kind);
      if (clause.has_tag()) clause.tag = reader_.u32();
      clause.label = reader_.u32();
      expr_.add(clause);
    }
  }

  /// Before multiple memories an index was a reserved byte, and no LEB128.
  uint32_t memidx() { return context_.edition == Edition::wasm_2_0 ? zero_byte() : reader_.u32(); }

  uint32_t zero_byte() {
    const size_t start = reader_.position();
    if (reader_.byte() != 0) reader_.fail(start, "zero byte expected");
    return 0;
  }

  /// binary-memarg. Bit 6 announces a memory index; in 2.0 exponents of 32 and more had no meaning.
  void memarg(Instr& instr) {
    const bool is_2_0 = context_.edition == Edition::wasm_2_0;
    constexpr uint32_t kHasMemory = 0x40;
    const size_t start = reader_.position();
    const uint32_t flags = reader_.u32();
    if (flags >= (is_2_0 ? 32 : 2 * kHasMemory)) reader_.fail(start, "malformed memop flags");
    instr.align = static_cast<uint8_t>(flags & (kHasMemory - 1));
    if (flags & kHasMemory) instr.a = reader_.u32();
    instr.lo = reader_.unsigned_leb(is_2_0 ? 32 : 64);
  }

  BinaryReader& reader_;
  const ExprContext& context_;
  std::vector<Instr> own_body_;
  std::vector<Instr>& body_;
  Expr expr_;
  std::vector<Op> open_;
};

}  // namespace

namespace {

/// A type that begins here. The long form of a nullable reference, 0x63 heaptype, is the short one's equal
/// (binary-reftype).
std::optional<ValType> value_type(BinaryReader& reader) {
  const size_t start = reader.position();
  const uint8_t first = reader.byte();
  if (first == 0x63 && reader.peek()) {
    if (const auto type = valtype_from_byte(*reader.peek()); type && is_reference(*type)) {
      reader.byte();
      return type;
    }
  }
  if (const auto message = unsupported_valtype(first); !message.empty()) {
    reader.fail(start, std::string(message), ErrorKind::host);
  }
  return valtype_from_byte(first);
}

}  // namespace

ValType read_valtype(BinaryReader& reader) {
  const size_t start = reader.position();
  if (const auto type = value_type(reader)) return *type;
  reader.fail(start, "malformed value type");
  return ValType::i32;
}

ValType read_reftype(BinaryReader& reader) {
  const size_t start = reader.position();
  const auto type = value_type(reader);
  if (type && is_reference(*type)) return *type;
  reader.fail(start, "malformed reference type");
  return ValType::funcref;
}

Expr read_expr(BinaryReader& reader, const ExprContext& context) { return ExprReader(reader, context).read(); }

}  // namespace weft
