// SPDX-License-Identifier: Apache-2.0
//
// The host of a test in a browser: what node.mjs is elsewhere. The page starts every worker, also those that workers ask
// for: in Firefox 153 `new Worker` in a worker now and then does not return. Each is heard through a port, which the
// page has sent it. Nothing that is imported here may wait while it loads: a message that comes before there is a
// listener is lost.
import { work } from './work.mjs';

/// Who is at the other end of a port; `ready` is called when it listens.
function connect(port, ready, peer) {
  const made = { post: (message) => port.postMessage(message), end() {}, onMessage() {}, onError() {}, ...peer };
  port.onmessage = ({ data }) => (data === 'ready' ? ready(made) : made.onMessage(data));
  port.onmessageerror = () => made.onError(new Error('a message cannot be read'));
  return made;
}

/// Starts a worker for the page, with the others of its test, which fails where one of them does.
function add(workers, port, fail) {
  const worker = new Worker(import.meta.url, { type: 'module' });
  workers.push(worker);
  worker.onmessage = ({ data }) => add(workers, data, fail); // the port for one that it asks for
  worker.onerror = ({ message }) => fail(new Error(message ?? 'a worker cannot be started'));
  worker.postMessage(port, [port]);
}

/// In the page, the worker of a test; its end is that of all that it has asked for.
function startTest() {
  const { port1, port2 } = new MessageChannel();
  const workers = [];
  return new Promise((resolve, reject) => {
    const end = () => workers.forEach((worker) => worker.terminate());
    const peer = connect(port1, resolve, { end, onError: reject });
    add(workers, port2, (error) => peer.onError(error));
  });
}

/// In a worker, another one.
function startAnother() {
  const { port1, port2 } = new MessageChannel();
  const started = new Promise((resolve, reject) => connect(port1, resolve, { onError: reject }));
  postMessage(port2, [port2]);
  return started;
}

const kIsWorker = globalThis.WorkerGlobalScope !== undefined;

export const start = kIsWorker ? startAnother : startTest;

async function get(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url}: ${response.status} ${response.statusText}`);
  return response;
}

/// The bytes of a file, by its URL.
export async function read(url) {
  return new Uint8Array(await (await get(url)).arrayBuffer());
}
export async function readText(url) {
  return (await get(url)).text();
}

if (kIsWorker) {
  onmessage = ({ data: port }) => {
    const tell = (message) => port.postMessage(message);
    const listener = work({ start, tell });
    port.onmessage = ({ data }) => listener(data);
    port.onmessageerror = () => {
      tell({ line: 0, verdict: 'failed', message: 'a message cannot be read' });
      tell({ end: undefined });
    };
    tell('ready');
  };
}
