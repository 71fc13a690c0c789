// title:    a trap in one worker is an exception there, and leaves the memory and the others as they are
// spec:     exec-atomic.store
// features: threads
// threads:  3
// needs:    wait
// why:      threads #70

// SPDX-License-Identifier: Apache-2.0
export const roles = {
  trapping({ memory }, t) {
    const cells = t.cells(memory);
    let name = 'nothing';
    try {
      cells.trap(-1);
    } catch (error) {
      name = error instanceof WebAssembly.RuntimeError ? 'WebAssembly.RuntimeError' : String(error);
    }
    return { name, stored: cells.add(16, 1) };
  },
  waiting: ({ memory }, t) => t.cells(memory).wait32(32, 0, -1n),
};

export default async function (t) {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const waiting = await t.start('waiting', { memory });
  const { name, stored } = await (await t.start('trapping', { memory })).end;
  t.equal(name, 'WebAssembly.RuntimeError', 'a misaligned store');
  t.equal(stored, 0, 'the instance that has trapped can be called again');
  const cells = t.cells(memory);
  t.equal(cells.load(0), 0, 'the cell that the store missed');
  t.equal(cells.load(16), 1, 'what the worker stored after its trap');
  await t.untilWoken(1, () => cells.notify(32, 1));
  t.equal(await waiting.end, 0, 'another worker still waits');
}
