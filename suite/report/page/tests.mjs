// SPDX-License-Identifier: Apache-2.0
//
// The list of tests, by what it is filtered with.
import { el, count, field, scrollable, select } from "./dom.mjs";
import { OUTCOMES, kind } from "./data.mjs";

/** Whether a test has what the filter (an URLSearchParams) asks for. */
function isMeant(test, filter) {
  const folder = filter.get("folder"), runtime = filter.get("runtime"), outcome = filter.get("outcome");
  if (folder && test.folder !== folder) return false;
  const words = (filter.get("q") ?? "").toLowerCase().split(/\s+/);
  if (!words.every((word) => test.text.includes(word))) return false;
  const results = runtime ? [test.results.get(runtime)].filter(Boolean) : [...test.results.values()];
  if (outcome === "warned") return results.some((one) => one.warnings);
  if (outcome === "not pass") return results.some((one) => one.outcome !== "pass");
  return outcome ? results.some((one) => one.outcome === outcome) : results.length > 0;
}

export const filtered = (data, filter) => data.tests.filter((test) => isMeant(test, filter));

function row(test, runtimes) {
  return el(
    "tr",
    {},
    el("th", { scope: "row" }, el("a", { href: `#test/${test.name}` }, test.name), el("small", {}, test.front.title ?? "")),
    runtimes.map(({ name }) => {
      const outcome = test.results.get(name)?.outcome;
      return el("td", { class: `result ${outcome ? kind(outcome) : "none"}` }, el("span", { class: "runtime" }, name), outcome ?? "not run");
    }),
  );
}

/** `changed`: called with the new filter. */
export function testsView(data, filter, changed) {
  const list = el("tbody");
  const total = el("p", { class: "hint", role: "status" });
  const head = el("tr");
  const show = () => {
    const tests = filtered(data, filter);
    const runtimes = data.runtimes.filter((one) => !filter.get("runtime") || one.name === filter.get("runtime"));
    head.replaceChildren(el("th", { scope: "col" }, "test"), ...runtimes.map((one) => el("th", { scope: "col" }, one.name)));
    list.replaceChildren(...tests.map((test) => row(test, runtimes)));
    total.textContent = `${count(tests.length, "test")} of ${data.tests.length.toLocaleString("en")}`;
  };
  const form = el(
    "form",
    {
      class: "filters", role: "search", "aria-label": "Tests",
      input: (event) => {
        const { name, value } = event.target;
        value ? filter.set(name, value) : filter.delete(name);
        changed(filter);
        show();
      },
      submit: (event) => event.preventDefault(),
    },
    field("search names, titles, messages", el("input", { type: "search", name: "q", value: filter.get("q"), autocomplete: "off" })),
    field("folder", select("folder", [["", "all folders"], ...data.folders.map((one) => [one, one])], filter.get("folder"))),
    field("runtime", select("runtime", [["", "all runtimes"], ...data.runtimes.map(({ name }) => [name, name])], filter.get("runtime"))),
    field("outcome", select("outcome", [["", "all outcomes"], ["not pass", "all but pass"], ["warned", "with warnings"], ...OUTCOMES.map((one) => [one, one])],
      filter.get("outcome"))),
  );
  show();
  return [
    el("h2", {}, "Tests"),
    form,
    total,
    scrollable("Tests by runtimes",
      el("table", { class: "tests" }, el("caption", { class: "unseen" }, "The outcome of each test on each runtime"), el("thead", {}, head), list)),
  ];
}
