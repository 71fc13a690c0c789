// SPDX-License-Identifier: Apache-2.0
//
// What a thread of JavaScriptCore's shell loads first: it can load scripts only, and they modules.
import('./jsc.mjs').catch((error) => {
  const tell = (message) => $.agent.report(JSON.stringify([jscWorker, message]));
  tell({ line: 0, verdict: 'failed', message: String(error) });
  tell({ end: null });
});
