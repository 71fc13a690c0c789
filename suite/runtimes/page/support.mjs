// SPDX-License-Identifier: Apache-2.0
//
// What a browser has of what threads take, and what it is.

// (module (memory 1 1 shared) (func (drop (i32.atomic.load (i32.const 0)))))
const kAtomicLoad = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], // magic and version
  ...[1, 4, 1, 0x60, 0, 0], // type
  ...[3, 2, 1, 0], // function
  ...[5, 4, 1, 3, 1, 1], // memory
  ...[10, 11, 1, 9, 0, 0x41, 0, 0xfe, 0x10, 2, 0, 0x1a, 0x0b], // code
);

function hasSharedMemory() {
  try {
    const { buffer } = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    return buffer instanceof SharedArrayBuffer;
  } catch {
    return false;
  }
}

/// [what, whether it is here, why it may not be]
export function support() {
  const has = (name) => globalThis[name] !== undefined;
  return [
    ['a secure context', isSecureContext, 'the page must come from this machine (http://127.0.0.1) or by https'],
    ['cross-origin isolation', has('crossOriginIsolated') && crossOriginIsolated,
      'the server, or a proxy before it, must send Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy'],
    ['SharedArrayBuffer', has('SharedArrayBuffer'), 'browsers hide it where a page is not cross-origin isolated'],
    ['Atomics', has('Atomics') && Atomics.wait !== undefined, 'the browser is too old'],
    ['workers', has('Worker'), 'the browser is too old'],
    ['WebAssembly', has('WebAssembly'), 'it is switched off, or the browser is too old'],
    ['shared WebAssembly.Memory', has('WebAssembly') && hasSharedMemory(), 'it takes SharedArrayBuffer'],
    ['atomic instructions', has('WebAssembly') && WebAssembly.validate(kAtomicLoad), 'the browser has no WebAssembly threads'],
  ];
}

/// As a report names a runtime. What the browser calls itself has only a part of its version in Chromium, which gives
/// all of it when asked.
export async function runtime() {
  const { fullVersionList = [] } = (await navigator.userAgentData?.getHighEntropyValues(['fullVersionList'])) ?? {};
  const full = fullVersionList.find(({ brand }) => brand === 'Chromium')?.version;
  const agent = navigator.userAgent;
  for (const [pattern, name, title] of [
    [/Firefox\/([\d.]+)/, 'firefox', 'Firefox, which runs SpiderMonkey'],
    [/Edg\/([\d.]+)/, 'edge', 'Edge, which runs V8'],
    [/Chrome\/([\d.]+)/, 'chromium', 'Chromium, which runs V8'],
    [/Version\/([\d.]+).* Safari\//, 'safari', 'Safari, which runs JavaScriptCore'],
  ]) {
    const match = pattern.exec(agent);
    if (match) return { name, title, version: (name === 'chromium' && full) || match[1] };
  }
  return { name: 'browser', title: agent, version: '?' };
}
