// SPDX-License-Identifier: Apache-2.0
//
// Runs the plans that `weft export` wrote on node, deno or bun: node run.mjs DIR [NAME…]. Each plan runs in a worker of its
// own, with a watchdog. Prints each failure and skip, and last the number of commands: "4084 passed, 0 failed, 0 skipped".
// Exit codes: 0 nothing failed, 1 something did, 2 wrong usage, 3 no plan found, or DIR cannot be read.
import { readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
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
      if (message === undefined) return resolve(records); // its threads have ended
      records.push({ line: 0, verdict: 'failed', message });
      return worker.terminate().then(() => resolve(records));
    };
    const watchdog = setTimeout(() => end(`still running after ${kTimeout / 1000} s`), kTimeout);
    worker.on('message', (message) => (message === 'end' ? end() : records.push(message)));
    worker.on('error', (error) => end(error.stack));
  });
}

function stop(status, problem) {
  console.error(`run.mjs: ${problem}`);
  process.exit(status);
}

function usage(problem) {
  stop(2, `${problem}\nusage: node run.mjs DIR [NAME…]`);
}

/// What reading gives; a file or folder that cannot be read is named, and ends us.
function readOrStop(read) {
  try {
    return read();
  } catch (error) {
    return stop(3, error.message);
  }
}

function parse() {
  try {
    return parseArgs({ allowPositionals: true });
  } catch (error) {
    return usage(error.message);
  }
}

const { positionals } = parse();
const [folder, ...names] = positionals;
if (folder === undefined) usage('no DIR');
const name = (path) => relative(folder, path).replace(/\.json$/, '');
const wanted = (path) => names.length === 0 || names.some((one) => name(path) === one || name(path).startsWith(`${one}/`));
const plans = readOrStop(() => plansBelow(folder)).filter(wanted);
if (plans.length === 0) stop(3, `no plan in ${folder}${names.length > 0 ? ' is called that' : ''}`);

const counts = { passed: 0, failed: 0, skipped: 0 };
for (const path of plans) {
  for (const { line, verdict, message } of await run(path)) {
    counts[verdict] += 1;
    if (verdict !== 'passed') console.log(`${name(path)}:${line}: ${verdict}: ${message}`);
  }
}
const { bun, deno, node, v8, webkit } = process.versions;
if (bun !== undefined) console.log(`bun ${bun} (JavaScriptCore ${webkit})`);
else console.log(`${deno === undefined ? `node ${node}` : `deno ${deno}`} (V8 ${v8})`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed > 0 ? 1 : 0);
