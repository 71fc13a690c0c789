// SPDX-License-Identifier: Apache-2.0
//
// Runs tests, as the main thread of a process or page does: each in a worker of its own, under a watchdog.
import { runApi } from './api.mjs';

/// Reads a test: a plan with its modules, or a test of the JavaScript API with its module. `folder` is a URL, or what
/// else `import` takes, with a slash behind it, `file` a path below it; `host` reads.
export async function load(host, folder, file) {
  const url = `${folder}${file}`;
  const near = async (name) => [name, await host.read(url.replace(/[^/]*$/, name))];
  if (file.endsWith('.mjs')) {
    const { main = false } = await import(url);
    return { kind: 'api', main, url, files: new Map([await near('cells.wasm')]) };
  }
  const { features = [], commands } = JSON.parse(await host.readText(url));
  const names = (list) => list.flatMap((command) => [command.filename ?? [], names(command.commands ?? [])].flat());
  return { kind: 'plan', features, commands, files: new Map(await Promise.all(names(commands).map(near))) };
}

/// Runs a test that load() has read. Gives its `records`, {line, verdict, message}, those of its threads among them, and
/// whether it `isLate`: still running after `timeout` milliseconds, and stopped.
export function run(host, test, timeout) {
  return new Promise((resolve) => {
    const records = [];
    let peer;
    const tell = (record) => records.push(record);
    const end = async (isLate) => {
      clearTimeout(watchdog);
      await peer?.end();
      resolve({ records, isLate });
    };
    const fail = (what, isLate = false) => {
      tell({ line: 0, verdict: 'failed', message: String(what) });
      return end(isLate);
    };
    const watchdog = setTimeout(() => fail(`still running after ${timeout / 1000} s`, true), timeout);
    const begin = (worker) => {
      peer = worker;
      peer.onError = (error) => fail(error);
      peer.onMessage = (message) => ('end' in message ? end(false) : tell(message));
      peer.post(test);
    };
    if (test.main) runApi(test, { ...host, tell }).then(() => end(false), fail);
    else host.start().then(begin, fail);
  });
}

/// How many records there are of each verdict.
export function count(records) {
  const counts = { passed: 0, failed: 0, skipped: 0, warned: 0 };
  for (const { verdict } of records) counts[verdict] += 1;
  return counts;
}

/// What did not pass, a line for each: "notify/count-zero:12: failed: …".
export function describe(name, records) {
  const told = records.filter(({ verdict }) => verdict !== 'passed');
  return told.map(({ line, verdict, message }) => `${name}:${line}: ${verdict}: ${message.replaceAll('\n', ' ')}`);
}

/// "4084 passed, 0 failed, 0 skipped", and "7 warned" where some were.
export function summary({ passed, failed, skipped, warned }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped${warned > 0 ? `, ${warned} warned` : ''}`;
}
