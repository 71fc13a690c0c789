// SPDX-License-Identifier: Apache-2.0
//
// The page of `weft serve`: what the browser has, a run of the suite, its results, and a report of them.
import { load, run } from './js/lead.mjs';
import * as host from './js/web.mjs';

import { known } from './known.mjs';
import { runtime, support } from './support.mjs';

const kTimeout = 60_000; // milliseconds, for one test
const kOutcomes = {
  pass: 'passed',
  fail: 'failed',
  unsupported: 'unsupported',
  'expected fail': 'failed as expected',
  'unexpected pass': 'passed unexpectedly',
};
const className = (outcome) => outcome.replace(' ', '-');

const find = (id) => document.getElementById(id);
const about = await runtime();
let manifest;
let adapter;
let results = [];
let isStopped = false;

/// An element with a class, and children: elements, or text.
function element(name, className, ...children) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...children);
  return made;
}

/// A test's records as the result of a report has them (tools/schemas/report.json); the rules are those of drive.cpp.
function judge({ name, min_milliseconds: least = 0 }, { records, isLate }, milliseconds) {
  const result = { runtime: about.name, test: name, outcome: 'pass', form: 'plan', runs: 1, milliseconds };
  const of = (verdict) => records.filter((record) => record.verdict === verdict);
  const place = ({ line, message }) => (line === 0 ? { message } : { line, message });
  const failures = of('failed').map((record) => ({ how: isLate && record.line === 0 ? 'timeout' : 'wrong', ...place(record) }));
  const skipped = of('skipped').map(({ line, message }) => ({ line, reason: message }));
  if (failures.length === 0 && milliseconds < least)
    failures.push({ how: 'wrong', message: `ended after ${milliseconds} ms: it takes ${least} ms at least` });
  failures.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
  if (failures.length > 0) Object.assign(result, { outcome: 'fail', failures });
  else if (skipped.length > 0 && of('passed').length === 0) Object.assign(result, { outcome: 'unsupported', reason: skipped[0].reason });
  if (skipped.length > 0) result.left_out = skipped;
  const warnings = of('warned').map(({ line, message }) => ({ line, message }));
  if (warnings.length > 0) result.warnings = warnings;
  return result;
}

async function runTest(test) {
  const { runs, reason = adapter.why(test) } = test.forms.plan;
  if (reason !== undefined) return { runtime: about.name, test: test.name, outcome: 'unsupported', reason, runs: 0, milliseconds: 0 };
  const begin = performance.now();
  let end;
  try {
    end = await run(host, await load(host, new URL('plan/', document.baseURI).href, runs[0].file), kTimeout);
  } catch (error) {
    end = { records: [{ line: 0, verdict: 'failed', message: String(error) }], isLate: false };
  }
  return adapter.conclude(judge(test, end, Math.ceil(performance.now() - begin)));
}

function row({ test, outcome, milliseconds, reason, failures = [] }) {
  const { title } = manifest.tests.find(({ name }) => name === test);
  const name = element('th', '', test, ...(title ? [element('small', '', title)] : []));
  name.scope = 'row';
  const told = failures.map(({ line, message, expected }) =>
    element('li', '', `${line === undefined ? '' : `line ${line}: `}${message}`, ...(expected ? [element('small', '', `expected: ${expected}`)] : [])));
  const what = element('td', '', element('span', `word ${className(outcome)}`, kOutcomes[outcome]));
  if (reason !== undefined) what.append(element('small', '', reason));
  if (told.length > 0) what.append(element('ul', '', ...told));
  const made = element('tr', '', name, what, element('td', 'number', String(milliseconds)));
  made.dataset.outcome = outcome;
  return made;
}

function show() {
  const wanted = find('show').value;
  for (const one of find('rows').children) one.hidden = wanted !== '' && one.dataset.outcome !== wanted;
}

function counts() {
  const of = (outcome) => results.filter((result) => result.outcome === outcome).length;
  return Object.entries(kOutcomes).map(([outcome, word]) => [outcome, word, of(outcome)]);
}

function tell(result, all) {
  results.push(result);
  find('rows').append(row(result));
  show();
  find('progress').value = results.length;
  find('now').textContent = `${results.length} of ${all}: ${result.test}`;
  find('counts').replaceChildren(
    ...counts().map(([outcome, word, count]) => element('li', '', element('span', `word ${className(outcome)}`, word), ` ${count}`)),
  );
}

/// The report, as `weft test --runtime … --report json=FILE` writes it.
function report() {
  const system = navigator.userAgentData?.platform ?? navigator.platform;
  return JSON.stringify({ version: 1, weft: manifest.weft, system, runtimes: [about], results });
}

function offer() {
  const link = find('download');
  URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob([report()], { type: 'application/json' }));
  link.download = `weft-${about.name}-${about.version}.json`;
  link.hidden = false;
}

async function runAll(event) {
  event.preventDefault();
  const words = find('pattern').value.split(/\s+/).filter((word) => word !== '');
  const tests = manifest.tests.filter(({ name }) => words.length === 0 || words.some((word) => name.startsWith(word)));
  if (tests.length === 0) {
    find('status').textContent = `No test begins with ${words.join(' or ')}.`;
    return;
  }
  results = [];
  isStopped = false;
  find('rows').replaceChildren();
  find('download').hidden = true;
  find('progress').max = tests.length;
  find('run').disabled = true;
  find('stop').disabled = false;
  find('status').textContent = `Running ${tests.length} tests.`;
  for (const test of tests) {
    if (isStopped) break;
    tell(await runTest(test), tests.length);
  }
  find('run').disabled = false;
  find('stop').disabled = true;
  find('now').textContent = '';
  const sums = counts().map(([, word, count]) => `${count} ${word}`).join(', ');
  find('status').textContent = `${isStopped ? 'Stopped' : 'Done'}: ${sums}.`;
  offer();
}

async function begin() {
  find('about').textContent = `${about.title}, version ${about.version}`;
  const all = support();
  for (const [what, isHere] of all)
    find('support').append(element('li', '', element('span', `word ${isHere ? 'pass' : 'fail'}`, isHere ? 'here' : 'missing'), ` ${what}`));
  for (const [what, isHere, why] of all)
    if (!isHere) find('support').append(element('li', 'why', `No ${what}: ${why}.`));
  if (all.some(([, isHere]) => !isHere)) {
    find('status').textContent = 'The suite cannot run in this browser, or on this page: what is missing stands above.';
    return;
  }
  adapter = await known(about.name);
  manifest = JSON.parse(new TextDecoder().decode(await host.read('manifest.json')));
  find('status').textContent = `There are ${manifest.tests.length} tests.`;
  find('form').addEventListener('submit', runAll);
  find('stop').addEventListener('click', () => (isStopped = true));
  find('show').addEventListener('change', show);
  find('run').disabled = false;
}

begin().catch((error) => (find('status').textContent = `The page does not work: ${error}`));
