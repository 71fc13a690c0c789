// SPDX-License-Identifier: Apache-2.0
//
// Runs one test on JavaScriptCore's shell, as run.mjs does elsewhere: jsc --useSharedArrayBuffer=1 -m jsc.mjs -- DIR FILE,
// with DIR from the root and FILE below it. It is also the host of that test, and the module of its threads. The shell
// has agents as test262 wants them: a thread is heard by the main one only, which sends one SharedArrayBuffer or shared
// memory at once, to all, with a number.
// The shell's exit code is 0, whatever failed, or 3 where there is no such test.
import { count, describe, load, summary } from './lead.mjs';
import { work } from './work.mjs';

const kHere = decodeURI(import.meta.url.replace(/^file:\/\//, ''));
const kMine = globalThis.jscWorker; // the number of this thread, if it is not the main one

/// What JSON has no words for, as what it has.
function fold(value, sent) {
  return JSON.stringify(value, (_, one) => {
    const isMemory = one instanceof WebAssembly.Memory;
    if (isMemory || one instanceof SharedArrayBuffer) return { sent: sent.push(one) - 1 };
    if (one instanceof Uint8Array) return { bytes: sent.push(copyOf(one)) - 1 };
    if (one instanceof Map) return { map: [...one] };
    if (one instanceof WebAssembly.Module) throw new Error('the shell cannot send a module');
    return typeof one === 'bigint' ? { bigint: String(one) } : one;
  });
}

function unfold(text, sent) {
  const makers = {
    sent: (index) => sent[index],
    bytes: (index) => new Uint8Array(sent[index]).slice(),
    map: (entries) => new Map(entries),
    bigint: BigInt,
  };
  return JSON.parse(text, (_, one) => {
    const [key] = Object.keys(one ?? {});
    return typeof one === 'object' && key in makers ? makers[key](one[key]) : one;
  });
}

function copyOf(array) {
  const copy = new Uint8Array(new SharedArrayBuffer(array.length));
  copy.set(array);
  return copy.buffer;
}

const peers = [];

/// A thread that listens, as node.mjs has it; it cannot be ended before the process is.
export async function start() {
  if (kMine !== undefined) throw new Error('a thread of the shell cannot start another');
  const number = peers.length;
  const peer = { end() {}, onMessage() {}, onError() {} };
  peer.post = (message) => {
    const sent = [];
    const text = Uint16Array.from(fold(message, sent), (unit) => unit.charCodeAt(0));
    const head = new Uint16Array(new SharedArrayBuffer(text.byteLength + 2));
    head[0] = sent.length;
    head.set(text, 1);
    for (const one of [head.buffer, ...sent]) $.agent.broadcast(one, number);
  };
  peers.push(peer);
  $.agent.start(`globalThis.jscWorker = ${number}; load(${JSON.stringify(kHere.replace(/jsc\.mjs$/, 'jsc_worker.js'))});`);
  return peer;
}

/// Hears the threads, until all is over.
function hear() {
  for (let report; (report = $.agent.getReport()) !== null; ) {
    const [number, message] = unfold(report);
    peers[number].onMessage(message);
  }
  setTimeout(hear, 1);
}

/// What is sent to this thread next.
function receive() {
  let received;
  while (received === undefined) {
    $.agent.receiveBroadcast((content, number) => {
      if (number === kMine) received = content;
    });
  }
  return received;
}

export async function read(path) {
  return readFile(path, 'binary');
}
export async function readText(path) {
  return readFile(path);
}

async function listen() {
  const words = (message) => ('end' in message ? { end: message.end ?? null } : message); // JSON has no undefined
  const tell = (message) => {
    const sent = [];
    const text = fold([kMine, words(message)], sent);
    if (sent.length > 0) throw new Error('a thread of the shell can send back nothing but text');
    $.agent.report(text);
  };
  const [size, ...text] = new Uint16Array(receive());
  const sent = Array.from({ length: size }, receive);
  await work({ start, tell })(unfold(text.map((unit) => String.fromCharCode(unit)).join(''), sent));
}

async function main([folder, file]) {
  if (file === undefined) throw new Error('usage: jsc --useSharedArrayBuffer=1 -m jsc.mjs -- DIR FILE');
  const records = [];
  const tell = (record) => 'end' in record || records.push(record);
  const test = await load({ read, readText }, `${folder}/`, file);
  hear();
  await work({ start, tell })(test);
  for (const line of describe(file.replace(/\.\w+$/, ''), records)) print(line);
  print(summary(count(records)));
  quit(); // threads that wait for ever, too
}

await (kMine === undefined ? main(globalThis.arguments ?? []) : listen());
