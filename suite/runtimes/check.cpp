// SPDX-License-Identifier: Apache-2.0
#include "suite/runtimes/check.h"

#include <array>

namespace weft::runtimes {
namespace {

using script::Constant;
using script::Expected;
using script::FloatPattern;

struct Bits {
  uint64_t lo = 0, hi = 0;
};

/// Of the 128 bits of a result: those that count, and what they must be.
struct Wanted {
  Bits mask{~uint64_t{0}, ~uint64_t{0}};
  Bits value;
};

/// Of a NaN (float-nan): all but the sign must be as in a canonical one; of an arithmetic one only what those have in
/// common.
Wanted wanted(const Expected& expected) {
  Wanted result{.value = {expected.value.lo, expected.value.hi}};
  const bool narrow = expected.float_lanes == 4 || expected.value.type == ValType::f32;
  for (unsigned lane = 0; lane < expected.float_lanes; ++lane) {
    const FloatPattern pattern = expected.patterns[lane];
    if (pattern == FloatPattern::exact) continue;
    const unsigned at = lane * (narrow ? 32 : 64);
    const uint64_t all = narrow ? 0xffff'ffff : ~uint64_t{0};
    const uint64_t canonical = narrow ? 0x7fc0'0000 : 0x7ff8'0000'0000'0000;
    const uint64_t counts = pattern == FloatPattern::canonical_nan ? all >> 1 : canonical;
    uint64_t& mask = at < 64 ? result.mask.lo : result.mask.hi;
    uint64_t& value = at < 64 ? result.value.lo : result.value.hi;
    mask = (mask & ~(all << at % 64)) | counts << at % 64;
    value = (value & ~(all << at % 64)) | canonical << at % 64;
  }
  return result;
}

/// Pushes whether the local, an integer or the bits of a float, has the value in the bits that count.
void compare(Code& code, ValType type, uint32_t local, const Wanted& want) {
  const bool narrow = type == ValType::i32 || type == ValType::f32;
  code.op(Op::local_get, local);
  if (type == ValType::f32) code.op(Op::i32_reinterpret_f32);
  if (type == ValType::f64) code.op(Op::i64_reinterpret_f64);
  if (type == ValType::v128) {
    code.constant(Op::v128_const, want.mask.lo, want.mask.hi).op(Op::v128_and);
    code.constant(Op::v128_const, want.value.lo, want.value.hi).op(Op::i8x16_eq).op(Op::i8x16_all_true);
  } else if (narrow) {
    code.i32(static_cast<uint32_t>(want.mask.lo)).op(Op::i32_and);
    code.i32(static_cast<uint32_t>(want.value.lo)).op(Op::i32_eq);
  } else {
    code.constant(Op::i64_const, want.mask.lo).op(Op::i64_and);
    code.constant(Op::i64_const, want.value.lo).op(Op::i64_eq);
  }
}

void check(Code& code, ValType type, uint32_t local, const Expected& expected) {
  switch (expected.kind) {
    case Expected::Kind::either:
      code.i32(0);
      for (const Expected& one : expected.alternatives) check(code, type, local, one), code.op(Op::i32_or);
      return;
    case Expected::Kind::any_null: code.op(Op::local_get, local).op(Op::ref_is_null); return;
    case Expected::Kind::any_func:
    case Expected::Kind::any_extern:
    case Expected::Kind::any_exn: code.op(Op::local_get, local).op(Op::ref_is_null).op(Op::i32_eqz); return;
    case Expected::Kind::value: break;
  }
  if (is_reference(type)) {
    code.op(Op::local_get, local).op(Op::ref_is_null);
  } else {
    compare(code, type, local, wanted(expected));
  }
}

constexpr std::string_view kHostReference = "only a host can make this reference";

}  // namespace

std::optional<std::string> cannot_pass(const Constant& argument) {
  if (is_reference(argument.type) && !argument.is_null) return std::string(kHostReference);
  return std::nullopt;
}

std::optional<std::string> cannot_judge(const Expected& expected) {
  if (expected.kind == Expected::Kind::value) return cannot_pass(expected.value);
  for (const Expected& alternative : expected.alternatives) {
    if (auto reason = cannot_judge(alternative)) return reason;
  }
  return std::nullopt;
}

void push(Code& code, const Constant& argument) {
  switch (argument.type) {
    case ValType::i32: code.constant(Op::i32_const, argument.lo); return;
    case ValType::i64: code.constant(Op::i64_const, argument.lo); return;
    case ValType::f32: code.constant(Op::f32_const, argument.lo); return;
    case ValType::f64: code.constant(Op::f64_const, argument.lo); return;
    case ValType::v128: code.constant(Op::v128_const, argument.lo, argument.hi); return;
    default: code.op(Op::ref_null, static_cast<uint32_t>(argument.type)); return;
  }
}

void check(Code& code, const std::vector<ValType>& types, const std::vector<Expected>& expected) {
  std::vector<uint32_t> locals;
  locals.reserve(types.size());
  for (const ValType type : types) locals.push_back(code.add_local(type));
  for (size_t i = types.size(); i-- > 0;) code.op(Op::local_set, locals[i]);
  code.i32(1);
  for (size_t i = 0; i < types.size(); ++i) check(code, types[i], locals[i], expected[i]), code.op(Op::i32_and);
}

}  // namespace weft::runtimes
