// SPDX-License-Identifier: Apache-2.0
//
// Runs the plans, and the tests of the JavaScript API, that `weft export` wrote on node, deno or bun: node run.mjs DIR
// [NAME…]. Prints each failure and skip, and last the number of commands: "4084 passed, 0 failed, 0 skipped".
// Exit codes: 0 nothing failed, 1 something did, 2 wrong usage, 3 no test found, or DIR cannot be read.
import { readdirSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

import { count, describe, load, run, summary } from './lead.mjs';
import * as host from './node.mjs';

const kTimeout = 60_000; // milliseconds, for one test

function testsBelow(folder) {
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      if (statSync(path).isDirectory()) return testsBelow(path);
      return /\.(json|mjs)$/.test(name) ? [path] : [];
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
const name = (path) => relative(folder, path).replace(/\.\w+$/, '');
const wanted = (path) => names.length === 0 || names.some((one) => name(path) === one || name(path).startsWith(`${one}/`));
const tests = readOrStop(() => testsBelow(folder)).filter(wanted);
if (tests.length === 0) stop(3, `no test in ${folder}${names.length > 0 ? ' is called that' : ''}`);

const root = pathToFileURL(`${resolve(folder)}/`).href;
const all = [];
for (const path of tests) {
  const { records } = await run(host, await load(host, root, relative(folder, path)), kTimeout);
  for (const line of describe(name(path), records)) console.log(line);
  all.push(...records);
}
const { bun, deno, node, v8, webkit } = process.versions;
if (bun !== undefined) console.log(`bun ${bun} (JavaScriptCore ${webkit})`);
else console.log(`${deno === undefined ? `node ${node}` : `deno ${deno}`} (V8 ${v8})`);
const counts = count(all);
console.log(summary(counts));
process.exit(counts.failed > 0 ? 1 : 0);
