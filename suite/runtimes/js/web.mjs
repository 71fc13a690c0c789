// SPDX-License-Identifier: Apache-2.0
//
// The host of a test in a browser: what node.mjs is elsewhere. Nothing that it imports may wait while it loads: a message
// that comes before there is a listener is lost.
import { work } from './work.mjs';

/// A worker that a worker starts now and then never begins in Firefox 153. It has done nothing yet, and gets a successor.
const kPatience = 5000; // milliseconds

export function start() {
  const worker = new Worker(import.meta.url, { type: 'module' });
  return new Promise((resolve, reject) => {
    const peer = {
      post: (message) => worker.postMessage(message),
      end: () => worker.terminate(),
      onMessage() {},
      onError: reject,
    };
    const replace = setTimeout(() => {
      worker.terminate();
      resolve(start());
    }, kPatience);
    const begin = () => {
      clearTimeout(replace);
      resolve(peer);
    };
    worker.onmessage = ({ data }) => (data === 'ready' ? begin() : peer.onMessage(data));
    worker.onerror = (event) => {
      event.preventDefault(); // told here, it need not be told by the worker that started this one
      peer.onError(new Error(event.message ?? 'a worker cannot be started'));
    };
    worker.onmessageerror = () => peer.onError(new Error('a message cannot be read'));
  });
}

export async function read(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return new Uint8Array(await response.arrayBuffer());
}

if (globalThis.WorkerGlobalScope !== undefined) {
  const tell = (message) => postMessage(message);
  const listener = work({ start, tell });
  onmessage = ({ data }) => listener(data);
  // Not before this script has ended: until then Chromium keeps messages in the thread that sends them, which may block.
  setTimeout(() => tell('ready'));
}
