#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes float-bits.wast: what every floating-point operator, of numbers and of vectors, gives for every pair of special values, to the
bit.

Results are computed with exact fractions and rounded here, so that no machine's floating point has a say in them. NaNs are as
interp/README.md has them: each one that is computed is the positive canonical one.

usage: float_bits.py > float-bits.wast
"""
import functools
import math
import re
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

NAN, INF = "nan", "inf"


class Format:
    def __init__(self, width, fraction):
        self.width, self.fraction = width, fraction
        self.sign = 1 << (width - 1)
        self.infinity = self.sign - (1 << fraction)
        self.bias = (1 << (width - fraction - 2)) - 1
        self.nan = self.infinity | 1 << (fraction - 1)

    @functools.cache
    def decode(self, bits):
        """(negative, magnitude): the magnitude a Fraction, INF or NAN."""
        negative, rest = bits & self.sign != 0, bits & ~self.sign
        if rest >= self.infinity:
            return negative, INF if rest == self.infinity else NAN
        exponent, fraction = rest >> self.fraction, rest & ((1 << self.fraction) - 1)
        if exponent > 0:
            fraction |= 1 << self.fraction
        return negative, Fraction(fraction) * Fraction(2) ** (max(exponent, 1) - self.bias - self.fraction)

    def encode(self, negative, magnitude):
        """Rounded to nearest, ties to even."""
        if magnitude == NAN:
            return self.nan
        sign = self.sign if negative else 0
        if magnitude == INF:
            return sign | self.infinity
        if magnitude == 0:
            return sign
        exponent = magnitude.numerator.bit_length() - magnitude.denominator.bit_length()
        if magnitude < Fraction(2) ** exponent:
            exponent -= 1
        exponent = max(exponent, 1 - self.bias)  # of the leading bit; subnormals share the least one
        ulps = round(magnitude / Fraction(2) ** (exponent - self.fraction))  # Python rounds ties to even
        # A carry out of the fraction runs into the exponent, and beyond the greatest one it makes infinity.
        bits = (exponent + self.bias - 1 << self.fraction) + ulps
        return sign | min(bits, self.infinity)


F32, F64 = Format(32, 23), Format(64, 52)
FORMATS = {"f": F32, "F": F64}
BITS = {"i": 32, "I": 64, "f": 32, "F": 64}


# --- operators: of (negative, magnitude) pairs, except where bits are what matters

def signed(x):
    return -x[1] if x[0] else x[1]


def of(value, zero_sign=False):
    return (value < 0, abs(value)) if value != 0 else (zero_sign, Fraction(0))


def add(a, b):
    if NAN in (a[1], b[1]):
        return False, NAN
    if INF in (a[1], b[1]):
        if a[1] == b[1] and a[0] != b[0]:
            return False, NAN
        return a if a[1] == INF else b
    # A sum of opposites is +0; only -0 + -0 is -0.
    return of(signed(a) + signed(b), a[0] and b[0])


def sub(a, b):
    return add(a, (not b[0], b[1]))


def mul(a, b):
    negative = a[0] != b[0]
    if NAN in (a[1], b[1]) or (INF in (a[1], b[1]) and 0 in (a[1], b[1])):
        return False, NAN
    return negative, INF if INF in (a[1], b[1]) else a[1] * b[1]


def div(a, b):
    negative = a[0] != b[0]
    if NAN in (a[1], b[1]) or (a[1] == INF and b[1] == INF) or (a[1] == 0 and b[1] == 0):
        return False, NAN
    if a[1] == INF or b[1] == 0:
        return negative, INF
    return negative, Fraction(0) if b[1] == INF else a[1] / b[1]


def key(x):
    """Orders the numbers; -0 comes before +0, as min and max want it."""
    size = Fraction(2) ** 2000 if x[1] == INF else x[1]
    return (-size, 0) if x[0] else (size, 1)


def minimum(a, b):
    return (False, NAN) if NAN in (a[1], b[1]) else min(a, b, key=key)


def maximum(a, b):
    return (False, NAN) if NAN in (a[1], b[1]) else max(a, b, key=key)


def sqrt(a):
    if a[1] in (NAN, INF, 0):
        return (False, NAN) if a == (True, INF) else a
    if a[0]:
        return False, NAN
    # Hundreds of bits of the root, and one below them if it goes on: enough to round it right.
    scaled = a[1] * 4 ** 1200
    root = math.isqrt(math.floor(scaled))
    exact = root * root == scaled
    return False, (Fraction(root) + (0 if exact else Fraction(1, 2))) / 2 ** 1200


def rounding(to_integer):
    def operator(a):
        return a if a[1] in (NAN, INF) else of(Fraction(to_integer(signed(a))), a[0])
    return operator


def compare(holds):
    def operator(a, b):
        if NAN in (a[1], b[1]):
            return holds is NE
        return holds(key(a)[0], key(b)[0])
    return operator


def NE(a, b):
    return a != b


VALUES = {
    "add": add, "sub": sub, "mul": mul, "div": div, "min": minimum, "max": maximum, "sqrt": sqrt,
    "ceil": rounding(math.ceil), "floor": rounding(math.floor), "trunc": rounding(math.trunc), "nearest": rounding(round),
    "demote_f64": lambda a: a, "promote_f32": lambda a: a,
}
COMPARISONS = {
    "eq": compare(lambda a, b: a == b), "ne": compare(NE), "lt": compare(lambda a, b: a < b),
    "gt": compare(lambda a, b: a > b), "le": compare(lambda a, b: a <= b), "ge": compare(lambda a, b: a >= b),
}


def less(format, a, b):
    return COMPARISONS["lt"](format.decode(a), format.decode(b))


def madd(format, a, b, c):
    """Rounds twice, as the deterministic profile has it."""
    product = format.encode(*mul(format.decode(a), format.decode(b)))
    return format.encode(*add(format.decode(product), format.decode(c)))


BIT_OPERATORS = {
    "abs": lambda format, a: a & ~format.sign,
    "neg": lambda format, a: a ^ format.sign,
    "copysign": lambda format, a, b: a & ~format.sign | b & format.sign,
    "pmin": lambda format, a, b: b if less(format, b, a) else a,
    "pmax": lambda format, a, b: b if less(format, a, b) else a,
    "madd": madd,
    "nmadd": lambda format, a, b, c: madd(format, a ^ format.sign, b, c),
}


class Trap(Exception):
    pass


def to_integer(name, a, bits):
    """trunc and trunc_sat."""
    saturates, is_signed = "trunc_sat" in name, name.endswith("_s")
    least, greatest = (-(1 << bits - 1), (1 << bits - 1) - 1) if is_signed else (0, (1 << bits) - 1)
    if a[1] == NAN:
        if not saturates:
            raise Trap("invalid conversion to integer")
        return 0
    whole = None if a[1] == INF else math.trunc(signed(a))
    if whole is None or not least <= whole <= greatest:
        if not saturates:
            raise Trap("integer overflow")
        whole = least if a[0] else greatest
    return whole % (1 << bits)


class Row(NamedTuple):
    """An instruction. The letters are of its operands' type and its result's or, of a vector instruction, of their lanes'."""
    name: str
    letter: str
    arity: int
    result: str
    vector: bool = False

    def lanes(self):
        return 128 // BITS[self.letter] if self.vector else 1

    def traps(self):
        return ".trunc_f" in self.name

    def of_lanes(self):
        """The row that does to numbers what this one does to lanes: of i32x4.relaxed_trunc_f64x2_s_zero, i32.trunc_sat_f64_s."""
        name = re.sub(r"x\d|_zero|_low", "", self.name).replace("relaxed_trunc", "trunc_sat").replace("relaxed_", "")
        return Row(name, self.letter, self.arity, self.result)


@functools.cache
def compute(row, operands):
    """The bits of the result of an instruction on numbers, or Trap."""
    kind = row.name.split(".")[1]
    if "reinterpret" in kind:
        return operands[0]
    if kind.startswith("convert"):
        bits = BITS[row.letter]
        value = operands[0]
        if kind.endswith("_s") and value >> bits - 1:
            value -= 1 << bits
        return FORMATS[row.result].encode(value < 0, Fraction(abs(value)))
    format = FORMATS[row.letter]
    if kind in BIT_OPERATORS:
        return BIT_OPERATORS[kind](format, *operands)
    values = [format.decode(bits) for bits in operands]
    if kind in COMPARISONS:
        return int(COMPARISONS[kind](*values))
    if kind.startswith("trunc_"):
        return to_integer(kind, values[0], BITS[row.result])
    return FORMATS[row.result].encode(*VALUES[kind](*values))


def compute_vector(row, operands):
    """The same for an instruction on vectors, which are tuples of lanes. Lanes that a result has no operand for are zero."""
    lane_row, width = row.of_lanes(), BITS[row.result]
    compares = lane_row.name.split(".")[1] in COMPARISONS
    result = 0
    for lane in range(min(row.lanes(), 128 // width)):
        bits = compute(lane_row, tuple(operand[lane] for operand in operands))
        result |= bits * ((1 << width) - 1 if compares else 1) << lane * width
    return result


# --- values

def both_signs(format, magnitudes):
    return [bits | sign for bits in magnitudes for sign in (0, format.sign)]


SPECIAL = {
    "f": both_signs(F32, [
        0, 1, 2, 0x007fffff, 0x00800000, 0x00800001, 0x7f7fffff, F32.infinity,
        0x3f000000, 0x3f7fffff, 0x3f800000, 0x3f800001, 0x3fc00000, 0x40000000, 0x40200000,  # around 0.5, 1, 1.5, 2, 2.5
        0x3eaaaaab, 0x40490fdb, 0x4afffffe, 0x4affffff, 0x4b000000, 0x4b000001,  # 1/3, pi, where halves end
        0x4effffff, 0x4f000000, 0x4f000001, 0x4f7fffff, 0x4f800000,  # the ends of 32 bits
        0x5effffff, 0x5f000000, 0x5f000001, 0x5f7fffff, 0x5f800000,  # and of 64
        F32.nan, 0x7f800001, 0x7fa00001, 0x7fc12345, 0x7fffffff]),
    "F": both_signs(F64, [
        0, 1, 2, 0x000fffffffffffff, 0x0010000000000000, 0x0010000000000001, 0x7fefffffffffffff, F64.infinity,
        0x3fe0000000000000, 0x3fefffffffffffff, 0x3ff0000000000000, 0x3ff0000000000001, 0x3ff8000000000000, 0x4000000000000000,
        0x4004000000000000, 0x3fd5555555555555, 0x400921fb54442d18, 0x432fffffffffffff, 0x4330000000000000, 0x4330000000000001,
        0x41dfffffffc00000, 0x41dfffffffe00000, 0x41e0000000000000, 0x41e0000000100000, 0x41e0000000200000,
        0x41efffffffe00000, 0x41effffffff00000, 0x41f0000000000000,
        0x43dfffffffffffff, 0x43e0000000000000, 0x43e0000000000001, 0x43efffffffffffff, 0x43f0000000000000,
        # On their way to f32: ties, just beside ties, the ends of its range and of its subnormals.
        0x3ff0000010000000, 0x3ff0000010000001, 0x3ff0000030000000, 0x3ff000000fffffff, 0x47efffffe0000000, 0x47efffffefffffff,
        0x47effffff0000000, 0x380fffffc0000000, 0x380fffffe0000000, 0x36a0000000000000, 0x36a8000000000000, 0x3690000000000000,
        0x3690000000000001, 0x368fffffffffffff,
        F64.nan, 0x7ff0000000000001, 0x7ff4000000000001, 0x7ff8123456789abc, 0x7fffffffffffffff]),
    "i": [0, 1, 0x7fffffff, 0x80000000, 0x80000001, 0xffffffff, 0x01000000, 0x01000001, 0x01000002, 0x01000003, 0xfeffffff,
          0x7fffff80, 0x7fffffbf, 0x7fffffc0, 0xffffff7f, 0xffffff80, 0x80000080, 0x80000180],
    "I": [0, 1, 0x7fffffffffffffff, 0x8000000000000000, 0x8000000000000001, 0xffffffffffffffff, 0x0020000000000001,
          0x0020000000000002, 0x0020000000000003, 0x7ffffffffffffdff, 0x7ffffffffffffe00, 0xfffffffffffffbff, 0xfffffffffffffc00,
          0x8000000000000400, 0x8000000000000c00, 0x8000000000000401, 0x7fffff4000000000, 0x7fffff4000000001, 0x7fffffbfffffffff,
          0x7fffffc000000000, 0xffffff7fffffffff, 0xffffff8000000000, 0x8000008000000000, 0x8000008000000001, 0x8000018000000000,
          0x0000000001000001, 0xfffffffffeffffff],
}
ADDRESS = {}  # of the first value of each type in the script's memory

LITERALS = """0.1 1e23 8.5 9007199254740993 9007199254740993.00000000000000000000000000000000000001 16777217 16777217.0000001
 2.2250738585072011e-308 2.2250738585072014e-308 4.9406564584124654e-324 2.4703282292062327e-324 2.4703282292062328e-324 1e-400
 1.1754942e-38 1.17549435e-38 1.4e-45 7.0064923216240853e-46 7.0064923216240854e-46 3.4028234663852886e38 3.4028235677973365e38
 1.7976931348623158e308 179769313486231570000000000000000000000.0e270 0.30000000000000004 123456789012345678901234567890""".split()


# --- the script

TYPE = {"i": "i32", "I": "i64", "f": "f32", "F": "f64"}
SHAPE = {"i32x4": "i", "f32x4": "f", "f64x2": "F"}
CONST = {32: "i32.const 0x{:08x}", 64: "i64.const 0x{:016x}"}


def const(letter, bits):
    return "(" + CONST[BITS[letter]].format(bits) + ")"


def mix(digest, bits):
    digest ^= bits
    digest = (digest << 29 | digest >> 35) & (1 << 64) - 1
    return digest * 0x9e3779b97f4a7c15 & (1 << 64) - 1


def rows():
    """Each NUMERIC row with a float in its signature, and each VECTOR row that does the same to every lane of floats."""
    table = (Path(__file__).parent / "../../interp/instructions.inc").read_text()
    for name, operands, result in re.findall(r'^NUMERIC\([^"]*"([^"]+)",[^"]*"([iIfF]+):([iIfF])"', table, re.MULTILINE):
        if set("fF") & set(operands + result):
            yield Row(name, operands[0], len(operands), result)
    for name, operands in re.findall(r'^VECTOR\([^"]*"([^"]+)",[^"]*"(v+):v"', table, re.MULTILINE):
        shapes = re.findall(r"[if]\d+x\d+", name)  # the result's, then the operands' if that is another
        if {"f32x4", "f64x2"} & set(shapes):
            yield Row(name, SHAPE[shapes[-1]], len(operands), SHAPE[shapes[0]], vector=True)


def as_i64(row, expression):
    if row.vector:
        return f"(call $fold {expression})"
    if row.result in "fF":
        expression = f"({TYPE['i' if row.result == 'f' else 'I']}.reinterpret_{TYPE[row.result]} {expression})"
    return expression if row.result in "IF" else f"(i64.extend_i32_u {expression})"


def parameters(row):
    return " ".join(["v128" if row.vector else TYPE[row.letter]] * row.arity)


def operator_function(row):
    """The operator; those that may trap take and give bits and are exported, the others are elements of the table."""
    if row.traps():
        bits = TYPE["i" if BITS[row.letter] == 32 else "I"]
        operand = f"({TYPE[row.letter]}.reinterpret_{bits} (local.get 0))"
        return f'  (func (export "{row.name}") (param {bits}) (result {TYPE[row.result]}) ({row.name} {operand}))'
    operands = " ".join(f"(local.get {i})" for i in range(row.arity))
    return f"  (func ${row.name} (param {parameters(row)}) (result i64) {as_i64(row, f'({row.name} {operands})')})"


def digest(row):
    """The function that applies an element of the table to all values, see `all_operands`."""
    return f"$digest_{TYPE[row.letter]}{f'x{row.lanes()}' if row.vector else ''}_{row.arity}"


def digest_function(row):
    size, count, first = BITS[row.letter] // 8, len(SPECIAL[row.letter]), ADDRESS[row.letter]
    variables = ["$a", "$b"][:row.arity]
    starts = [f"(local.get {variable})" for variable in variables]
    if row.arity == 3:
        starts.append(f"(i32.rem_u (i32.add (local.get $a) (local.get $b)) (i32.const {count}))")
    load = "v128" if row.vector else TYPE[row.letter]
    loads = " ".join(f"({load}.load offset={first} (i32.mul {start} (i32.const {size})))" for start in starts)
    body = ["(local.set $h (i64.xor (local.get $h)",
            f"  (call_indirect (param {parameters(row)}) (result i64) {loads} (local.get $operator))))",
            "(local.set $h (i64.mul (i64.rotl (local.get $h) (i64.const 29)) (i64.const 0x9e3779b97f4a7c15)))"]
    for variable in reversed(variables):
        step = f"(i32.lt_u (local.tee {variable} (i32.add (local.get {variable}) (i32.const 1))) (i32.const {count}))"
        body = [f"(local.set {variable} (i32.const 0))", f"(loop {variable}"] + ["  " + line for line in body]
        body += [f"  (br_if {variable} {step}))"]
    head = f"  (func {digest(row)} (param $operator i32) (result i64)"
    return "\n".join([head, "    (local $h i64) " + " ".join(f"(local {v} i32)" for v in variables)] +
                     ["    " + line for line in body] + ["    (local.get $h))"])


def all_operands(row):
    """All values, the last operand's fastest; a vector has the values that follow as further lanes, the last one followed by the first
    again. A third operand is as far on as the other two together."""
    values = SPECIAL[row.letter]
    count = len(values)
    if row.vector:
        values = [tuple((values + values)[start:start + row.lanes()]) for start in range(count)]
    for a in range(count):
        for b in range(count) if row.arity > 1 else [0]:
            yield tuple(values[start % count] for start in (a, b, a + b)[:row.arity])


def result_as_i64(row, operands):
    if not row.vector:
        return compute(row, operands)
    vector = compute_vector(row, operands)
    return (vector * 0x9e3779b97f4a7c15 ^ vector >> 64) & (1 << 64) - 1


def padded(letter):
    """The values in memory: the last ones are followed by the first again, for vectors."""
    return SPECIAL[letter] + SPECIAL[letter][:128 // BITS[letter] - 1]


def data(letter):
    size = BITS[letter] // 8
    text = "".join("".join(f"\\{byte:02x}" for byte in bits.to_bytes(size, "little")) for bits in padded(letter))
    lines = re.findall(r".{1,96}", text)
    return f"  (data (i32.const {ADDRESS[letter]})  ;; {TYPE[letter]}\n" + "\n".join(f'    "{line}"' for line in lines) + ")"


def main():
    address = 0
    for letter in "FIfi":
        ADDRESS[letter] = address
        address += len(padded(letter)) * BITS[letter] // 8
    every = list(rows())
    in_table = [row for row in every if not row.traps()]
    print(";; SPDX-License-Identifier: Apache-2.0")
    print(";; Written by float_bits.py: every floating-point operator, of numbers and of vectors, on every pair of special values,")
    print(";; to the bit. Each digest is of all results of one operator, in the order of the values in memory, the last operand's fastest;")
    print(";; a vector has the values that follow in its other lanes, and a third operand is as far on as the other two together.\n")
    print("(module")
    print("  (memory 1)")
    for letter in "FIfi":
        print(data(letter))
    print("  (table funcref (elem")
    for row in in_table:
        print(f"    ${row.name}")
    print("  ))")
    print("  (func $fold (param v128) (result i64)")
    print("    (i64.xor (i64.mul (i64x2.extract_lane 0 (local.get 0)) (i64.const 0x9e3779b97f4a7c15))")
    print("      (i64x2.extract_lane 1 (local.get 0))))")
    for row in every:
        print(operator_function(row))
    for row in {digest(row): row for row in in_table}.values():
        print(digest_function(row))
    for index, row in enumerate(in_table):
        print(f'  (func (export "{row.name}") (result i64) (call {digest(row)} (i32.const {index})))')
    print('  (func (export "bits_of_f32") (param f32) (result i32) (i32.reinterpret_f32 (local.get 0)))')
    print('  (func (export "bits_of_f64") (param f64) (result i64) (i64.reinterpret_f64 (local.get 0)))')
    print(")\n")
    for row in in_table:
        h = 0
        for operands in all_operands(row):
            h = mix(h, result_as_i64(row, operands))
        print(f'(assert_return (invoke "{row.name}") (i64.const 0x{h:016x}))')
    for row in every:
        if not row.traps():
            continue
        print()
        for bits in SPECIAL[row.letter]:
            call = f'(invoke "{row.name}" {const(row.letter, bits)})'
            try:
                print(f"(assert_return {call} {const(row.result, compute(row, (bits,)))})")
            except Trap as trap:
                print(f'(assert_trap {call} "{trap}")')
    print("\n;; Decimal literals, rounded once.")
    for literal in LITERALS:
        for name, format in (("f32", F32), ("f64", F64)):
            bits = format.encode(False, Fraction(literal))
            if bits < format.infinity:
                letter = "f" if name == "f32" else "F"
                print(f'(assert_return (invoke "bits_of_{name}" ({name}.const {literal})) {const(letter, bits)})')


main()
