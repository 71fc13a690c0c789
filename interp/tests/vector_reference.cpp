// SPDX-License-Identifier: Apache-2.0
#include "interp/tests/vector_reference.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>

namespace weft::testing {
namespace {

__extension__ using Wide = __int128;
using Shape = VectorRow::Shape;

/// Takes the suffix off, if it is there.
bool take(std::string& text, std::string_view suffix) {
  if (!text.ends_with(suffix)) return false;
  text.resize(text.size() - suffix.size());
  return true;
}

Wide least(unsigned width, bool is_signed) { return is_signed ? -(Wide{1} << (width - 1)) : 0; }
Wide greatest(unsigned width, bool is_signed) { return (Wide{1} << (is_signed ? width - 1 : width)) - 1; }
Wide clamp(Wide v, unsigned width, bool is_signed) {
  return std::clamp(v, least(width, is_signed), greatest(width, is_signed));
}

Wide lane(const Bytes& bytes, unsigned width, unsigned index, bool is_signed) {
  uint64_t bits = 0;
  std::memcpy(&bits, &bytes[index * width / 8], width / 8);
  const Wide v = bits;
  return is_signed && v > greatest(width, true) ? v - (Wide{1} << width) : v;
}
/// The low bits of any number.
void set_lane(Bytes& bytes, unsigned width, unsigned index, Wide v) {
  const uint64_t bits = static_cast<uint64_t>(v);
  std::memcpy(&bytes[index * width / 8], &bits, width / 8);
}

/// A float of either width as a double, which has them all.
double number(const Bytes& bytes, unsigned width, unsigned index) {
  const auto bits = static_cast<uint64_t>(lane(bytes, width, index, false));
  return width == 32 ? double{std::bit_cast<float>(static_cast<uint32_t>(bits))} : std::bit_cast<double>(bits);
}
void set_number(Bytes& bytes, unsigned width, unsigned index, double v) {
  set_lane(bytes, width, index,
           width == 32 ? Wide{std::bit_cast<uint32_t>(static_cast<float>(v))} : Wide{std::bit_cast<uint64_t>(v)});
}

/// Operators on the lanes of two vectors of integers, or of one and a zero.
const std::map<std::string_view, std::function<Wide(Wide a, Wide b, unsigned width, bool is_signed)>> kIntegers = {
    {"add", [](Wide a, Wide b, unsigned, bool) { return a + b; }},
    {"sub", [](Wide a, Wide b, unsigned, bool) { return a - b; }},
    {"mul", [](Wide a, Wide b, unsigned, bool) { return static_cast<uint64_t>(a) * static_cast<uint64_t>(b); }},
    {"add_sat", [](Wide a, Wide b, unsigned width, bool s) { return clamp(a + b, width, s); }},
    {"sub_sat", [](Wide a, Wide b, unsigned width, bool s) { return clamp(a - b, width, s); }},
    {"min", [](Wide a, Wide b, unsigned, bool) { return a < b ? a : b; }},
    {"max", [](Wide a, Wide b, unsigned, bool) { return a < b ? b : a; }},
    {"avgr", [](Wide a, Wide b, unsigned, bool) { return (a + b + 1) / 2; }},
    {"q15mulr_sat", [](Wide a, Wide b, unsigned, bool) { return clamp((a * b + 0x4000) >> 15, 16, true); }},
    {"relaxed_q15mulr", [](Wide a, Wide b, unsigned, bool) { return clamp((a * b + 0x4000) >> 15, 16, true); }},
    {"abs", [](Wide a, Wide, unsigned, bool) { return a < 0 ? -a : a; }},
    {"neg", [](Wide a, Wide, unsigned, bool) { return -a; }},
    {"popcnt", [](Wide a, Wide, unsigned, bool) { return Wide{std::popcount(static_cast<uint64_t>(a))}; }},
    {"not", [](Wide a, Wide, unsigned, bool) { return ~a; }},
    {"and", [](Wide a, Wide b, unsigned, bool) { return a & b; }},
    {"andnot", [](Wide a, Wide b, unsigned, bool) { return a & ~b; }},
    {"or", [](Wide a, Wide b, unsigned, bool) { return a | b; }},
    {"xor", [](Wide a, Wide b, unsigned, bool) { return a ^ b; }},
};

/// The same for floats. What it gives is rounded to the lane's width once more, which is harmless: a double has more
/// than twice the digits of a float.
const std::map<std::string_view, std::function<double(double, double)>> kFloats = {
    {"add", [](double a, double b) { return a + b; }},
    {"sub", [](double a, double b) { return a - b; }},
    {"mul", [](double a, double b) { return a * b; }},
    {"div", [](double a, double b) { return a / b; }},
    {"sqrt", [](double a, double) { return std::sqrt(a); }},
    {"ceil", [](double a, double) { return std::ceil(a); }},
    {"floor", [](double a, double) { return std::floor(a); }},
    {"trunc", [](double a, double) { return std::trunc(a); }},
    {"nearest", [](double a, double) { return std::nearbyint(a); }},
    {"min",
     [](double a, double b) {
       if (std::isnan(a) || std::isnan(b)) return a + b;
       return a < b || (a == b && std::signbit(a)) ? a : b;
     }},
    {"max",
     [](double a, double b) {
       if (std::isnan(a) || std::isnan(b)) return a + b;
       return a > b || (a == b && std::signbit(b)) ? a : b;
     }},
};

template <class T>
bool compare(std::string_view name, T a, T b) {
  if (name == "eq") return a == b;
  if (name == "ne") return a != b;
  if (name == "lt") return a < b;
  if (name == "gt") return a > b;
  return name == "le" ? a <= b : a >= b;
}
bool is_comparison(std::string_view name) {
  constexpr std::string_view kNames[] = {"eq", "ne", "lt", "gt", "le", "ge"};
  return std::find(std::begin(kNames), std::end(kNames), name) != std::end(kNames);
}

Wide truncate(double v, bool is_signed) {
  if (std::isnan(v)) return 0;
  if (std::fabs(v) > 0x1p40) return v < 0 ? least(32, is_signed) : greatest(32, is_signed);
  return clamp(static_cast<Wide>(v), 32, is_signed);
}

void set_canonical(Bytes& bytes, unsigned width, unsigned index) {
  if (!std::isnan(number(bytes, width, index))) return;
  set_lane(bytes, width, index, width == 32 ? Wide{0x7fc00000} : Wide{0x7ff8000000000000});
}

}  // namespace

Bytes bytes_of(const Value& value) {
  Bytes bytes;
  std::memcpy(bytes.data(), &value.lo, 8);
  std::memcpy(bytes.data() + 8, &value.hi, 8);
  return bytes;
}

Value value_of(ValType type, const Bytes& bytes) {
  Value value{type, 0, 0};
  std::memcpy(&value.lo, bytes.data(), type == ValType::i32 || type == ValType::f32 ? 4 : 8);
  if (type == ValType::v128) std::memcpy(&value.hi, bytes.data() + 8, 8);
  return value;
}

VectorRow::VectorRow(Op op) {
  const std::string_view text = info(op).text;
  const size_t dot = text.find('.');
  name = text.substr(dot + 1);
  const auto parse = [](std::string_view word) {
    const unsigned lanes = static_cast<unsigned>(std::stoul(std::string(word.substr(word.find('x') + 1))));
    return Shape{word[0] == 'f', 128 / lanes};
  };
  if (!text.starts_with("v128")) shape = parse(text.substr(0, dot));
  from = shape;
  take(name, "_zero");
  is_signed = take(name, "_s");
  if (!is_signed) take(name, "_u");
  for (const std::string_view word : {"_i8x16", "_i16x8", "_i32x4", "_f32x4", "_f64x2"}) {
    if (take(name, word)) from = parse(word.substr(1));
  }
  if (name == "abs" || name == "neg" || name == "q15mulr_sat" || name == "relaxed_q15mulr") is_signed = true;
}

namespace {

Bytes compute(Op op, const std::vector<Bytes>& operands, const Bytes& immediate) {
  const VectorRow row(op);
  const std::string& name = row.name;
  const unsigned width = row.shape.width, lanes = row.shape.lanes(), from = row.from.width;
  const Bytes& a = operands[0];
  const Bytes b = operands.size() > 1 ? operands[1] : Bytes{}, c = operands.size() > 2 ? operands[2] : Bytes{};
  Bytes out{};
  const auto source = [&](const Bytes& bytes, unsigned i) { return lane(bytes, from, i, row.is_signed); };
  const auto each = [&](const auto& f) {
    for (unsigned i = 0; i < lanes; ++i) set_lane(out, width, i, f(i));
    return out;
  };
  const auto each_float = [&](const auto& f) {
    for (unsigned i = 0; i < lanes; ++i) set_number(out, width, i, f(i));
    return out;
  };
  const auto scalar = [&](uint64_t bits) { return std::memcpy(out.data(), &bits, 8), out; };
  const unsigned half = name.find("high") != std::string::npos ? 128 / from / 2 : 0;

  if (name == "splat") return each([&](unsigned) { return lane(a, width, 0, false); });
  if (name == "extract_lane")
    return scalar(static_cast<uint64_t>(source(a, immediate[0])) & (width == 64 ? ~uint64_t{0} : 0xffffffff));
  if (name == "replace_lane") {
    out = a;
    return set_lane(out, width, immediate[0], lane(b, width, 0, false)), out;
  }
  if (name == "shuffle")
    return each([&](unsigned i) { return immediate[i] < 16 ? a[immediate[i]] : b[immediate[i] - 16u]; });
  if (name == "swizzle" || name == "relaxed_swizzle") return each([&](unsigned i) { return b[i] < 16 ? a[b[i]] : 0; });
  if (name == "bitselect" || name == "relaxed_laneselect") {
    for (size_t i = 0; i < 16; ++i) out[i] = static_cast<uint8_t>((a[i] & c[i]) | (b[i] & ~c[i]));
    return out;
  }
  if (name == "any_true") return scalar(a != Bytes{});
  if (name == "all_true" || name == "bitmask") {
    uint64_t zeros = 0, signs = 0;
    for (unsigned i = 0; i < lanes; ++i) {
      zeros += lane(a, width, i, false) == 0 ? 1 : 0;
      signs |= uint64_t{lane(a, width, i, true) < 0} << i;
    }
    return scalar(name == "bitmask" ? signs : zeros == 0);
  }
  if (name == "shl" || name == "shr") {
    const unsigned count = b[0] % width;
    return each([&](unsigned i) { return name == "shl" ? source(a, i) << count : source(a, i) >> count; });
  }
  if (is_comparison(name)) {
    return each([&](unsigned i) {
      const bool holds = row.shape.is_float ? compare(name, number(a, width, i), number(b, width, i))
                                            : compare(name, source(a, i), source(b, i));
      return Wide{holds ? -1 : 0};
    });
  }
  if (name == "narrow") {
    return each([&](unsigned i) {
      return clamp(lane(i < lanes / 2 ? a : b, from, i % (lanes / 2), true), width, row.is_signed);
    });
  }
  if (name.starts_with("extend")) return each([&](unsigned i) { return source(a, half + i); });
  if (name.starts_with("extmul")) return each([&](unsigned i) { return source(a, half + i) * source(b, half + i); });
  if (name == "extadd_pairwise") return each([&](unsigned i) { return source(a, 2 * i) + source(a, 2 * i + 1); });
  if (name == "dot") {
    return each(
        [&](unsigned i) { return source(a, 2 * i) * source(b, 2 * i) + source(a, 2 * i + 1) * source(b, 2 * i + 1); });
  }
  if (name.starts_with("relaxed_dot")) {  // the keyword has i7x16 for the second operand
    const auto sum = [&](unsigned i) {
      const auto product = [&](unsigned k) { return lane(a, 8, k, true) * lane(b, 8, k, true); };
      return clamp(product(2 * i) + product(2 * i + 1), 16, true);
    };
    if (width == 16) return each(sum);
    return each([&](unsigned i) { return sum(2 * i) + sum(2 * i + 1) + lane(c, 32, i, true); });
  }
  if (name == "trunc_sat" || (name == "relaxed_trunc" && row.from.is_float)) {
    return each([&](unsigned i) { return i < 128 / from ? truncate(number(a, from, i), row.is_signed) : 0; });
  }
  if (name.starts_with("convert"))
    return each_float([&](unsigned i) { return static_cast<double>(static_cast<int64_t>(source(a, i))); });
  if (name == "demote") return each_float([&](unsigned i) { return i < 2 ? number(a, 64, i) : 0; });
  if (name == "promote_low") return each_float([&](unsigned i) { return number(a, 32, i); });
  if (row.shape.is_float) {
    const Wide sign = Wide{1} << (width - 1);
    if (name == "abs") return each([&](unsigned i) { return lane(a, width, i, false) & ~sign; });
    if (name == "neg") return each([&](unsigned i) { return lane(a, width, i, false) ^ sign; });
    if (name == "pmin" || name == "pmax") {
      return each([&](unsigned i) {
        const double x = number(a, width, i), y = number(b, width, i);
        return lane((name == "pmin" ? y < x : x < y) ? b : a, width, i, false);
      });
    }
    if (name == "relaxed_madd" || name == "relaxed_nmadd") {
      return each_float([&](unsigned i) {
        Bytes product{};
        set_number(product, width, 0, (name == "relaxed_nmadd" ? -1 : 1) * number(a, width, i) * number(b, width, i));
        return number(product, width, 0) + number(c, width, i);
      });
    }
    const std::string operation = name.starts_with("relaxed_") ? name.substr(8) : name;
    return each_float([&](unsigned i) { return kFloats.at(operation)(number(a, width, i), number(b, width, i)); });
  }
  return each([&](unsigned i) { return kIntegers.at(name)(source(a, i), source(b, i), width, row.is_signed); });
}

}  // namespace

Bytes compute_vector(Op op, const std::vector<Bytes>& operands, const Bytes& immediate) {
  Bytes out = compute(op, operands, immediate);
  const VectorRow row(op);
  constexpr std::string_view kBitwise[] = {"abs", "neg", "pmin", "pmax", "splat", "extract_lane", "replace_lane"};
  const bool computes = row.shape.is_float && !is_comparison(row.name) &&
                        std::find(std::begin(kBitwise), std::end(kBitwise), row.name) == std::end(kBitwise);
  for (unsigned i = 0; computes && i < row.shape.lanes(); ++i) set_canonical(out, row.shape.width, i);
  return out;
}

Bytes load_vector(Op op, uint8_t lane, const uint8_t* memory, const Bytes& vector) {
  const std::string_view text = info(op).text;
  const size_t width = info(op).access;
  Bytes out{};
  if (text.ends_with("_lane")) {
    out = vector;
    std::memcpy(&out[lane * width], memory, width);
  } else if (text.ends_with("_splat")) {
    for (size_t i = 0; i < 16; ++i) out[i] = memory[i % width];
  } else if (const size_t x = text.find('x'); x != std::string_view::npos) {
    const size_t from = width / static_cast<size_t>(text[x + 1] - '0');
    for (size_t i = 0; i < 16; ++i) {
      const size_t to = i / (2 * from), byte = i % (2 * from);
      const uint8_t extension = text.ends_with("_s") && memory[to * from + from - 1] >= 0x80 ? 0xff : 0;
      out[i] = byte < from ? memory[to * from + byte] : extension;
    }
  } else {
    std::memcpy(out.data(), memory, width);  // and zeros
  }
  return out;
}

}  // namespace weft::testing
