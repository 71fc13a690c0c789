// SPDX-License-Identifier: Apache-2.0
//
// Drives the report's page in a browser, from a file, as people do: by keyboard. Prints what does not hold, and ends with 1.
//
// usage: report_page_test.mjs CHROMIUM PAGE COMPARED [SCREENSHOTS]
//   PAGE       of `weft report html`, with figures and histograms; COMPARED, of `weft report compare --html`
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, rmSync, statSync, mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [chromium, pagePath, comparedPath, screenshots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const patience = 120_000;  // of each wait; a machine may be busy

const profile = mkdtempSync(join(tmpdir(), "weft-page-"));
const browser = await puppeteer.launch({
  executablePath: chromium, timeout: patience, protocolTimeout: 3 * patience, userDataDir: profile,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
});
const page = await browser.newPage();
page.setDefaultTimeout(patience);
const problems = [];
page.on("pageerror", (error) => problems.push(`an error in the page: ${error.message}`));
page.on("request", (request) => {
  if (!/^(file|data|blob|about):/.test(request.url())) problems.push(`the page asked for ${request.url()}`);
});

/** Opens the page anew. */
async function open(file, hash = "") {
  await page.goto("about:blank");
  await page.goto(pathToFileURL(resolve(file)).href + hash);
  await page.waitForSelector("html[data-ready]");
}
const texts = (selector) => page.$$eval(selector, (all) => all.map((one) => one.textContent));
const focused = () => page.evaluate(() => document.activeElement.textContent);
const hash = () => page.evaluate(() => location.hash);

/** Presses Tab until what has the focus is meant: everything must be in reach of the keyboard. */
async function tabTo(selector) {
  for (let presses = 0; presses < 400; ++presses) {
    await page.keyboard.press("Tab");
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  assert.fail(`Tab does not come to ${selector}`);
}

async function checkAccessibility(where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  for (const { id, help, nodes } of violations) problems.push(`${where}: axe: ${id}: ${help}: ${nodes[0].html.slice(0, 200)}`);
}

async function look(name, width, scheme) {
  await page.setViewport({ width, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (wide > 0) problems.push(`${name}: ${wide} pixels wider than a window of ${width}`);
  await checkAccessibility(`${name}, ${width} pixels wide, ${scheme}`);
  if (!screenshots) return;
  mkdirSync(screenshots, { recursive: true });
  await page.screenshot({ path: join(screenshots, `${name}-${width}-${scheme}.png`) });
}

const tests = {
  async "the file is small"() {
    for (const file of [pagePath, comparedPath]) assert.ok(statSync(file).size < 2_000_000, `${file}: ${statSync(file).size} bytes`);
  },
  async "the matrix counts each result once"() {
    await open(pagePath);
    const [total] = await page.$$eval(".matrix .total .passed", (cells) => [cells.map((cell) => cell.textContent)]);
    const folders = await page.$$eval(".matrix tbody:not(.total) tr", (rows) =>
      rows.map((row) => [...row.querySelectorAll(".passed")].map((cell) => cell.textContent.match(/\d+/g).map(Number))));
    total.forEach((text, column) => {
      const sum = folders.map((row) => row[column]).reduce(([a, b], [c, d]) => [a + c, b + d]);
      assert.deepEqual(text.match(/\d+/g).map(Number), sum);
    });
    assert.ok((await texts(".matrix .cell .word")).length > 0, "a cell says in words what did not pass");
  },
  async "a cell leads to its tests, by keyboard"() {
    await open(pagePath);
    await tabTo(".matrix .fail a");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".tests tbody tr");
    assert.match(await hash(), /^#tests\?.*runtime=/);
    const all = (await texts(".tests tbody tr")).length;
    await tabTo("select[name=outcome]");
    await page.keyboard.type("fail");
    await page.waitForFunction((before) => document.querySelectorAll(".tests tbody tr").length < before, {}, all);
    assert.deepEqual([...new Set(await texts(".tests tbody .result"))].filter((text) => !text.endsWith("fail")), []);
  },
  async "a search leaves what has all its words"() {
    await open(pagePath, "#tests");
    await tabTo("input[name=q]");
    const all = (await texts(".tests tbody tr")).length;
    await page.keyboard.type("notify count");
    await page.waitForFunction(() => location.hash.includes("q=notify+count"));
    const names = await texts(".tests tbody th a");
    assert.ok(names.length > 0 && names.length < all, `${names.length} of ${all}`);
    await page.keyboard.type(" no such words");
    await page.waitForFunction(() => document.querySelectorAll(".tests tbody tr").length === 0);
    await open(pagePath, await hash());
    assert.equal((await texts(".tests tbody tr")).length, 0, "the address has the search in it");
  },
  async "a test shows all there is to know of it"() {
    await open(pagePath, "#tests?outcome=fail");
    await tabTo(".tests tbody a");
    const name = await focused();
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    assert.equal(await focused(), name, "its name has the focus");
    assert.match((await texts("dialog .outcome .word")).join(), /fail/);
    assert.ok((await texts("dialog .failures .message"))[0].length > 0);
    assert.match((await texts("dialog .replay code"))[0], new RegExp(`^weft test --runtime .* ${name}$`));
    assert.match(await page.$eval("dialog dd a", (link) => link.href), /^https:\/\/(webassembly\.github\.io|github\.com)\/.*/);
    const source = (await texts("dialog pre .line")).join("");
    assert.ok(source.includes("(module") && source.includes(";; title:"), "its source is there");
    assert.ok((await texts("dialog .line.failed .where")).length > 0, "the line that failed says where");
    await look("test", 1400, "light");
    await look("test", 380, "dark");
    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((before) => document.querySelector("dialog h2").textContent !== before, {}, name);
    await page.keyboard.press("ArrowLeft");
    await page.waitForFunction((before) => document.querySelector("dialog h2").textContent === before, {}, name);
    await page.keyboard.press("Escape");
    await page.waitForSelector("dialog:not([open])");
    await page.waitForFunction((before) => document.activeElement.textContent === before, {}, name);
  },
  async "what is only warned of is found"() {
    await open(pagePath, "#tests?outcome=warned");
    await tabTo(".tests tbody a");
    await page.keyboard.press("Enter");
    await page.waitForSelector("dialog[open]");
    assert.match((await texts("dialog .outcome li")).join(), /line 9: traps with 'Out of bounds memory access'/);
  },
  async "figures of kernels and histograms are drawn"() {
    await open(pagePath, "#kernels");
    await page.waitForFunction(() => document.querySelectorAll("main .plot svg").length >= 2);
    assert.ok((await page.$$("main .plot svg circle, main .plot svg path")).length > 4);
    assert.deepEqual((await texts("main thead th")).slice(-2), ["toywasm ratio", "iwasm ratio"], "the figures are in a table, too");
    const row = await page.$$eval("main tbody tr", (all) => [...all.find((one) => one.cells[0].textContent === "kernel_7").cells].map((cell) => cell.textContent));
    assert.deepEqual(row.slice(-2), ["27.00", "DIFFERS"]);
    await open(pagePath, "#litmus");
    await tabTo(".litmus:not([open]) summary");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".litmus[open] .plot svg rect");
    assert.ok((await page.$$(".litmus[open] table")).length > 0, "who cannot see the plot can read it");
  },
  async "what changed says from what to what"() {
    await open(comparedPath);
    const rows = await page.$$eval("main tbody tr", (all) => all.map((row) => [...row.cells].map((cell) => cell.textContent)));
    assert.ok(rows.length > 0);
    for (const [, , before, after] of rows) assert.notEqual(before, after);
    assert.match((await texts("main p"))[0], new RegExp(`^${rows.length} changed`));
  },
  async "each view is readable wide and narrow, by light and by dark"() {
    for (const [file, view] of [[pagePath, "suite"], [pagePath, "tests"], [pagePath, "kernels"], [pagePath, "litmus"], [comparedPath, "changes"]]) {
      await page.setViewport({ width: 1400, height: 900 });
      await open(file, view === "tests" ? "#tests?q=notify" : `#${view}`);
      await look(view, 1400, "light");
      await look(view, 380, "dark");
    }
  },
};

let failed = 0;
for (const [name, test] of Object.entries(tests)) {
  try {
    await page.setViewport({ width: 1400, height: 900 });
    await test();
    assert.deepEqual(problems.splice(0), []);
    console.log(`ok: ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED: ${name}: ${error.message}`);
  }
}
await browser.close();
rmSync(profile, { recursive: true, force: true });
process.exit(failed ? 1 : 0);
