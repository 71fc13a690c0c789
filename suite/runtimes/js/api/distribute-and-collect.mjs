// title:    a leader distributes work among workers that wait for it, and collects each result once
// spec:     exec-memory.atomic.waitn
// features: threads
// threads:  5
// needs:    wait

// SPDX-License-Identifier: Apache-2.0
const kItems = 500;
// Addresses: the next item, how many are to be had, how many are done, and the results.
const kNext = 0, kLimit = 4, kDone = 8, kResults = 64;

export const roles = {
  /// Takes items until there are no more: -1.
  worker({ memory }, t) {
    const cells = t.cells(memory);
    for (let taken = 0; ; taken += 1) {
      const item = cells.add(kNext, 1);
      for (let limit; (limit = cells.load(kLimit)) <= item; ) {
        if (limit < 0) return taken;
        cells.wait32(kLimit, limit, -1n);
      }
      cells.add(kResults + 4 * item, item * item);
      if (cells.add(kDone, 1) === kItems - 1) cells.notify(kDone, 1);
    }
  },
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const cells = t.cells(memory);
  const workers = await Promise.all([1, 2, 3, 4].map(() => t.start('worker', { memory })));
  for (let limit = 50; limit <= kItems; limit += 50) {
    cells.store(kLimit, limit);
    cells.notify(kLimit, -1);
  }
  for (let done; (done = cells.load(kDone)) < kItems; ) cells.wait32(kDone, done, -1n);
  cells.store(kLimit, -1);
  cells.notify(kLimit, -1);
  let sum = 0;
  for (const { end } of workers) sum += await end;
  t.equal(sum, kItems, 'items that workers say they did');
  let wrong = 0;
  for (let item = 0; item < kItems; item += 1) if (cells.load(kResults + 4 * item) !== item * item) wrong += 1;
  t.equal(wrong, 0, 'results that are missing, or came twice');
}
