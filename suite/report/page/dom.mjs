// SPDX-License-Identifier: Apache-2.0
//
// Elements, and text with links.

/** An element. An attribute that is false, null or undefined is left out; a function is a listener; children are nodes or text. */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat(Infinity).filter((child) => child != null && child !== false));
  return element;
}

/** The text, its web addresses as links. */
export function linked(text) {
  return text.split(/(https?:\/\/[^\s()]+)/).map((part, index) => (index % 2 ? el("a", { href: part }, part) : part));
}

export const count = (number, one, several = one + "s") => `${number.toLocaleString("en")} ${number === 1 ? one : several}`;

/** A table that can be scrolled sideways, by keyboard too. */
export function scrollable(label, table) {
  return el("div", { class: "scroll", role: "region", "aria-label": label, tabindex: 0 }, table);
}

/** Rows of cells as a table; a cell is a node or text. */
export function table(caption, head, rows, numeric = []) {
  const kind = (index) => ({ class: numeric.includes(index) ? "number" : null });
  return el(
    "table",
    {},
    el("caption", { class: "unseen" }, caption),
    el("thead", {}, el("tr", {}, head.map((cell, index) => el("th", { scope: "col", ...kind(index) }, cell)))),
    el("tbody", {}, rows.map((row) =>
      el("tr", {}, row.map((cell, index) => (index ? el("td", kind(index), cell) : el("th", { scope: "row" }, cell)))))),
  );
}

/** A row of a form: the name above what it names. */
export const field = (name, control) => el("label", { class: "field" }, el("span", {}, name), control);

export function select(name, choices, value) {
  return el("select", { name }, choices.map(([choice, text]) =>
    el("option", { value: choice, selected: choice === value }, text)));
}
