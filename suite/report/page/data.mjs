// SPDX-License-Identifier: Apache-2.0
//
// What the page is about: reports, tests with their sources, figures of kernels, histograms of litmus tests.

/** The worst last. */
export const OUTCOMES = ["pass", "unsupported", "expected fail", "unexpected pass", "fail"];
export const isBad = (outcome) => outcome === "fail" || outcome === "unexpected pass";
export const kind = (outcome) => outcome.replace(" ", "-");
export const folderOf = (test) => test.slice(0, Math.max(test.lastIndexOf("/"), 0)) || ".";

/** The JSON in the element, which may be deflated, then in base64. */
async function unpack(element) {
  if (element.dataset.encoding === "none") return JSON.parse(element.textContent);
  const bytes = Uint8Array.from(atob(element.textContent), (char) => char.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream(element.dataset.encoding));
  return new Response(inflated).json();
}

/** `;; key:   value` lines, up to the first that is none. */
function frontMatter(source) {
  const result = {};
  for (const line of source.split("\n")) {
    const match = /^;; ([a-z-]+): +(.*)$/.exec(line);
    if (!match) break;
    result[match[1]] = match[2];
  }
  return result;
}

/** "notify/count-zero" → { name, folder, source, path, front, results: Map(runtime → result), text: what a search looks at } */
function describeTests({ report, tests = [] }) {
  const known = new Map(tests.map((test) => [test.name, test]));
  const described = new Map();
  for (const result of report?.results ?? []) {
    let test = described.get(result.test);
    if (!test) {
      const { source = "", path = "" } = known.get(result.test) ?? {};
      const front = frontMatter(source);
      test = { name: result.test, folder: folderOf(result.test), source, path, front, results: new Map() };
      test.text = [test.name, ...Object.values(front)];
      described.set(result.test, test);
    }
    test.results.set(result.runtime, result);
    test.text.push(result.reason ?? "", ...[...(result.failures ?? []), ...(result.warnings ?? [])].map((one) => one.message));
  }
  const sorted = [...described.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const test of sorted) test.text = test.text.join("\n").toLowerCase();
  return sorted;
}

export async function load(element) {
  const data = await unpack(element);
  const titles = new Map();  // of litmus tests, by the name that their front matter says
  for (const { source } of data.tests ?? []) {
    const { litmus, title } = frontMatter(source);
    if (litmus) titles.set(litmus, title);
  }
  const tests = describeTests(data);
  return { ...data, tests, runtimes: data.report?.runtimes ?? [], folders: [...new Set(tests.map((test) => test.folder))], titles };
}

/** How many of the tests have each outcome on a runtime. */
export function tally(tests, runtime) {
  const counts = Object.fromEntries(OUTCOMES.map((outcome) => [outcome, 0]));
  let all = 0;
  for (const test of tests) {
    const result = test.results.get(runtime);
    if (result) ++counts[result.outcome], ++all;
  }
  return { all, ...counts };
}

/** The worst outcome that a tally has; unsupported when nothing else was, null when nothing was run. */
export function worst(counts) {
  if (counts.all === 0) return null;
  const found = OUTCOMES.findLast((outcome) => counts[outcome] > 0);
  return found === "unsupported" && counts.pass > 0 ? "pass" : found;
}
