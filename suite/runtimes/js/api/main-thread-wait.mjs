// title:    where the main thread may not block, Atomics.wait throws and memory.atomic.wait traps; notify is allowed
// spec:     exec-memory.atomic.waitn
// features: threads
// threads:  2
// needs:    wait timeout
// why:      threads #174, threads #254

// SPDX-License-Identifier: Apache-2.0
export const main = true;

export const roles = {
  wait32: ({ memory }, t) => t.cells(memory).wait32(16, 0, -1n),
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const words = new Int32Array(memory.buffer);
  const cells = t.cells(memory);
  const mayBlock = globalThis.window?.document === undefined; // HTML: the agent of a window has [[CanBlock]] false
  if (mayBlock) {
    t.equal(Atomics.wait(words, 4, 0, 0), 'timed-out', 'Atomics.wait');
    t.equal(cells.wait32(16, 0, 0n), 2, 'memory.atomic.wait32');
    t.equal(cells.wait32(16, 1, 0n), 1, 'memory.atomic.wait32 for another value');
  } else {
    t.throws(TypeError, () => Atomics.wait(words, 4, 0, 0), 'Atomics.wait');
    t.throws(WebAssembly.RuntimeError, () => cells.wait32(16, 0, 0n), 'memory.atomic.wait32');
    t.throws(WebAssembly.RuntimeError, () => cells.wait32(16, 1, 0n), 'memory.atomic.wait32 for another value');
    t.throws(WebAssembly.RuntimeError, () => cells.wait64(16, 0n, 0n), 'memory.atomic.wait64');
  }
  const { end } = await t.start('wait32', { memory });
  await t.untilWoken(1, () => cells.notify(16, 1));
  t.equal(await end, 0, 'a wait in a worker, notified from here');
}
