// title:    a shared memory is made with a maximum, and its buffer is a SharedArrayBuffer that is frozen
// spec:     js-dom-memory-memory
// features: threads
// threads:  1

// SPDX-License-Identifier: Apache-2.0
export default function (t) {
  t.throws(TypeError, () => new WebAssembly.Memory({ initial: 1, shared: true }), 'shared, without a maximum');
  t.throws(RangeError, () => new WebAssembly.Memory({ initial: 2, maximum: 1, shared: true }), 'a maximum below the minimum');
  t.throws(RangeError, () => new WebAssembly.Memory({ initial: 1, maximum: 65537, shared: true }), 'more than 4 GiB');

  const memory = new WebAssembly.Memory({ initial: 1, maximum: 3, shared: true });
  const { buffer } = memory;
  t.equal(Object.prototype.toString.call(buffer), '[object SharedArrayBuffer]', 'the buffer of a shared memory');
  t.holds(buffer instanceof SharedArrayBuffer, 'the buffer is a SharedArrayBuffer');
  t.equal(buffer.byteLength, 65536, 'its length');
  t.holds(Object.isFrozen(buffer), 'the buffer is frozen');
  t.equal(memory.buffer, buffer, 'the buffer, asked for again');
  t.holds(new Uint8Array(buffer).every((byte) => byte === 0), 'it is zero');
  t.equal(new WebAssembly.Memory({ initial: 0, maximum: 0, shared: true }).buffer.byteLength, 0, 'the length of an empty one');
  t.holds(new WebAssembly.Memory({ initial: 1 }).buffer instanceof ArrayBuffer, 'one that is not shared has an ArrayBuffer');
  t.holds(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: 0 }).buffer instanceof ArrayBuffer, 'shared: 0 is false');

  t.equal(t.cells(memory).size(), 1, 'the size that an instance sees');
  const unshared = new WebAssembly.Memory({ initial: 1, maximum: 3 });
  t.throws(WebAssembly.LinkError, () => t.cells(unshared), 'a memory that is not shared, for an import that is');
}
