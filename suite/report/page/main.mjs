// SPDX-License-Identifier: Apache-2.0
//
// Which view is shown: what is behind the # of the address says it, so that each has an address and "back" works.
import { el, count } from "./dom.mjs";
import { load } from "./data.mjs";
import { suiteView } from "./suite.mjs";
import { filtered, testsView } from "./tests.mjs";
import { showDetails } from "./details.mjs";
import { kernelsView } from "./kernels.mjs";
import { litmusView } from "./litmus.mjs";
import { changesView } from "./changes.mjs";

const content = document.getElementById("content"), dialog = document.getElementById("details");
const data = await load(document.getElementById("data"));

let filter = new URLSearchParams();
const setFilter = (changed) => {
  filter = changed;
  history.replaceState(null, "", `#tests?${changed}`);
};
const VIEWS = [
  ["changes", "Changes", data.old, changesView],
  ["suite", "Suite", data.report, suiteView],
  ["tests", "Tests", data.report, () => testsView(data, filter, setFilter)],
  ["kernels", "Kernels", data.bench, kernelsView],
  ["litmus", "Litmus", data.litmus, litmusView],
].filter(([, , present]) => present);

let shown = null;  // the view's name
function showView(name) {
  const [, title, , view] = VIEWS.find(([one]) => one === name);
  shown = name;
  document.title = `${title}: weft report`;
  content.replaceChildren(...view(data).flat(Infinity).filter(Boolean));
  document.getElementById("views").replaceChildren(...VIEWS.map(([one, text]) =>
    el("a", { href: `#${one}`, "aria-current": one === name ? "page" : null }, text)));
}

function showTest(name) {
  const test = data.tests.find((one) => one.name === name);
  if (!test) return false;
  const among = shown === "tests" ? filtered(data, filter) : data.tests;
  const at = among.indexOf(test);
  showDetails(dialog, data, test, { before: among[at - 1]?.name, after: among[at + 1]?.name });
  return true;
}

function route() {
  const [before, query = ""] = location.hash.slice(1).split("?"), path = decodeURIComponent(before);
  if (path === "content") return;  // the link that skips the head
  if (path.startsWith("test/")) {
    if (!shown) showView("tests");
    if (showTest(path.slice(5))) return;
  }
  if (dialog.open) dialog.close();
  const name = VIEWS.some(([one]) => one === path) ? path : VIEWS[0][0];
  const same = name === shown && (name !== "tests" || query === `${filter}`);
  if (name === "tests") filter = new URLSearchParams(query);
  if (same) return;
  showView(name);
  window.scrollTo(0, 0);
}

dialog.addEventListener("close", () => {
  if (!location.hash.startsWith("#test/")) return;
  const name = decodeURIComponent(location.hash.slice(6));
  history.replaceState(null, "", shown === "tests" ? `#tests?${filter}` : `#${shown}`);
  content.querySelector(`a[href="#test/${CSS.escape(name)}"]`)?.focus();
});
dialog.addEventListener("keydown", (event) => {
  const wanted = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (wanted && !event.target.closest("pre")) dialog.querySelector(`a[rel=${wanted}]`)?.click();
});

const { report } = data;
document.getElementById("about").textContent = report
  ? `weft ${report.weft}, ${report.system}: ${count(data.tests.length, "test")} on ${count(data.runtimes.length, "runtime")}` : "";
addEventListener("hashchange", route);
route();
document.documentElement.dataset.ready = "yes";
