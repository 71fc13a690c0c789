// SPDX-License-Identifier: Apache-2.0
//
// One test: what it says about itself, what came of it, its source.
import { el, linked, table } from "./dom.mjs";
import { kind } from "./data.mjs";
import { specAddress } from "./spec.mjs";

const quoted = (word) => (/^[\w./+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

function replayCommand(result) {
  const form = result.form ? ` --form ${result.form}` : "";
  return `weft test --runtime ${quoted(result.runtime)}${form} ${quoted(result.test)}`;
}

function aboutTest({ front, path }) {
  const rows = Object.entries(front).filter(([key]) => key !== "title");
  if (path) rows.push(["file", path]);
  return el("dl", {}, rows.map(([key, value]) => [
    el("dt", {}, key),
    el("dd", {}, key === "spec" ? el("a", { href: specAddress(value) }, value) : linked(value)),
  ]));
}

const place = (line) => (line ? `line ${line}: ` : "");

function outcomeOf(result) {
  const failures = (result.failures ?? []).map((one) =>
    el("li", {}, el("span", { class: "message" }, one.how === "wrong" ? "" : `${one.how}: `, place(one.line), one.message),
      one.expected && el("p", { class: "expected" }, "expected, because ", linked(one.expected))));
  const leftOut = (result.left_out ?? []).map((one) => el("li", {}, place(one.line), one.reason));
  const warnings = (result.warnings ?? []).map((one) => el("li", {}, place(one.line), one.message));
  const command = replayCommand(result);
  const copy = (event) => navigator.clipboard.writeText(command).then(() => (event.target.textContent = "Copied"));
  return el(
    "section",
    { class: "outcome" },
    el("h4", {}, el("span", { class: `word ${kind(result.outcome)}` }, result.outcome), ` on ${result.runtime}`),
    result.reason && el("p", {}, linked(result.reason)),
    failures.length > 0 && el("ul", { class: "failures" }, failures),
    leftOut.length > 0 && [el("p", {}, "Not asked:"), el("ul", {}, leftOut)],
    warnings.length > 0 && [el("p", {}, "Worth a look:"), el("ul", {}, warnings)],
    result.outcome !== "unsupported" &&
      el("p", { class: "replay" }, el("code", {}, command),
        navigator.clipboard && el("button", { type: "button", click: copy, "aria-label": `Copy the command for ${result.runtime}` }, "Copy")),
  );
}

function results(test, runtimes) {
  const ordered = runtimes.map(({ name }) => test.results.get(name)).filter(Boolean);
  const rows = ordered.map((one) => [
    one.runtime, el("span", { class: `word ${kind(one.outcome)}` }, one.outcome), one.form ?? "", one.runs ? one.milliseconds.toLocaleString("en") : "",
  ]);
  return [
    el("h3", {}, "Results"),
    table("Results by runtime", ["runtime", "outcome", "form", "ms"], rows, [3]),
    ordered.filter((one) => one.outcome !== "pass" || one.left_out || one.warnings).map(outcomeOf),
    ordered.some((one) => one.outcome === "pass") &&
      el("p", { class: "hint" }, "To run it again: ", el("code", {}, replayCommand(ordered.find((one) => one.outcome === "pass")))),
  ];
}

/** The lines of the source; those that failed somewhere say where. */
function listing(test) {
  if (!test.source) return el("p", {}, "Its source was not there when this page was written.");
  const failed = new Map();
  for (const [runtime, result] of test.results) {
    for (const { line } of result.failures ?? []) if (line) failed.set(line, (failed.get(line) ?? new Set()).add(runtime));
  }
  const lines = test.source.replace(/\n$/, "").split("\n").map((text, index) => {
    const where = failed.get(index + 1);
    return el("span", { class: where ? "line failed" : "line" }, el("span", { class: "at" }, `${index + 1}`), text,
      where && el("span", { class: "where" }, `failed on ${[...where].join(", ")}`), "\n");
  });
  return el("pre", { tabindex: 0, role: "region", "aria-label": "Source" }, el("code", {}, lines));
}

/** Shows a test in the dialog. `neighbours`: names of the tests before and after it. */
export function showDetails(dialog, data, test, neighbours) {
  const step = (name, text, key) => name && el("a", { href: `#test/${name}`, rel: key }, text);
  dialog.replaceChildren(
    el("div", { class: "dialog-head" },
      el("h2", { id: "details-name", tabindex: -1 }, test.name),
      el("div", { class: "steps" }, step(neighbours.before, "← Previous", "prev"), step(neighbours.after, "Next →", "next"),
        el("button", { type: "button", click: () => dialog.close() }, "Close"))),
    el("p", { class: "title" }, test.front.title ?? ""),
    aboutTest(test),
    ...results(test, data.runtimes).flat(2).filter(Boolean),
    el("h3", {}, "Source"),
    listing(test),
  );
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  dialog.querySelector("h2").focus();
}
