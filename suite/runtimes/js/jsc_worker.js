// SPDX-License-Identifier: Apache-2.0
//
// What a thread of JavaScriptCore's shell loads first: it can load scripts only, and they modules.
import('./jsc.mjs').catch((error) => $.agent.report(String(error)));
