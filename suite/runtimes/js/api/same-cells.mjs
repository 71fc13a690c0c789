// title:    Atomics and WebAssembly update the same cells, and no update is lost
// spec:     exec-atomic.rmwn
// features: threads
// threads:  3

// SPDX-License-Identifier: Apache-2.0
const kTimes = 20000;

export const roles = {
  inWasm({ memory }, t) {
    t.cells(memory).count(0, kTimes);
  },
  inJs({ memory }) {
    const words = new Int32Array(memory.buffer);
    for (let i = 0; i < kTimes; i += 1) Atomics.add(words, 0, 1);
  },
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const words = new Int32Array(memory.buffer);
  const cells = t.cells(memory);
  const peers = await Promise.all(['inWasm', 'inJs'].map((role) => t.start(role, { memory })));
  await Promise.all(peers.map(({ end }) => end));
  t.equal(cells.load(0), 2 * kTimes, 'increments of two workers');

  t.equal(Atomics.exchange(words, 4, -1), 0, 'Atomics.exchange');
  t.equal(cells.add(16, 1), -1, 'i32.atomic.rmw.add');
  t.equal(Atomics.load(words, 4), 0, 'Atomics.load');
  t.equal(cells.add64(16, -1n), 0n, 'i64.atomic.rmw.add');
  t.equal(Atomics.compareExchange(new BigInt64Array(memory.buffer), 2, -1n, 5n), -1n, 'Atomics.compareExchange of an i64');
  t.equal(cells.cmpxchg8(16, 5, 0xff), 5, 'i32.atomic.rmw8.cmpxchg_u');
  t.equal(Atomics.load(new Int8Array(memory.buffer), 16), -1, 'Atomics.load of a byte');
}
