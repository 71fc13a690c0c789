// SPDX-License-Identifier: Apache-2.0
//
// node differential.mjs LOG MODULE…: runs random modules of `wasm-opt -ttf`. For each a line of JSON: of every export
// without parameters its name, whether it returned or trapped, and the hash of all that it logged until then.
import {readFileSync} from 'node:fs';

const [, , log, ...modules] = process.argv;
const logModule = new WebAssembly.Module(readFileSync(log));

/** What an export does, in the words of the script. Nothing: it can't be called from JavaScript, or where it ends is
 * the machine's affair. */
function outcome(call) {
  try {
    call();
    return 'returned';
  } catch (error) {
    return error instanceof WebAssembly.RuntimeError ? 'trapped' : undefined;
  }
}

function run(file) {
  const {exports: logged} = new WebAssembly.Instance(logModule);
  let instance;
  const calls = [];
  const started = outcome(() => {
    instance = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {'fuzzing-support': logged});
  });
  if (instance) {
    for (const [name, value] of Object.entries(instance.exports)) {
      if (typeof value !== 'function' || value.length !== 0) continue;
      const ended = outcome(value);
      if (!ended) break;
      calls.push({name, ended, hash: logged.hash().toString()});
    }
  }
  return {file, started, calls};
}

for (const file of modules) console.log(JSON.stringify(run(file)));
