// SPDX-License-Identifier: Apache-2.0
//
// The constants of a plan as JavaScript values, and what a result must be. A float's NaN bits and vectors do not survive
// the way through JavaScript: what needs them throws Unsupported.
export class Unsupported extends Error {}

const kBuffer = new DataView(new ArrayBuffer(8));
const kExterns = new Map();
const kNumbers = new Map();

/// External reference number n: always the same object.
function extern(n) {
  if (!kExterns.has(n)) {
    kExterns.set(n, { extern: n });
    kNumbers.set(kExterns.get(n), n);
  }
  return kExterns.get(n);
}

function float(type, bits) {
  kBuffer.setBigUint64(0, BigInt(bits), true);
  return type === 'f32' ? kBuffer.getFloat32(0, true) : kBuffer.getFloat64(0, true);
}

export function toValue({ type, value }) {
  switch (type) {
    case 'i32':
      return Number(BigInt.asIntN(32, BigInt(value)));
    case 'i64':
      return BigInt.asIntN(64, BigInt(value));
    case 'f32':
    case 'f64': {
      const result = float(type, value);
      if (Number.isNaN(result)) throw new Unsupported('JavaScript does not keep the bits of a NaN');
      return result;
    }
    case 'externref':
      return value === 'null' ? null : extern(value);
    case 'funcref':
      if (value === 'null') return null;
    // falls through
    default:
      throw new Unsupported(`JavaScript cannot pass a ${type}`);
  }
}

export function matches(actual, expected) {
  const { type, value } = expected;
  switch (type) {
    case 'either':
      return expected.values.some((one) => matches(actual, one));
    case 'refnull':
      return actual === null;
    case 'funcref':
      return value === 'null' ? actual === null : typeof actual === 'function';
    case 'externref':
      if (value === undefined) return actual !== null;
      return value === 'null' ? actual === null : kNumbers.get(actual) === value;
    case 'f32':
    case 'f64':
      if (value.startsWith('nan:') || Number.isNaN(float(type, value))) return Number.isNaN(actual);
      return Object.is(actual, float(type, value));
    case 'i32':
    case 'i64':
      return actual === toValue(expected);
    default:
      throw new Unsupported(`JavaScript cannot take a ${type}`);
  }
}

export function describe(value) {
  if (Array.isArray(value)) return value.map(describe).join(' ') || 'no result';
  if (value !== null && typeof value === 'object' && 'type' in value)
    return value.type === 'either' ? `either ${describe(value.values)}` : `${value.type}:${value.value ?? 'any'}`;
  return typeof value === 'bigint' ? `${value}n` : String(value);
}
