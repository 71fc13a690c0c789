// SPDX-License-Identifier: Apache-2.0
//
// Runs what `weft export` wrote on node: node run.mjs [--expect FILE] DIR [NAME…]. Each plan runs in a worker of its own,
// with a watchdog. Prints each failure and skip, and last the number of commands: "4084 passed, 0 failed, 0 skipped".
// FILE lists the failures to expect, as "NAME:LINE: reason"; they are counted apart, and one that passes is a failure.
// Exit codes: 0 nothing failed that was not expected, 1 something did, 2 wrong usage, 3 no plan found, or FILE or DIR
// cannot be read.
import { readFileSync, readdirSync, statSync } from 'node:fs';
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
      if (message !== undefined) records.push({ line: 0, verdict: 'failed', message });
      worker.terminate().then(() => resolve(records));
    };
    const watchdog = setTimeout(() => end(`still running after ${kTimeout / 1000} s`), kTimeout);
    worker.on('message', (message) => (message === 'end' ? end() : records.push(message)));
    worker.on('error', (error) => end(error.stack));
  });
}

/// The failures that FILE lists: "NAME:LINE" to the reason.
function readExpectations(file) {
  const expectations = new Map();
  for (const [index, text] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (text === '' || text.startsWith('#')) continue;
    const entry = /^(\S+:\d+): (\S.*)$/.exec(text);
    if (entry === null) usage(`${file}:${index + 1}: not of the form NAME:LINE: reason`);
    expectations.set(entry[1], entry[2]);
  }
  return expectations;
}

function stop(status, problem) {
  console.error(`run.mjs: ${problem}`);
  process.exit(status);
}

function usage(problem) {
  stop(2, `${problem}\nusage: node run.mjs [--expect FILE] DIR [NAME…]`);
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
    return parseArgs({ options: { expect: { type: 'string' } }, allowPositionals: true });
  } catch (error) {
    return usage(error.message);
  }
}

const { values, positionals } = parse();
const [folder, ...names] = positionals;
if (folder === undefined) usage('no DIR');
const expectations = values.expect === undefined ? new Map() : readOrStop(() => readExpectations(values.expect));
const name = (path) => relative(folder, path).replace(/\.json$/, '');
const wanted = (path) => names.length === 0 || names.some((one) => name(path) === one || name(path).startsWith(`${one}/`));
const plans = readOrStop(() => plansBelow(folder)).filter(wanted);
if (plans.length === 0) stop(3, `no plan in ${folder}${names.length > 0 ? ' is called that' : ''}`);

const counts = { passed: 0, failed: 0, skipped: 0, expected: 0 };
const failed = new Set();
for (const path of plans) {
  for (const { line, verdict, message } of await run(path)) {
    const place = `${name(path)}:${line}`;
    if (verdict === 'failed') failed.add(place);
    const reason = verdict === 'failed' ? expectations.get(place) : undefined;
    counts[reason === undefined ? verdict : 'expected'] += 1;
    if (reason !== undefined) console.log(`${place}: failed as expected: ${reason}`);
    else if (verdict !== 'passed') console.log(`${place}: ${verdict}: ${message}`);
  }
}
for (const place of expectations.keys()) {
  const ran = names.length === 0 || plans.some((path) => place.startsWith(`${name(path)}:`));
  if (!ran || failed.has(place)) continue;
  counts.failed += 1;
  console.log(`${place}: failed: this was expected to fail, and did not`);
}
console.log(`${process.version} (V8 ${process.versions.v8})`);
const asExpected = values.expect === undefined ? '' : `, ${counts.expected} failed as expected`;
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${asExpected}`);
process.exit(counts.failed > 0 ? 1 : 0);
