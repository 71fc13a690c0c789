// title:    memory.atomic.notify in a worker wakes Atomics.waitAsync in the main thread
// spec:     exec-memory.atomic.notify
// features: threads
// threads:  2
// needs:    wait

// SPDX-License-Identifier: Apache-2.0
export const main = true;

export const roles = {
  async notifier({ memory }, t) {
    await t.untilWoken(1, () => t.cells(memory).notify(16, 1));
  },
};

export default async function (t) {
  if (Atomics.waitAsync === undefined) return t.unsupported('there is no Atomics.waitAsync');
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const words = new Int32Array(memory.buffer);
  const { async: isLater, value } = Atomics.waitAsync(words, 4, 0);
  t.holds(isLater, 'the wait is for later');
  const { end } = await t.start('notifier', { memory });
  t.equal(await value, 'ok', 'what the wait gives');
  await end;
  t.equal(Atomics.waitAsync(words, 4, 1).value, 'not-equal', 'a wait for another value');
  return undefined;
}
