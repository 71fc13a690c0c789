// SPDX-License-Identifier: Apache-2.0
//
// The page of `weft serve` in Chromium, used by the keyboard: serve_page_test.mjs WEFT CHROMIUM [SCREENSHOTS]. Ends with 1 and a word
// where something is not as it should be.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';

const require = createRequire(new URL('../package.json', import.meta.url));
const { default: puppeteer } = require('puppeteer-core');
const kAxe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const [weft, executablePath, screenshots] = process.argv.slice(2);
const server = spawn(weft, ['serve', '--port', '0'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [address] = await once(createInterface(server.stdout), 'line');
const args = process.getuid() === 0 ? ['--no-sandbox'] : []; // its sandbox does not start as root
const kTimeout = 120_000; // milliseconds: machines are slow where all their cores are busy
const browser = await puppeteer.launch({ executablePath, args, timeout: kTimeout });
const page = await browser.newPage();
page.setDefaultTimeout(kTimeout);
const problems = [];
page.on('pageerror', (error) => problems.push(error.message));
page.on('requestfailed', (request) => problems.push(`${request.url()}: ${request.failure().errorText}`));
page.on('request', (request) => {
  if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) problems.push(`asks for ${request.url()}`);
});

const text = (selector) => page.$eval(selector, (element) => element.textContent);
const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);
const says = (pattern) =>
  page.waitForFunction((source) => new RegExp(source).test(document.getElementById('status').textContent), {}, pattern);
const shot = async (name, width) => {
  await page.setViewport({ width, height: 900 });
  if (screenshots !== undefined) await page.screenshot({ path: `${screenshots}/${name}.png` });
};
async function tabTo(id) {
  for (let tries = 0; (await focused()) !== id; tries += 1) {
    assert(tries < 20, `the Tab key comes to ${id}`);
    await page.keyboard.press('Tab');
  }
}
/// No accessibility rule of axe is broken, and nothing is wider than the window.
async function isAccessible() {
  await page.evaluate(kAxe);
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
  assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing is cut off');
}

try {
  await page.goto(address);
  await says('^There are \\d+ tests');
  assert.equal(await page.evaluate(() => globalThis.crossOriginIsolated), true);
  assert(!(await text('#support')).includes('missing'));
  await page.keyboard.press('Tab');
  assert.equal(await focused(), 'skip');
  await tabTo('pattern');
  await page.keyboard.type('nothing');
  await page.keyboard.press('Enter');
  await says('^No test begins with nothing');
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type('notify/count api/ grow/size-in-a host/');
  await page.keyboard.press('Enter');
  await says('^Done: \\d+ passed, 0 failed, [1-9]\\d* unsupported, 1 failed as expected, 0 passed unexpectedly');
  await page.keyboard.press('Tab');
  await shot('wide', 1200);
  await isAccessible();

  await tabTo('show');
  await page.keyboard.type('what failed as');
  const shown = () =>
    page.$$eval('#rows tr', (rows) => rows.filter((row) => row.checkVisibility()).map((row) => row.querySelector('.word').textContent));
  assert.deepEqual(await shown(), ['failed as expected']);
  await tabTo('download');
  const report = JSON.parse(await page.$eval('#download', async (link) => (await fetch(link.href)).text()));
  assert.equal(report.runtimes[0].name, 'chromium');
  const failed = report.results.filter(({ outcome }) => outcome === 'expected fail');
  assert.deepEqual(failed.map(({ test, failures }) => [test, failures[0].line]), [['grow/size-in-a-running-function', 27]]);
  assert.match(failed[0].failures[0].expected, /^memory.size .*issues\/224\)$/);
  assert(report.results.some(({ test, outcome }) => test === 'api/grow' && outcome === 'pass'));
  await shot('narrow', 390);
  assert.deepEqual(await shown(), ['failed as expected']);
  await isAccessible();
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
  await shot('dark', 1200);
  await isAccessible();

  // What a browser lacks is said in words, and nothing can be run.
  await page.evaluateOnNewDocument(() => delete globalThis.SharedArrayBuffer);
  await page.goto(address);
  await says('cannot run');
  assert((await text('#support')).includes('No SharedArrayBuffer: browsers hide it'));
  assert.equal(await page.$eval('#run', (button) => button.disabled), true);
  await shot('lacking', 1200);
  assert.deepEqual(problems, []);
  console.log(JSON.stringify(report));
} finally {
  await browser.close();
  server.kill('SIGINT');
}
const [status] = await once(server, 'exit');
assert.equal(status, 130, 'the exit code after Ctrl-C');
