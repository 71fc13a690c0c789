// SPDX-License-Identifier: Apache-2.0
//
// The host of a test in a browser: what node.mjs is elsewhere. Nothing that it imports may wait while it loads: a message
// that comes before there is a listener is lost.
import { work } from './work.mjs';

let latest = Promise.resolve();

/// One after the other: of several that a worker starts at once, Firefox 153 now and then lets one never begin.
export function start() {
  latest = latest.then(startWorker, startWorker);
  return latest;
}

function startWorker() {
  const worker = new Worker(import.meta.url, { type: 'module' });
  return new Promise((resolve, reject) => {
    const peer = {
      post: (message) => worker.postMessage(message),
      end: () => worker.terminate(),
      onMessage() {},
      onError: reject,
    };
    worker.onmessage = ({ data }) => (data === 'ready' ? resolve(peer) : peer.onMessage(data));
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
