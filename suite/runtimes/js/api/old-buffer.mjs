// title:    a buffer from before a grow has the queues of the memory
// spec:     js-dom-memory-grow
// features: threads
// threads:  3
// needs:    wait

// SPDX-License-Identifier: Apache-2.0
export const roles = {
  wait32: ({ memory }, t) => t.cells(memory).wait32(16, 0, -1n),
  wait: ({ buffer }) => Atomics.wait(new Int32Array(buffer), 4, 0),
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true });
  const { buffer } = memory;
  t.equal(memory.grow(1), 1, 'grow');
  const inWasm = await t.start('wait32', { memory });
  await t.untilWoken(1, () => Atomics.notify(new Int32Array(buffer), 4, 1));
  t.equal(await inWasm.end, 0, 'a wait in WebAssembly, notified through the buffer from before');
  const inJs = await t.start('wait', { buffer });
  await t.untilWoken(1, () => t.cells(memory).notify(16, 1));
  t.equal(await inJs.end, 'ok', 'a wait through the buffer from before, notified in WebAssembly');
}
