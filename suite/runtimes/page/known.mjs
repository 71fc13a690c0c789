// SPDX-License-Identifier: Apache-2.0
//
// What is known of the browser: the adapter in suite/runtimes that has its engine. The rules are those of drive.cpp.

const kAdapters = { chromium: 'chromium', edge: 'chromium', firefox: 'firefox' };

/// Glob patterns, with spaces between.
function matches(name, patterns) {
  const escaped = patterns.trim().replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp(`^(${escaped.split(/\s+/).join('|')})$`).test(name);
}

const withLink = ({ reason, link }) => (link === undefined ? reason : `${reason} (${link})`);

/// Of the browser that a report calls so: `why(test)`, the reason to leave a test of the manifest out, if there is one;
/// `conclude(result)`, which gives a result its outcome.
export async function known(browser) {
  const adapter = kAdapters[browser] === undefined ? {} : await (await fetch(`adapters/${kAdapters[browser]}.json`)).json();
  const { lacks = {}, leave_out: leftOut = [], expect = [] } = adapter;
  const why = ({ name, features, threads, needs }) => {
    const demands = [...features, ...(threads > 1 ? ['several threads'] : []), ...needs];
    const lacking = demands.find((one) => lacks[one] !== undefined);
    if (lacking !== undefined) return `${lacking}: ${lacks[lacking]}`;
    const left = leftOut.find(({ tests }) => matches(name, tests));
    return left && withLink(left);
  };
  const conclude = (result) => {
    const about = expect.filter(({ tests }) => matches(result.test, tests));
    const failures = (result.failures ?? []).map((failure) => {
      const found = about.find(({ lines }) => lines === undefined || lines.includes(failure.line ?? 0));
      return found === undefined ? failure : { ...failure, expected: withLink(found) };
    });
    if (failures.length > 0) {
      const isExpected = failures.every(({ expected }) => expected !== undefined);
      return { ...result, outcome: isExpected ? 'expected fail' : 'fail', failures };
    }
    const always = about.find(({ sometimes = false }) => !sometimes);
    if (result.outcome !== 'pass' || always === undefined) return result;
    return { ...result, outcome: 'unexpected pass', reason: always.reason };
  };
  return { why, conclude };
}
