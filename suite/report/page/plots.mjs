// SPDX-License-Identifier: Apache-2.0
//
// Plots are drawn by Observable Plot, where the page has it, and again when there is more room or less.
import { el } from "./dom.mjs";

const library = globalThis.Plot;

export const hasPlots = Boolean(library);
export const withoutPlots = () => library ? null
  : el("p", { class: "hint", role: "note" }, "This page was written without its plotting library (tools/node_modules was not there): the tables say the same.");

/** A figure with the plot whose options `describe(width)` says, and what says the same in words, if no table of the view does. */
export function figure(caption, describe, words) {
  if (!library) return el("figure", {}, caption && el("figcaption", {}, caption), words);
  const frame = el("div", { class: "plot", "aria-hidden": "true" });  // a table says the same
  let width = 0;
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry.contentRect.width);
    if (now === width || now === 0) return;
    width = now;
    const { options, marks } = describe(library, width);
    frame.replaceChildren(library.plot({ width, marks, ...options }));
  }).observe(frame);
  return el("figure", {}, caption && el("figcaption", {}, caption), frame, words && el("div", { class: "unseen" }, words));
}
