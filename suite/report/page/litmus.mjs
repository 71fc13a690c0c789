// SPDX-License-Identifier: Apache-2.0
//
// Litmus tests: how often each outcome was seen, and whether the memory model allows it.
import { el, count, field, select, table } from "./dom.mjs";
import { figure, withoutPlots } from "./plots.mjs";

const isForbidden = (outcome) => !outcome.allowed && outcome.count > 0;

/** A word for a test, and the class that colours it. */
function verdict(test) {
  if (test.skipped) return ["skipped", "unsupported"];
  if (test.stuck) return ["stuck", "fail"];
  if (test.outcomes.some(isForbidden)) return ["FORBIDDEN seen", "fail"];
  if (test.outcomes.some((one) => one.weak && one.count > 0)) return ["weak seen", "expected-fail"];
  return ["allowed", "pass"];
}
const VERDICTS = ["FORBIDDEN seen", "stuck", "weak seen", "allowed", "skipped"];
const colour = (one) => (!one.allowed ? "var(--fail)" : one.weak ? "var(--expected-fail)" : "var(--pass)");

function histogram(test) {
  const rows = test.outcomes;
  const words = table("Outcomes", ["outcome", "count", "verdict"], rows.map((one) => [one.outcome, one.count.toLocaleString("en"), one.verdict]), [1]);
  return figure(null, (Plot) => ({
    options: {
      height: 44 + 42 * rows.length, marginLeft: 4, marginRight: 8, marginTop: 4, marginBottom: 40,
      x: { type: "log", domain: [0.7, Math.max(10, ...rows.map((one) => one.count)) * 2], label: "times seen (logarithmic)", grid: true,
        ticks: [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8], tickFormat: "~s" },
      y: { axis: null, domain: rows.map((one) => one.outcome), padding: 0 },
    },
    marks: [
      Plot.barX(rows.filter((one) => one.count > 0), { x1: 0.7, x2: "count", y: "outcome", fill: colour, insetTop: 20, insetBottom: 6 }),
      Plot.text(rows, { x: 0.7, y: "outcome", text: (one) => `${one.outcome}   ${one.count.toLocaleString("en")}   ${one.verdict}`,
        textAnchor: "start", dx: 3, dy: -10, fontFamily: "var(--mono)", fontSize: 12 }),
    ],
  }), words);
}

function entry(test, title) {
  const [word, look] = verdict(test);
  const told = test.skipped ? [el("p", {}, test.skipped)] : [
    el("p", { class: "hint" }, `${count(test.iterations, "iteration")}, ${test.in_place ? "in place" : "each in a new memory"}`,
      test.seconds > 0 && `, ${Math.round(test.iterations / test.seconds).toLocaleString("en")} a second`,
      test.dropped > 0 && `; ${test.dropped.toLocaleString("en")} not counted: an assumption was false`),
    test.stuck && el("p", { class: "word fail" }, test.stuck),
  ];
  const body = el("div");
  const open = (event) => {  // drawn when it is looked at
    if (!event.target.open || body.hasChildNodes()) return;
    body.append(...told.filter(Boolean), test.skipped ? "" : histogram(test));
  };
  return el("details", { class: "litmus", toggle: open, open: look === "fail" },
    el("summary", {}, el("span", { class: `word ${look}` }, word), " ", el("b", {}, test.name), ` on ${test.runtime}`,
      el("small", {}, title ?? "")), body);
}

export function litmusView(data) {
  const counts = new Map(VERDICTS.map((word) => [word, 0]));
  for (const test of data.litmus) counts.set(verdict(test)[0], counts.get(verdict(test)[0]) + 1);
  const there = [...counts].filter(([, number]) => number > 0);
  const list = el("div"), total = el("p", { class: "hint", role: "status" });
  const wanted = { q: "", verdict: "" };
  const show = () => {
    const tests = data.litmus.filter((test) => (!wanted.verdict || verdict(test)[0] === wanted.verdict) &&
      `${test.name} ${data.titles.get(test.name) ?? ""}`.toLowerCase().includes(wanted.q.toLowerCase()));
    list.replaceChildren(...tests.map((test) => entry(test, data.titles.get(test.name))));
    total.textContent = `${count(tests.length, "test")} of ${data.litmus.length}`;
  };
  show();
  return [
    el("h2", {}, "Litmus tests"),
    el("p", { class: "hint" }, "How often each outcome was seen, and whether the memory model allows it; weak: no interleaving of the threads has it. ",
      there.map(([word, number], index) => `${index ? ", " : ""}${number} ${word}`)),
    withoutPlots(),
    el("form", {
      class: "filters", role: "search", "aria-label": "Litmus tests", submit: (event) => event.preventDefault(),
      input: (event) => ((wanted[event.target.name] = event.target.value), show()),
    },
      field("search names, titles", el("input", { type: "search", name: "q", autocomplete: "off" })),
      field("verdict", select("verdict", [["", "all verdicts"], ...there.map(([word]) => [word, word])]))),
    total,
    list,
  ];
}
