// title:    a buffer from before a grow keeps its length, and shares its bytes with the new one
// spec:     js-dom-memory-grow
// features: threads
// threads:  1
// why:      threads #248

// SPDX-License-Identifier: Apache-2.0
export default function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
  const first = memory.buffer;
  t.equal(memory.grow(1), 1, 'grow gives the size before');
  const second = memory.buffer;
  t.holds(second !== first, 'there is another buffer after grow');
  t.equal(first.byteLength, 65536, 'the length of the buffer from before');
  t.equal(second.byteLength, 131072, 'the length of the buffer from after');
  t.holds(Object.isFrozen(second), 'the buffer from after is frozen');

  const cells = t.cells(memory);
  t.equal(cells.grow(1), 2, 'memory.grow gives the size before');
  t.equal(memory.buffer.byteLength, 196608, 'the length after memory.grow');
  cells.store(16, 7);
  for (const buffer of [first, second, memory.buffer]) t.equal(Atomics.load(new Int32Array(buffer), 4), 7, 'a byte through each of them');
  Atomics.store(new Int32Array(first), 5, 8);
  t.equal(cells.load(20), 8, 'what was stored through the oldest');

  t.throws(RangeError, () => memory.grow(2), 'beyond the maximum');
  t.equal(cells.grow(2), -1, 'memory.grow beyond the maximum');
  t.equal(memory.buffer.byteLength, 196608, 'the length after a grow that failed');
}
