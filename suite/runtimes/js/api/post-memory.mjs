// title:    a shared memory that is posted to a worker is the same memory there
// spec:     js-dom-memory-memory
// features: threads
// threads:  3
// why:      emscripten #27118

// SPDX-License-Identifier: Apache-2.0
export const roles = {
  async reader({ memory, again }, t) {
    const is = { memory: memory instanceof WebAssembly.Memory, shared: memory.buffer instanceof SharedArrayBuffer };
    t.cells(memory).store(4, t.cells(memory).load(0) + 1);
    // A worker may pass it on.
    if (again) await (await t.start('reader', { memory, again: false })).end;
    return { ...is, length: memory.buffer.byteLength, value: Atomics.load(new Int32Array(memory.buffer), 1), memory };
  },
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 3, shared: true });
  Atomics.store(new Int32Array(memory.buffer), 0, 41);
  const came = await (await t.start('reader', { memory, again: true })).end;
  t.holds(came.memory instanceof WebAssembly.Memory, 'a memory comes back');
  t.equal(came.shared, true, 'its buffer there is a SharedArrayBuffer');
  t.equal(came.length, 131072, 'its length there');
  t.equal(came.value, 42, 'what was stored there');
  t.equal(Atomics.load(new Int32Array(memory.buffer), 1), 42, 'the same here');
  t.equal(Atomics.load(new Int32Array(came.memory.buffer), 1), 42, 'the same in what came back');
  t.equal(came.memory.grow(1), 2, 'grow of what came back');
  t.equal(t.cells(memory).size(), 3, 'the size of the first one then');

  const unshared = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  t.throws(Error, () => structuredClone(unshared), 'a memory that is not shared cannot be cloned');
}
