// title:    a memory that another worker has grown gives a longer buffer here, too
// spec:     js-dom-memory-buffer
// features: threads
// threads:  2
// why:      emnapi #217, wasm-util #7, dotnet #96545

// SPDX-License-Identifier: Apache-2.0
export const roles = {
  grower({ memory, how }, t) {
    return how === 'grow' ? memory.grow(1) : t.cells(memory).grow(1);
  },
};

export default async function (t) {
  for (const how of ['grow', 'memory.grow']) {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 4, shared: true });
    const before = memory.buffer;
    const cells = t.cells(memory);
    const { end } = await t.start('grower', { memory, how });
    t.equal(await end, 1, `${how} in another worker`);
    t.equal(cells.size(), 2, 'memory.size here');
    t.equal(memory.buffer.byteLength, 131072, `the length here, after ${how} there`);
    t.equal(before.byteLength, 65536, 'the length of the buffer from before');
    t.equal(memory.grow(1), 2, 'grow here');
    Atomics.store(new Int32Array(memory.buffer), 16384, 5);
    t.equal(cells.load(65536), 5, 'a cell in the page that came');
  }
}
