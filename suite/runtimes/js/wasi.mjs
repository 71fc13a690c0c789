// SPDX-License-Identifier: Apache-2.0
//
// Runs a program of WASI preview 1, with wasi-threads or without, on node, deno or bun: node wasi.mjs MODULE [ARGUMENT…].
// As much of WASI as the programs of kernels/ ask for. Each thread is a worker, the first one too, so that the main
// thread can start others while all of them wait.
// Exit codes: the program's, 134 after a trap, 2 wrong usage, 3 MODULE cannot be read or linked.
import { readFileSync, writeSync } from 'node:fs';
import { parentPort, Worker, workerData } from 'node:worker_threads';

const kSuccess = 0, kBadDescriptor = 8;  // errno
const kMemoryImport = 2, kImportSection = 2;

/** Unwinds a thread that ends the program. */
class Exit extends Error {}

/** The limits of the memory that a module imports: JavaScript does not tell. Nothing when it imports none. */
function importedMemory(bytes) {
  let at = 8;  // behind magic and version
  const number = () => {
    let value = 0, shift = 0, byte;
    do {
      byte = bytes[at++];
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    return value;
  };
  const limits = () => {
    const flags = number(), initial = number();
    return { initial, maximum: flags & 1 ? number() : undefined, shared: (flags & 2) !== 0 };
  };
  while (at < bytes.length) {
    const id = number(), size = number(), end = at + size;
    if (id === kImportSection) {
      for (let left = number(); left > 0; --left) {
        for (let name = 0; name < 2; ++name) {
          const length = number();
          at += length;
        }
        const kind = number();
        if (kind === kMemoryImport) return limits();
        // A function's type, a table's type and limits, a global's type and mutability, a tag's attribute and type.
        if (kind === 1) number(), limits();
        else for (let more = kind === 0 ? 1 : 2; more > 0; --more) number();
      }
    }
    at = end;
  }
  return undefined;
}

/** What the module imports: of WASI. `memory` is a function, since an instance that has its own is made with this. */
function imports({ program, tell, ids, memory }) {
  const view = () => new DataView(memory().buffer);
  const strings = [program.file, ...program.words].map((word) => new TextEncoder().encode(`${word}\0`));
  const preview1 = {
    args_sizes_get(count, size) {
      view().setUint32(count, strings.length, true);
      view().setUint32(size, strings.reduce((sum, one) => sum + one.length, 0), true);
      return kSuccess;
    },
    args_get(pointers, text) {
      for (const one of strings) {
        view().setUint32(pointers, text, true);
        new Uint8Array(memory().buffer).set(one, text);
        pointers += 4;
        text += one.length;
      }
      return kSuccess;
    },
    clock_time_get(clock, _precision, result) {
      const kRealtime = 0;
      const now = clock === kRealtime ? BigInt(Date.now()) * 1_000_000n : process.hrtime.bigint();
      view().setBigUint64(result, now, true);
      return kSuccess;
    },
    fd_write(descriptor, vectors, count, written) {
      if (descriptor !== 1 && descriptor !== 2) return kBadDescriptor;
      let total = 0;
      for (; count > 0; --count, vectors += 8) {
        const begin = view().getUint32(vectors, true), size = view().getUint32(vectors + 4, true);
        const bytes = new Uint8Array(memory().buffer).slice(begin, begin + size);
        for (let done = 0; done < size;) done += writeSync(descriptor, bytes, done);
        total += size;
      }
      view().setUint32(written, total, true);
      return kSuccess;
    },
    proc_exit(status) {
      tell({ exit: status });
      throw new Exit();
    },
    sched_yield: () => kSuccess,
  };
  const threads = {
    'thread-spawn'(argument) {
      const id = Atomics.add(ids, 0, 1);
      tell({ spawn: { id, argument } });
      return id;
    },
  };
  return { wasi_snapshot_preview1: preview1, wasi: threads };
}

/** A worker: one thread of the program. */
function runThread({ program, ids, id, argument }) {
  const tell = (message) => parentPort.postMessage(message);
  try {
    const memory = () => program.memory ?? instance.exports.memory;
    const wasi = imports({ program, tell, ids, memory });
    const instance = new WebAssembly.Instance(program.module, { ...wasi, env: { memory: program.memory } });
    try {
      if (id === 0) {
        instance.exports._start();
        tell({ exit: 0 });
      } else {
        instance.exports.wasi_thread_start(id, argument);
      }
    } catch (error) {
      if (!(error instanceof Exit)) tell({ failed: String(error), exit: 134 });
    }
  } catch (error) {
    tell({ failed: String(error), exit: 3 });
  }
}

function stop(status, problem) {
  writeSync(2, `wasi.mjs: ${problem}\n`);
  process.exit(status);
}

/** The main thread: starts workers, and ends with the program. */
function runProgram(file, words) {
  const program = { file, words };
  try {
    const bytes = readFileSync(file);
    program.module = new WebAssembly.Module(bytes);
    const limits = importedMemory(bytes);
    if (limits !== undefined) program.memory = new WebAssembly.Memory(limits);
  } catch (error) {
    stop(3, `${file}: ${error.message}`);
  }
  const ids = new Int32Array(new SharedArrayBuffer(4));
  ids[0] = 1;  // the first thread's is 0, which no other has
  const start = (thread) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { program, ids, ...thread } });
    worker.on('error', (error) => stop(134, error.message));
    worker.on('message', ({ spawn, failed, exit }) => {
      if (spawn !== undefined) start(spawn);
      else if (failed !== undefined) stop(exit, failed);
      else process.exit(exit);
    });
  };
  start({ id: 0 });
}

if (parentPort !== null) {
  runThread(workerData);
} else {
  const [file, ...words] = process.argv.slice(2);
  if (file === undefined) stop(2, 'no MODULE\nusage: node wasi.mjs MODULE [ARGUMENT…]');
  runProgram(file, words);
}
