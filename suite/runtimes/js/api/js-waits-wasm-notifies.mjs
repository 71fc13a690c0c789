// title:    memory.atomic.notify wakes Atomics.wait
// spec:     exec-memory.atomic.notify
// features: threads
// threads:  4
// needs:    wait
// why:      WebKit #8060

// SPDX-License-Identifier: Apache-2.0
export const roles = {
  waiter: ({ memory }) => Atomics.wait(new Int32Array(memory.buffer), 4, 0),
  waiter64: ({ memory }) => Atomics.wait(new BigInt64Array(memory.buffer), 4, 0n),
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const cells = t.cells(memory);
  t.equal(cells.notify(16, -1), 0, 'a notify without waiters');
  for (const [role, address] of [['waiter', 16], ['waiter64', 32]]) {
    const waiters = await Promise.all([1, 2, 3].map(() => t.start(role, { memory })));
    let most = 0;
    await t.untilWoken(3, () => {
      const woken = cells.notify(address, 1);
      most = Math.max(most, woken);
      return woken;
    });
    t.equal(most, 1, `a notify of one, of ${role}`);
    for (const { end } of waiters) t.equal(await end, 'ok', `what Atomics.wait gives a ${role}`);
    t.equal(cells.notify(address, -1), 0, 'a notify after all have woken');
  }
}
