// SPDX-License-Identifier: Apache-2.0
//
// What differs between two reports.
import { el, count, scrollable, table } from "./dom.mjs";
import { isBad, kind } from "./data.mjs";

/** [{ runtime, test, before, after }]; an outcome is null where the report has none. */
export function changes({ report, old }) {
  const key = (result) => `${result.runtime}\n${result.test}`;
  const before = new Map(old.results.map((result) => [key(result), result.outcome]));
  const after = new Map(report.results.map((result) => [key(result), result.outcome]));
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((one) => ({ runtime: one.split("\n")[0], test: one.split("\n")[1], before: before.get(one) ?? null, after: after.get(one) ?? null }))
    .filter((one) => one.before !== one.after);
}

/** The words that `weft report compare` counts by: for the worse is what is bad, and was not. */
function direction({ before, after }) {
  if (isBad(after ?? "") && !isBad(before ?? "")) return "worse";
  return isBad(before ?? "") && !isBad(after ?? "") ? "better" : "other";
}
const LOOKS = { worse: "fail", better: "pass", other: "unsupported" };
const word = (outcome) => el("span", { class: `word ${kind(outcome ?? "none")}` }, outcome ?? "none");

export function changesView(data) {
  const all = changes(data);
  const of = (wanted) => all.filter((one) => direction(one) === wanted);
  const rank = Object.keys(LOOKS);
  const sorted = [...all].sort((a, b) => rank.indexOf(direction(a)) - rank.indexOf(direction(b)));
  const versions = new Map(data.old.runtimes.map((one) => [one.name, one.version]));
  const other = data.runtimes.filter((one) => versions.has(one.name) && versions.get(one.name) !== one.version);
  const rows = sorted.map((one) => [
    data.tests.some((test) => test.name === one.test) ? el("a", { href: `#test/${one.test}` }, one.test) : one.test,
    one.runtime, word(one.before), word(one.after), el("span", { class: `word ${LOOKS[direction(one)]}` }, direction(one)),
  ]);
  return [
    el("h2", {}, "Changes"),
    el("p", {}, all.length === 0 ? "Nothing changed." : `${all.length} changed: ${of("worse").length} for the worse, ${of("better").length} for the better.`),
    other.length > 0 && el("ul", {}, other.map((one) => el("li", {}, `${one.name}: version ${versions.get(one.name)}, now ${one.version}`))),
    all.length > 0 && scrollable("Changes", table("Tests with another outcome", ["test", "runtime", "before", "after", "for the"], rows)),
    el("p", { class: "hint" }, `before: weft ${data.old.weft}, ${data.old.system}, ${count(data.old.results.length, "result")}`),
  ];
}
