// SPDX-License-Identifier: Apache-2.0
//
// Where the specification says it.

const THREADS = "https://webassembly.github.io/threads/core/";
const CORE = "https://webassembly.github.io/spec/core/";
/** What is no anchor, but a text of its own. */
const TEXTS = {
  script: "https://github.com/WebAssembly/threads/tree/main/interpreter#scripts",
  wasi: "https://github.com/WebAssembly/WASI/blob/main/legacy/preview1/docs.md",
  "wasi-threads": "https://github.com/WebAssembly/wasi-threads",
};
/** Of Wasm 3.0, which the specification with threads does not know. */
const IN_CORE = ["exec-return_call", "exec-throw_ref"];
/** Pages by anchor; the others are of instructions. */
const PAGES = [
  [/^relaxed-/, "exec/relaxed"],
  [/^match-/, "valid/types"],
  [/^exec-instantiation$/, "exec/modules"],
  [/^text-mem-abbrev$/, "text/modules"],
  [/-(limits|memtype|tabletype)$/, "{chapter}/types"],
  [/./, "{chapter}/instructions"],
];

/** The address of the place that front matter names; Sphinx writes labels without dots and underscores. */
export function specAddress(anchor) {
  if (anchor in TEXTS) return TEXTS[anchor];
  const page = PAGES.find(([pattern]) => pattern.test(anchor))[1].replace("{chapter}", anchor.split("-")[0]);
  return `${IN_CORE.includes(anchor) ? CORE : THREADS}${page}.html#${anchor.toLowerCase().replace(/[^a-z0-9]+/g, "-")}`;
}
