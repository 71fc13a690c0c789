// SPDX-License-Identifier: Apache-2.0
//
// Runs a litmus test on node, in place: node litmus.mjs DIR, where DIR/plan.json and the stress modules are what
// suite/stress/node.cpp writes. The first thread of the test is this one, each other a worker. Prints "running" now and
// then, and last one line of JSON: "seconds", and "counts", how many iterations wrote down which bytes, in hexadecimal.
// A failure ends the process with what it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

// Words in which the threads tell each other what to do.
const kBatch = 0, kMode = 1, kCells = 2, kEnded = 3;

const kIterations = 8192; // more than a batch has

const folder = isMainThread ? process.argv[2] : workerData.folder;
const plan = JSON.parse(readFileSync(join(folder, 'plan.json'), 'utf8'));

/// Until the word is not the value any more. Looks often before it sleeps: who has just woken up comes too late to meet
/// the other threads in the same cells.
function waitWhile(words, index, value) {
  for (let spins = 0; spins < 100_000; spins += 1) if (Atomics.load(words, index) !== value) return;
  Atomics.wait(words, index, value);
}

/// The loop of a module.
function load(file, memory) {
  const module = new WebAssembly.Module(readFileSync(join(folder, file)));
  return new WebAssembly.Instance(module, { mem: { memory } }).exports.loop;
}

/// A part in all cells of a batch.
function execute(loop, mode, cells, batch) {
  const stride = Math.min(mode.stride, cells);
  let together = mode.together ? batch * kIterations : 0;
  for (let first = 0; first < stride; first += 1) {
    const count = Math.ceil((cells - first) / stride);
    loop(first, count, stride, first === 0 ? batch : 0, together);
    if (together !== 0) together += count;
  }
}

/// A worker has done its part: at first, to get ready.
function tellEnd(words) {
  Atomics.add(words, kEnded, 1);
  Atomics.notify(words, kEnded);
}

function waitForAll(words, workers) {
  for (let ended; (ended = Atomics.load(words, kEnded)) < workers.length; ) waitWhile(words, kEnded, ended);
}

function work({ thread, memory, words }) {
  const loops = plan.layouts.map(({ parts }) => load(parts[thread].file, memory));
  tellEnd(words);
  for (let batch = 1; ; batch += 1) {
    while (Atomics.load(words, kBatch) < batch) waitWhile(words, kBatch, batch - 1);
    if (Atomics.load(words, kCells) === 0) return;
    const mode = plan.modes[Atomics.load(words, kMode)];
    execute(loops[mode.layout], mode, Atomics.load(words, kCells), batch);
    tellEnd(words);
  }
}

/// Whether a cell's words are those of the cell before.
function isAsBefore(sources, lengths, cell) {
  for (let part = 0; part < sources.length; part += 1) {
    const source = sources[part], length = lengths[part], end = (cell + 1) * length;
    for (let at = cell * length; at < end; at += 1) if (source[at] !== source[at - length]) return false;
  }
  return true;
}

/// Counts sequences of words: a tree of maps, whose leaves are counts.
class Tally {
  root = new Map();

  /// `sources` are arrays of words, of `lengths` of them in each cell. Mostly they are the same as in the cell before.
  add(sources, lengths, cells) {
    this.depth = lengths.reduce((sum, length) => sum + length, 0) - 1;
    for (let cell = 0, first = 0; cell < cells; first = cell) {
      do cell += 1;
      while (cell < cells && isAsBefore(sources, lengths, cell));
      this.count(sources, lengths, first, cell - first);
    }
  }

  count(sources, lengths, cell, count) {
    let map = this.root, left = this.depth;
    for (let part = 0; part < sources.length; part += 1) {
      const source = sources[part], length = lengths[part], end = (cell + 1) * length;
      for (let at = cell * length; at < end; at += 1, left -= 1) {
        const word = source[at];
        if (left === 0) return void map.set(word, (map.get(word) ?? 0) + count);
        let next = map.get(word);
        if (next === undefined) map.set(word, (next = new Map()));
        map = next;
      }
    }
    map.set(0, (map.get(0) ?? 0) + count); // there are no words
  }

  /// Bytes as hexadecimal digits, to the count.
  counts(map = this.root, depth = this.depth, digits = '', all = {}) {
    for (const [value, below] of map) {
      const bytes = Buffer.alloc(4);
      bytes.writeInt32LE(value);
      const more = digits + bytes.toString('hex');
      if (depth > 0) this.counts(below, depth - 1, more, all);
      else all[more] = below;
    }
    return all;
  }
}

function lead() {
  const memory = new WebAssembly.Memory({ initial: plan.pages, maximum: plan.pages, shared: true });
  const words = new Int32Array(new SharedArrayBuffer(16));
  const workers = [];
  for (let thread = 1; thread < plan.threads; thread += 1)
    workers.push(new Worker(new URL(import.meta.url), { workerData: { folder, thread, memory, words } }));
  const layouts = plan.layouts.map(({ parts, reset }) => ({
    reset: load(reset, memory),
    loops: parts.map(({ file }) => load(file, memory)),
    records: parts.map(({ out }) => new Int32Array(memory.buffer, out)),
  }));
  const { parts } = plan.layouts[0];
  const lengths = parts.map(({ record }) => record / 4);
  const others = parts.flatMap((part, number) => (part.thread ? [] : [number]));
  const [before, after] = plan.before ? [others[0], others[1]] : [undefined, others[0]];

  const tally = new Tally();
  waitForAll(words, workers);
  let said = Date.now();
  const start = process.hrtime.bigint();
  for (let batch = 1, done = 0; ; batch += 1) {
    const number = batch % plan.modes.length;
    const mode = plan.modes[number];
    const { reset, loops, records } = layouts[mode.layout];
    const cells = Math.min(mode.cells, plan.iterations - done);
    Atomics.store(words, kMode, number);
    Atomics.store(words, kCells, cells);
    if (cells > 0) {
      execute(reset, mode, cells, 0);
      if (before !== undefined) execute(loops[before], mode, cells, 0);
    }
    Atomics.store(words, kEnded, 0);
    Atomics.store(words, kBatch, batch);
    Atomics.notify(words, kBatch);
    if (cells === 0) break;
    execute(loops[0], mode, cells, batch);
    waitForAll(words, workers);
    if (after !== undefined) execute(loops[after], mode, cells, 0);
    const sizes = lengths.map((length) => length * cells);
    tally.add(records.map((record, part) => record.subarray(0, sizes[part])), lengths, cells);
    done += cells;
    if (Date.now() - said > 500) {
      said = Date.now();
      console.log('running');
    }
  }
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  console.log(JSON.stringify({ seconds, counts: tally.counts() }));
}

if (isMainThread) lead();
else work(workerData);
