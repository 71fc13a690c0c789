// SPDX-License-Identifier: Apache-2.0
//
// Makes up reports as large as real ones: every test on ten runtimes, all outcomes, figures of kernels, histograms.
//
// usage: page_reports.mjs DIR    reads DIR/tests.json, of `weft list tests --json`; writes new.json, old.json, bench.json, litmus.json there
import { readFileSync, writeFileSync } from "node:fs";

const folder = process.argv[2];
const tests = JSON.parse(readFileSync(`${folder}/tests.json`, "utf8"));
const names = ["weft", "node", "deno", "bun", "wabt", "wasm-shell", "iwasm", "toywasm", "reference", "wasmtime"];

const wrong = (expected) => [{ how: "wrong", line: 8, message: "expected i32:1, got i32:2", ...expected }];
const KINDS = [
  { outcome: "unsupported", reason: "memory64: it does not have the proposal" },
  { outcome: "expected fail", failures: wrong({ expected: "the size is that before a grow (https://github.com/WebAssembly/threads/issues/224)" }) },
  { outcome: "fail", failures: [{ how: "crash", message: "crashed with signal 11 (Segmentation fault)" }, ...wrong()] },
  { outcome: "unexpected pass", reason: "it was wrong" },
  { outcome: "pass", warnings: [{ line: 9, message: "traps with 'Out of bounds memory access', where 'unaligned atomic' is meant" }] },
];
let next = 0;
/** The runtimes one behind the other have more that is no pass, of each kind by turns; the first has none. */
function result(runtime, column, { name }, row) {
  const kind = (row + column) % (40 - 4 * column) === 1 && column > 0 ? KINDS[next++ % KINDS.length] : { outcome: "pass" };
  const was = kind.outcome === "unsupported" ? { runs: 0, milliseconds: 0 } : { form: "script", runs: 1, milliseconds: row };
  return { runtime, test: name, ...kind, ...was };
}

const byName = [...tests].sort((a, b) => (a.name < b.name ? -1 : 1));
const results = names.flatMap((runtime, column) => byName.map((test, row) => result(runtime, column, test, row)));
const runtimes = names.map((name) => ({ name, title: `${name}, a runtime`, version: "1.2.3" }));
const report = { version: 1, weft: "0.1.0", system: "Linux 6.1 x86_64", runtimes, results };
writeFileSync(`${folder}/new.json`, JSON.stringify(report));
const flipped = (one) => ({ ...one, outcome: one.outcome === "pass" ? "fail" : "pass" });
const worse = results.findIndex((one) => one.outcome === "fail");
const old = results.map((one, index) => (index % 97 === 0 || index === worse ? flipped(one) : one));
writeFileSync(`${folder}/old.json`, JSON.stringify({ ...report, results: old }));

const rows = Array.from({ length: 60 }, (_, index) => [1, 2, 4].map((threads) => {
  const native = [0.02, 0.021, 0.022].map((seconds) => seconds / threads), weft = native.map((seconds) => seconds * (1 + index / 8));
  return {
    kernel: `kernel_${index}`, form: "O2", size: "100", threads, same: true, native_seconds: native, weft_seconds: weft, native_cpu_seconds: native,
    weft_cpu_seconds: weft, ratio: 1 + index / 8, cpu_ratio: 1 + index / 8, native_speedup: threads, weft_speedup: threads * 0.9,
    native_max_rss: 3e6, weft_max_rss: 9e6,
    others: [
      { runtime: "toywasm", form: "wasi", same: true, seconds: native, cpu_seconds: native, ratio: 20 + index, cpu_ratio: 20, speedup: threads, max_rss: 9e6 },
      ...(index === 7 ? [{ runtime: "iwasm", form: "wasi", same: false, difference: "exit code 139, native 0" }] : []),
    ],
  };
})).flat();
rows.push({ kernel: "broken", form: "O2", size: "1", threads: 1, same: false, difference: "exit code 3, native 0" });
const beside = [{ name: "toywasm", title: "toywasm, an interpreter", version: "70" }, { name: "iwasm", title: "iwasm", version: "2" }];
writeFileSync(`${folder}/bench.json`, JSON.stringify({ version: 3, runs: 3, runtimes: beside, rows }));

const litmus = Array.from({ length: 100 }, (_, index) => ({
  name: `SB+${index}`, runtime: "weft", iterations: 1e6, dropped: 0, in_place: true, seconds: 1.5,
  outcomes: [
    { outcome: "0:r0=0 1:r0=0", count: index ? 0 : 3, allowed: index > 0, weak: index > 0, verdict: index ? "never seen, weak" : "FORBIDDEN" },
    { outcome: "0:r0=0 1:r0=1", count: 499_000, allowed: true, weak: false, verdict: "allowed" },
    { outcome: "0:r0=1 1:r0=0", count: 501_000, allowed: true, weak: false, verdict: "allowed" },
  ],
}));
litmus.push({ name: "GROW", runtime: "node", skipped: "its memory grows" });
writeFileSync(`${folder}/litmus.json`, litmus.map((one) => JSON.stringify(one) + "\n").join(""));
