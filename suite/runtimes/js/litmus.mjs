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

function work({ thread, memory, words }) {
  const loops = plan.layouts.map(({ parts }) => load(parts[thread].file, memory));
  for (let batch = 1; ; batch += 1) {
    while (Atomics.load(words, kBatch) < batch) waitWhile(words, kBatch, batch - 1);
    if (Atomics.load(words, kCells) === 0) return;
    const mode = plan.modes[Atomics.load(words, kMode)];
    execute(loops[mode.layout], mode, Atomics.load(words, kCells), batch);
    Atomics.add(words, kEnded, 1);
    Atomics.notify(words, kEnded);
  }
}

/// Counts sequences of words: a tree of maps, whose leaves are counts.
class Tally {
  root = new Map();

  /// `sources` are arrays of words, of `lengths` of them in each cell.
  add(sources, lengths, cells) {
    const words = lengths.flatMap((length, part) => Array.from({ length }, (_, word) => [sources[part], length, word]));
    const [last, lastLength, lastWord] = words.pop() ?? [[0], 0, 0];
    for (let cell = 0; cell < cells; cell += 1) {
      let map = this.root;
      for (const [source, length, word] of words) {
        const value = source[cell * length + word];
        let next = map.get(value);
        if (next === undefined) map.set(value, (next = new Map()));
        map = next;
      }
      const value = last[cell * lastLength + lastWord];
      map.set(value, (map.get(value) ?? 0) + 1);
    }
    this.depth = words.length;
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
    for (let ended; (ended = Atomics.load(words, kEnded)) < workers.length; ) waitWhile(words, kEnded, ended);
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
