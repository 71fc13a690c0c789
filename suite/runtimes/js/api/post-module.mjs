// title:    a module that is posted to a worker can be instantiated there
// spec:     js-dom-module-module
// features: threads
// threads:  3

// SPDX-License-Identifier: Apache-2.0
export const roles = {
  adder({ module, memory }) {
    const { exports } = new WebAssembly.Instance(module, { host: { memory } });
    return { is: module instanceof WebAssembly.Module, exports: WebAssembly.Module.exports(module), old: exports.add(0, 1) };
  },
};

export default async function (t) {
  const { module } = t;
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
  const peers = await Promise.all([t.start('adder', { module, memory }), t.start('adder', { module, memory })]);
  const came = await Promise.all(peers.map(({ end }) => end));
  for (const one of came) {
    t.holds(one.is, 'it is a module there');
    t.equal(JSON.stringify(one.exports), JSON.stringify(WebAssembly.Module.exports(module)), 'its exports there');
  }
  t.equal(came.map(({ old }) => old).sort().join(), '0,1', 'each instance added to the same memory');
  t.equal(t.cells(memory).load(0), 2, 'the sum');
}
