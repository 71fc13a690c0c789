// title:    Atomics.notify wakes memory.atomic.wait32 and wait64
// spec:     exec-memory.atomic.waitn
// features: threads
// threads:  3
// needs:    wait timeout
// why:      WebKit #8060

// SPDX-License-Identifier: Apache-2.0
export const roles = {
  wait32: ({ memory }, t) => t.cells(memory).wait32(16, 0, -1n),
  wait64: ({ memory }, t) => t.cells(memory).wait64(32, 0n, -1n),
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const words = new Int32Array(memory.buffer);
  for (const [role, index] of [['wait32', 4], ['wait64', 8]]) {
    const waiters = await Promise.all([1, 2].map(() => t.start(role, { memory })));
    // An Int32Array has the queue of the cell's first word, whatever the width of the wait.
    await t.untilWoken(2, (most) => Atomics.notify(words, index, most));
    for (const { end } of waiters) t.equal(await end, 0, `what memory.atomic.${role} gives`);
    t.equal(Atomics.notify(words, index), 0, 'a notify after all have woken');
  }
  const cells = t.cells(memory);
  t.equal(cells.wait32(16, 1, -1n), 1, 'a wait for another value');
  t.equal(cells.wait32(16, 0, 1000n), 2, 'a wait that expires');
  t.equal(Atomics.wait(words, 4, 1), 'not-equal', 'the same by Atomics.wait');
  t.equal(Atomics.wait(words, 4, 0, 0), 'timed-out', 'the same by Atomics.wait');
}
