// SPDX-License-Identifier: Apache-2.0
//
// The host of a test on node, deno and bun. As the script of a worker it does the work that it is sent.
import { readFile } from 'node:fs/promises';
import { parentPort, Worker } from 'node:worker_threads';

import { work } from './work.mjs';

/// A worker that listens: `post` sends to it, `onMessage` and `onError` are called with what comes from it, `end` stops
/// it, with all that it has started.
export function start() {
  const worker = new Worker(new URL(import.meta.url));
  return new Promise((resolve, reject) => {
    const peer = {
      post: (message) => worker.postMessage(message),
      end: () => worker.terminate(),
      onMessage() {},
      onError: reject,
    };
    worker.on('message', (message) => (message === 'ready' ? resolve(peer) : peer.onMessage(message)));
    worker.on('error', (error) => peer.onError(error));
    worker.on('messageerror', (error) => peer.onError(error));
  });
}

/// The bytes of a file, by its URL.
export async function read(url) {
  return new Uint8Array(await readFile(new URL(url)));
}
export async function readText(url) {
  return readFile(new URL(url), 'utf8');
}

if (parentPort !== null) {
  const tell = (message) => parentPort.postMessage(message);
  parentPort.on('message', work({ start, tell }));
  tell('ready');
}
