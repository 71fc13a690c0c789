// SPDX-License-Identifier: Apache-2.0
//
// Runs the tests of api/: what scripts have no words for. Each is a module. Its default function is called with a `Test`,
// in a worker, or, where it exports `main`, in the main thread. Its `roles` are functions that other workers call.

/// What a test, and each role in it, is called with.
class Test {
  constructor({ url, files }, host) {
    this.url = url;
    this.files = files;
    this.host = host;
    this.peers = [];
  }

  /// The module cells.wat, and its exports for a memory that is shared.
  get module() {
    return new WebAssembly.Module(this.files.get('cells.wasm'));
  }
  cells(memory) {
    return new WebAssembly.Instance(this.module, { host: { memory } }).exports;
  }

  /// What is asked: each is a command, told with its line in the test.
  holds(condition, what) {
    this.tell(condition ? 'passed' : 'failed', what);
  }
  equal(actual, expected, what) {
    if (Object.is(actual, expected)) this.tell('passed');
    else this.tell('failed', `${what}: expected ${expected}, got ${actual}`);
  }
  throws(kind, action, what) {
    let result;
    try {
      result = action();
    } catch (error) {
      if (error instanceof kind) this.tell('passed');
      else this.tell('failed', `${what}: expected ${kind.name}, got ${error}`);
      return;
    }
    this.tell('failed', `${what}: expected ${kind.name}, got ${result}`);
  }
  unsupported(why) {
    this.tell('skipped', why);
  }

  /// Calls a role in a worker of its own. Gives a promise of what the role gives.
  async start(role, data) {
    const peer = await this.host.start();
    this.peers.push(peer);
    const end = new Promise((resolve, reject) => {
      peer.onMessage = (message) => ('end' in message ? resolve(message.end) : this.host.tell(message));
      peer.onError = reject;
    });
    peer.post({ kind: 'role', url: this.url, files: this.files, role, data });
    return { end }; // in an object: a promise that is given by an async function would be waited for
  }

  /// Calls `notify(most)`, which says how many it has woken, until it has woken so many.
  async untilWoken(count, notify) {
    for (let woken = 0; woken < count; ) {
      woken += notify(count - woken);
      await this.turn();
    }
  }
  /// Until `condition()`; other workers make it true.
  async until(condition) {
    while (!condition()) await this.turn();
  }
  /// Lets what has come from other workers be heard.
  turn() {
    return new Promise((resolve) => setTimeout(resolve));
  }

  tell(verdict, message) {
    const file = this.url.slice(this.url.lastIndexOf('/')); // stacks have URLs or paths, as the engine likes
    const place = new Error().stack.split('\n').find((line) => line.includes(`${file}:`)) ?? '';
    const line = Number(/:(\d+):\d+\)?$/.exec(place)?.[1] ?? 0);
    this.host.tell({ line, verdict, message });
  }
}

/// Runs a test.
export async function runApi(job, host) {
  const test = new Test(job, host);
  try {
    await (await import(job.url)).default(test);
  } finally {
    await Promise.all(test.peers.map((peer) => peer.end()));
  }
}

/// Plays a role in a test, and gives what it gives.
export async function play({ role, data, ...job }, host) {
  return (await import(job.url)).roles[role](data, new Test(job, host));
}
