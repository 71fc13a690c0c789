// SPDX-License-Identifier: Apache-2.0
//
// What a worker does: a test, a thread of a plan, or a role in a test of the JavaScript API. `host` starts workers and
// tells whoever started this one (node.mjs, web.mjs, jsc.mjs). What it tells are the records of commands, {line, verdict,
// message}, one for each, and before it one for a warning, and last {end: result}.
import { play, runApi } from './api.mjs';
import { runPlan } from './plan.mjs';

const kKinds = { plan: runPlan, api: runApi, role: play };

/// The listener for messages. What is thrown is told as a failure of all of it.
export function work(host) {
  return async ({ kind, ...job }) => {
    let result;
    try {
      result = await kKinds[kind](job, host);
    } catch (error) {
      host.tell({ line: 0, verdict: 'failed', message: String(error) });
    }
    host.tell({ end: result });
  };
}
