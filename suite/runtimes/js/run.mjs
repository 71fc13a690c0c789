// SPDX-License-Identifier: Apache-2.0
//
// Runs what `weft export` wrote on node: node run.mjs DIR [NAME…]. Each plan runs in a worker of its own, with a watchdog.
// Prints each failure and skip, and last the number of commands: "4084 passed, 0 failed, 0 skipped".
// Exit codes: 0 nothing failed, 1 something failed, 2 wrong usage, 3 no plan found.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { Worker } from 'node:worker_threads';

const kTimeout = 60_000; // milliseconds, for one plan

function plansBelow(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return plansBelow(path);
      return name.endsWith('.json') ? [path] : [];
    });
}

/// Runs one plan; its records are {line, verdict, message}, those of its threads among them.
function run(path) {
  return new Promise((resolve) => {
    const records = [];
    const worker = new Worker(new URL('plan.mjs', import.meta.url), { workerData: { path } });
    const end = (message) => {
      clearTimeout(watchdog);
      if (message !== undefined) records.push({ line: 0, verdict: 'failed', message });
      worker.terminate().then(() => resolve(records));
    };
    const watchdog = setTimeout(() => end(`still running after ${kTimeout / 1000} s`), kTimeout);
    worker.on('message', (message) => (message === 'end' ? end() : records.push(message)));
    worker.on('error', (error) => end(error.stack));
  });
}

const [folder, ...names] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-')) {
  console.error('usage: node run.mjs DIR [NAME…]');
  process.exit(2);
}
const name = (path) => relative(folder, path).replace(/\.json$/, '');
const wanted = (path) => names.length === 0 || names.some((one) => name(path) === one || name(path).startsWith(`${one}/`));
const plans = plansBelow(folder).filter(wanted);
if (plans.length === 0) {
  console.error(`run.mjs: no plan in ${folder}${names.length > 0 ? ' is called that' : ''}`);
  process.exit(3);
}

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const path of plans) {
  for (const { line, verdict, message } of await run(path)) {
    counts[verdict] += 1;
    if (verdict !== 'passed') console.log(`${name(path)}:${line}: ${verdict}: ${message}`);
  }
}
console.log(`${process.version} (V8 ${process.versions.v8})`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
