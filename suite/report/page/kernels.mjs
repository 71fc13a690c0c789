// SPDX-License-Identifier: Apache-2.0
//
// Kernels: the time on weft, and on other runtimes, by the native one, and how weft and native scale with threads.
import { el, scrollable, table } from "./dom.mjs";
import { figure, hasPlots, withoutPlots } from "./plots.mjs";

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b), middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
const geometricMean = (values) => Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
const times = (value) => `${value.toFixed(2)} ×`;

const SYMBOLS = ["square", "triangle", "diamond2", "times", "plus", "asterisk", "star", "hexagon"];  // told apart without colours
const TICKS = [0.1, 0.2, 0.3, 0.5, 0.7, 1, 2, 3, 5, 7, 10, 20, 30, 50, 70, 100];

/** Rows as the plots take them. */
function measured(bench) {
  return bench.rows.filter((row) => row.same).map((row) => {
    const ratios = row.weft_seconds.map((seconds, index) => seconds / row.native_seconds[index]);
    return { ...row, low: Math.min(...ratios), high: Math.max(...ratios) };
  });
}

const others = (row) => (row.others ?? []).filter((one) => one.same);

function ratioPlot(rows) {
  const sorted = [...rows].sort((a, b) => a.ratio - b.ratio);
  const beside = sorted.flatMap((row) => others(row).map(({ runtime, ratio }) => ({ kernel: row.kernel, runtime, ratio })));
  const runtimes = [...new Set(beside.map((one) => one.runtime))];
  const all = [1, ...rows.flatMap((row) => [row.low, row.high]), ...beside.map((one) => one.ratio)];
  const ticks = TICKS.filter((tick) => tick >= Math.min(...all) && tick <= Math.max(...all));
  const words = (row) => [`${row.kernel}`, `${times(row.ratio)} (${row.low.toFixed(2)} … ${row.high.toFixed(2)})`, `CPU ${times(row.cpu_ratio)}`,
    ...others(row).map((one) => `${one.runtime} ${times(one.ratio)}`)].join("\n");
  const mean = geometricMean(rows.map((row) => row.ratio));
  return figure(`Time on weft by native time, with ${rows[0].threads} ${rows[0].threads === 1 ? "thread" : "threads"}: median, lowest to highest pair of runs; ` +
    `geometric mean of ${rows.length}: ${times(mean)}`, (Plot, width) => ({
    options: {
      height: 60 + 18 * rows.length, marginLeft: 16 + 6.7 * Math.max(...rows.map((row) => row.kernel.length)), marginRight: 24, marginTop: 34,
      x: { type: "log", axis: "top", grid: true, label: "× native (logarithmic)", tickFormat: (value) => `${value}`, ticks: width < 600 ? ticks.filter((one) => !/[37]/.test(one)) : ticks },
      y: { domain: sorted.map((row) => row.kernel), label: null },
      symbol: { domain: runtimes, range: SYMBOLS, legend: runtimes.length > 0 },
    },
    marks: [
      Plot.ruleX([1], { stroke: "var(--muted)" }),
      Plot.ruleX([mean], { stroke: "var(--weft)", strokeDasharray: "4 3" }),
      Plot.ruleY(sorted, { x1: "low", x2: "high", y: "kernel", stroke: "var(--weft)", strokeWidth: 5, strokeOpacity: 0.35, strokeLinecap: "round" }),
      Plot.dot(beside, { x: "ratio", y: "kernel", symbol: "runtime", stroke: "var(--ink)", strokeWidth: 1.5, r: 3.5 }),
      Plot.dot(sorted, { x: "ratio", y: "kernel", fill: "var(--weft)", r: 4 }),
      Plot.tip(sorted, Plot.pointerY({ x: "ratio", y: "kernel", fill: "var(--paper)",
        title: words })),
    ],
  }), null);
}

function scalingPlot(rows, kernels) {
  const most = Math.max(...rows.map((row) => row.threads)), least = Math.min(...rows.map((row) => row.threads));
  const top = Math.max(most / least, ...rows.flatMap((row) => [row.native_speedup, row.weft_speedup]));
  const lines = kernels.flatMap((kernel, index) => rows.filter((row) => row.kernel === kernel).flatMap((row) => [
    { index, threads: row.threads, speedup: row.native_speedup, who: "native" },
    { index, threads: row.threads, speedup: row.weft_speedup, who: "weft" },
  ]));
  return figure(null, (Plot, width) => {
    const columns = Math.max(2, Math.floor(width / 190));
    const place = (index) => ({ fx: index % columns, fy: Math.floor(index / columns) });
    const placed = (list) => list.map((one) => ({ ...one, ...place(one.index) }));
    const names = placed(kernels.map((kernel, index) => ({ kernel, index })));
    const ideal = placed(kernels.flatMap((_, index) => [least, most].map((threads) => ({ index, threads, speedup: threads / least }))));
    return {
      options: {
        height: 40 + 120 * Math.ceil(kernels.length / columns), marginTop: 26, marginLeft: 34,
        fx: { axis: null, padding: 0.12 }, fy: { axis: null, padding: 0.22 },
        x: { label: "threads", ticks: [...new Set(rows.map((row) => row.threads))], tickFormat: "d", type: "log", base: 2, domain: [least, most] },
        y: { label: "speed-up", grid: true, ticks: 3, domain: [0, top] },
        symbol: { domain: ["native", "weft"], range: ["square", "circle"] },
        color: { domain: ["native", "weft"], range: ["var(--native)", "var(--weft)"] },
      },
      marks: [
        Plot.line(ideal, { fx: "fx", fy: "fy", x: "threads", y: "speedup", z: "index", stroke: "var(--muted)", strokeDasharray: "2 3" }),
        Plot.line(placed(lines), { fx: "fx", fy: "fy", x: "threads", y: "speedup", stroke: "who", strokeWidth: 2 }),
        Plot.dot(placed(lines), { fx: "fx", fy: "fy", x: "threads", y: "speedup", fill: "who", symbol: "who", r: 3.5 }),
        Plot.text(names, { fx: "fx", fy: "fy", text: "kernel", frameAnchor: "top-left", dy: -16, fontWeight: 600 }),
      ],
    };
  }, null);
}

const milliseconds = (seconds) => (median(seconds) * 1e3).toFixed(2);

const differs = () => el("span", { class: "word fail" }, "DIFFERS");

/** The other runtimes' cells of a row. */
function besideIt(row, runtimes) {
  return runtimes.map(({ name }) => {
    const one = row.others?.find((other) => other.runtime === name);
    return !one ? "–" : one.same ? one.ratio.toFixed(2) : el("span", { title: one.difference }, differs());
  });
}

function figures(bench) {
  const runtimes = bench.runtimes ?? [];
  const rows = bench.rows.map((row) => row.same
    ? [row.kernel, row.form, row.threads, milliseconds(row.native_seconds), milliseconds(row.weft_seconds), row.ratio.toFixed(2), row.cpu_ratio.toFixed(2),
      row.native_speedup.toFixed(2), row.weft_speedup.toFixed(2), (row.weft_max_rss / 1e6).toFixed(1), ...besideIt(row, runtimes)]
    : [row.kernel, row.form, row.threads, differs(), row.difference, "", "", "", "", "", ...runtimes.map(() => "")]);
  const head = ["kernel", "form", "threads", "native ms", "weft ms", "ratio", "CPU ratio", "native speed-up", "weft speed-up", "MB",
    ...runtimes.map((one) => `${one.name} ratio`)];
  return scrollable("Figures of the kernels", table("Figures of the kernels", head, rows.map((row) => row.map((cell) => (typeof cell === "number" ? `${cell}` : cell))),
    head.map((_, index) => index).slice(2)));
}

export function kernelsView({ bench }) {
  const rows = measured(bench);
  const first = [...new Map([...rows].reverse().map((row) => [row.kernel, row])).values()];  // with its first number of threads
  const least = Math.min(...first.map((row) => row.threads));
  const alike = first.filter((row) => row.threads === least);
  const scaling = [...new Set(rows.map((row) => row.kernel))].filter((kernel) => rows.filter((row) => row.kernel === kernel).length > 1);
  const key = (name) => el("span", { class: `key ${name}` }, name);
  return [
    el("h2", {}, "Kernels"),
    el("p", { class: "hint" }, `Medians of ${bench.runs} rounds of runs, all programs by turns. `,
      bench.runtimes?.length > 0 && `Beside weft: ${bench.runtimes.map((one) => `${one.title} ${one.version}`).join("; ")}. `,
      bench.rows.some((row) => !row.same || row.others?.some((one) => !one.same)) && [el("b", { class: "word fail" }, "DIFFERS"), " in the table: a kernel did not print what it prints natively."]),
    withoutPlots(),
    alike.length > 0 && ratioPlot(alike),
    scaling.length > 0 && hasPlots && [
      el("h3", {}, "Scaling"),
      el("p", { class: "hint" }, "Speed-up by threads: ", key("native"), ", ", key("weft"), "; dashed: as many times as there are threads"),
      scalingPlot(rows.filter((row) => scaling.includes(row.kernel)), scaling),
    ],
    el("h3", {}, "Figures"),
    figures(bench),
  ];
}
