// SPDX-License-Identifier: Apache-2.0
//
// The host module `spectest` that scripts may import from.
const nothing = () => {};

export const spectest = {
  print: nothing,
  print_i32: nothing,
  print_i64: nothing,
  print_f32: nothing,
  print_f64: nothing,
  print_i32_f32: nothing,
  print_f64_f64: nothing,
  global_i32: new WebAssembly.Global({ value: 'i32' }, 666),
  global_i64: new WebAssembly.Global({ value: 'i64' }, 666n),
  global_f32: new WebAssembly.Global({ value: 'f32' }, 666.6),
  global_f64: new WebAssembly.Global({ value: 'f64' }, 666.6),
  table: new WebAssembly.Table({ element: 'anyfunc', initial: 10, maximum: 20 }),
  memory: new WebAssembly.Memory({ initial: 1, maximum: 2 }),
  shared_memory: new WebAssembly.Memory({ initial: 1, maximum: 2, shared: true }),
};
