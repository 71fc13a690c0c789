// SPDX-License-Identifier: Apache-2.0
//
// Runs tests in a browser without a window: node browser.mjs chromium|firefox PROGRAM [DIR FILE [MILLISECONDS]], where DIR
// is a folder of plans and FILE a path below it. Prints what run.mjs does. Without DIR it takes tests from standard input,
// one a line, as JSON: ["DIR", "FILE", MILLISECONDS], and after what it prints for each says "end 0", "end 1" where
// something failed, or "end late". A browser that ends before it is told to ends this process likewise.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { count, describe, summary } from './lead.mjs';

const require = createRequire(new URL('../../../tools/package.json', import.meta.url));
const { default: puppeteer } = require('puppeteer-core');
const { createProfile } = require('@puppeteer/browsers');

const [browser, program, ...one] = process.argv.slice(2);
const scratch = mkdtempSync(join(tmpdir(), 'weft-browser-'));
let folder; // of the present test

/// Without these headers a page has no shared memory (HTML, "cross-origin isolated").
const kHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cache-Control': 'no-store',
};
const kTypes = { '.mjs': 'text/javascript', '.json': 'application/json', '.wasm': 'application/wasm' };
const kPage = `<!doctype html><title>weft</title><script type="module">
import { load, run } from '/js/lead.mjs';
import * as host from '/js/web.mjs';
globalThis.runTest = async (file, timeout) => run(host, await load(host, new URL('/plan/', location).href, file), timeout);
</script>`;

async function contents(path) {
  if (path === '/') return kPage;
  const [, root, ...rest] = decodeURIComponent(path).split('/');
  return readFile(join(root === 'js' ? fileURLToPath(new URL('.', import.meta.url)) : folder, ...rest));
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  try {
    const body = await contents(pathname);
    response.writeHead(200, { ...kHeaders, 'Content-Type': kTypes[extname(pathname)] ?? 'text/html' }).end(body);
  } catch (error) {
    response.writeHead(404, kHeaders).end(error.message);
  }
}

/// Each browser with the protocol that puppeteer speaks to it, what it has to be started with, and where it says how it
/// is to be reached.
const kBrowsers = {
  chromium: {
    protocol: 'cdp',
    options: async () => [
      ...puppeteer.defaultArgs({ browser: 'chrome', headless: true, userDataDir: scratch }),
      '--remote-debugging-port=0',
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []), // its sandbox does not start as root
    ],
    endpoint: /^DevTools listening on (ws:\/\/.*)$/,
  },
  firefox: {
    protocol: 'webDriverBiDi',
    options: async () => {
      await createProfile('firefox', { path: scratch, preferences: {} });
      return [...puppeteer.defaultArgs({ browser: 'firefox', headless: true, userDataDir: scratch }), '--remote-debugging-port=0'];
    },
    endpoint: /^WebDriver BiDi listening on (ws:\/\/.*)$/,
  },
};

function fail(message) {
  console.log(message);
  process.kill(process.pid, 'SIGABRT');
}

/// Starts the browser, in our process group: whoever kills us kills it.
async function startBrowser() {
  const { protocol, options, endpoint } = kBrowsers[browser];
  const child = spawn(program, await options(), { stdio: ['ignore', 'ignore', 'pipe'] });
  child.on('error', (error) => fail(error.message));
  child.on('exit', (status, signal) => {
    console.log(`the browser has ended: ${signal ?? `exit code ${status}`}`);
    process.kill(process.pid, signal ?? 'SIGABRT');
  });
  const browserWSEndpoint = await new Promise((found) => {
    createInterface(child.stderr).on('line', (line) => {
      const match = endpoint.exec(line);
      if (match) found(protocol === 'cdp' ? match[1] : `${match[1]}/session`);
    });
  });
  const connection = await puppeteer.connect({ protocol, browserWSEndpoint, protocolTimeout: 0 });
  return { child, page: await connection.newPage() };
}

/// Runs a test, prints what came of it, and says how it ended.
async function ask(page, [directory, file, timeout = 60_000]) {
  folder = resolve(directory);
  const { records, isLate, error } = await page
    .evaluate(
      (...test) => globalThis.runTest(...test).catch((problem) => ({ error: String(problem) })),
      file,
      Number(timeout),
    )
    .catch((problem) => fail(`the page is gone: ${problem.message}`));
  if (error !== undefined) {
    console.log(`${file}:0: failed: ${error}`);
    return 1;
  }
  for (const line of describe(file.replace(/\.\w+$/, ''), records)) console.log(line);
  const counts = count(records);
  console.log(summary(counts));
  if (isLate) return 'late';
  return counts.failed > 0 ? 1 : 0;
}

const server = createServer(answer).listen(0, '127.0.0.1');
await new Promise((listening) => server.on('listening', listening));
const { child, page } = await startBrowser();
page.on('error', (error) => fail(`the page is gone: ${error.message}`));
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.waitForFunction('globalThis.runTest !== undefined');

let status = 0;
if (one.length > 0) {
  status = await ask(page, one);
} else {
  for await (const line of createInterface(process.stdin)) console.log(`end ${await ask(page, JSON.parse(line))}`);
}
child.removeAllListeners('exit');
child.kill('SIGKILL'); // it has nothing to save
rmSync(scratch, { recursive: true, force: true, maxRetries: 3 });
process.exit(status === 0 ? 0 : 1);
