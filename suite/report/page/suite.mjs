// SPDX-License-Identifier: Apache-2.0
//
// The matrix: folders by runtimes, and why what did not pass.
import { el, count, linked, scrollable } from "./dom.mjs";
import { OUTCOMES, kind, tally, worst } from "./data.mjs";

/** Parts of a bar, as wide as their share. */
function bar(counts) {
  return el("span", { class: "bar", "aria-hidden": "true" }, OUTCOMES.filter((outcome) => counts[outcome]).map((outcome) =>
    el("span", { class: kind(outcome), style: `flex-grow:${counts[outcome]}` })));
}

function cell(counts, address, place) {
  const outcome = worst(counts);
  if (!outcome) return el("td", { class: "none" }, "not run");
  const others = OUTCOMES.filter((one) => one !== "pass" && counts[one]).reverse();
  const words = others.map((one) => el("span", { class: `word ${kind(one)}` }, `${counts[one]} ${one}`));
  return el(
    "td",
    { class: `cell ${kind(outcome)}` },
    el(
      "a",
      { href: address },
      el("span", { class: "unseen" }, `${place}: `),
      el("span", { class: "passed" }, el("b", {}, String(counts.pass)), ` of ${counts.all} pass`),
      bar(counts),
      words,
    ),
  );
}

const address = (filter) => "#tests?" + new URLSearchParams(filter);

function matrix(data) {
  const head = el(
    "tr",
    {},
    el("th", { scope: "col" }, "folder"),
    data.runtimes.map((one) =>
      el("th", { scope: "col" }, el("a", { href: address({ runtime: one.name }), title: one.title }, one.name), el("small", {}, one.version))),
  );
  const row = (name, tests, filter) =>
    el(
      "tr",
      {},
      el("th", { scope: "row" }, el("a", { href: address(filter) }, name), el("small", {}, count(tests.length, "test"))),
      data.runtimes.map((one) => cell(tally(tests, one.name), address({ ...filter, runtime: one.name }), `${name} on ${one.name}`)),
    );
  const folders = data.folders.map((folder) => row(folder, data.tests.filter((test) => test.folder === folder), { folder }));
  return el(
    "table",
    { class: "matrix" },
    el("caption", { class: "unseen" }, "How many tests of each folder pass on each runtime"),
    el("thead", {}, head),
    el("tbody", { class: "total" }, row("all", data.tests, {})),
    el("tbody", {}, folders),
  );
}

/** Reasons of results, the most frequent first: Map(reason → tests). */
function group(pairs) {
  const groups = new Map();
  for (const [reason, test] of pairs) groups.set(reason, (groups.get(reason) ?? new Set()).add(test));
  return [...groups].sort((a, b) => b[1].size - a[1].size);
}

function reasons(heading, outcome, pairs) {
  const groups = group(pairs);
  if (groups.length === 0) return null;
  const names = (tests) => [...tests].map((name) => el("li", {}, el("a", { href: `#test/${name}` }, name)));
  return [
    el("h4", { class: `word ${kind(outcome)}` }, heading),
    groups.map(([reason, tests]) =>
      el("details", {}, el("summary", {}, el("b", {}, count(tests.size, "test")), " ", reason),
        el("p", {}, linked(reason)), el("ul", { class: "names" }, names(tests)))),
  ];
}

function why(data, runtime) {
  const results = data.tests.map((test) => [test.name, test.results.get(runtime.name)]).filter(([, result]) => result);
  const failures = (wanted) => results.flatMap(([name, result]) =>
    (result.failures ?? []).filter((one) => Boolean(one.expected) === wanted).map((one) => [one.expected || one.message, name]));
  const sections = [
    reasons("fail", "fail", failures(false)),
    reasons("unexpected pass", "unexpected pass",
      results.filter(([, one]) => one.outcome === "unexpected pass").map(([name, one]) => [one.reason, name])),
    reasons("expected fail", "expected fail", failures(true)),
    reasons("unsupported", "unsupported", results.filter(([, one]) => one.outcome === "unsupported").map(([name, one]) => [one.reason, name])),
  ];
  if (sections.every((one) => one === null)) return el("section", {}, el("h3", {}, runtime.title), el("p", {}, "All tests pass."));
  return el("section", { class: "why" }, el("h3", {}, `${runtime.title} ${runtime.version}`), sections);
}

export function suiteView(data) {
  return [
    el("h2", {}, "Suite"),
    el("p", { class: "hint" }, "A cell leads to its tests, a test to its source, its results and the command that runs it again."),
    scrollable("Folders by runtimes", matrix(data)),
    el("h2", {}, "Why"),
    el("div", { class: "columns" }, data.runtimes.map((one) => why(data, one))),
  ];
}
