// SPDX-License-Identifier: Apache-2.0
//
// One thread of a plan, in a worker: the whole plan, or a `thread` command with what it is given.
import { spectest } from './spectest.mjs';
import { describe, matches, toValue, Unsupported } from './values.mjs';

class Failure extends Error {}

/// What an engine throws for each way to end. Of a stack that is exhausted V8 says RangeError, SpiderMonkey InternalError.
const kinds = {
  assert_trap: [WebAssembly.RuntimeError],
  assert_uninstantiable: [WebAssembly.RuntimeError],
  assert_exhaustion: [RangeError, WebAssembly.RuntimeError, globalThis.InternalError ?? RangeError],
  assert_exception: [WebAssembly.Exception],
  assert_malformed: [WebAssembly.CompileError],
  assert_invalid: [WebAssembly.CompileError],
  assert_unlinkable: [WebAssembly.LinkError, TypeError], // TypeError: there is no module of that name
};

/// What an engine's words for a trap should have in them, by what the script's have. Other words are only warned of: none
/// are specified.
const kWords = new Map([
  ['out of bounds', /bound|outside/i],
  ['unaligned', /align/i],
  ['shared memory', /shared/i],
  ['unreachable', /unreachable/i],
]);

/// Features that no engine has so far.
const kLacks = new Set(['custom-page-sizes']);

class Task {
  constructor({ features, files, shared = [] }, host) {
    this.lacking = features.find((feature) => kLacks.has(feature));
    this.features = features;
    this.files = files;
    this.host = host;
    this.registry = { spectest };
    this.definitions = new Map(); // by name; undefined: the latest
    this.instances = new Map(shared);
    this.workers = []; // one for each `thread` command to come
    this.threads = new Map(); // promises of their ends; undefined: the latest
  }

  async run(commands) {
    // In a browser nobody starts while this one runs or waits. So all are there before the first command, and what threads
    // do at once begins at once.
    const threads = commands.filter(({ type }) => type === 'thread');
    this.workers = await Promise.all(threads.map(() => this.host.start()));
    for (const command of commands) {
      try {
        if (this.lacking !== undefined) throw new Unsupported(`the engine has no ${this.lacking}`);
        if (command.unsupported !== undefined) throw new Unsupported(command.unsupported);
        await this[command.type](command);
        this.report(command.line, 'passed');
      } catch (error) {
        if (error instanceof Unsupported) this.report(command.line, 'skipped', error.message);
        else if (error instanceof Failure) this.report(command.line, 'failed', `${command.type}: ${error.message}`);
        else this.report(command.line, 'failed', `${command.type}: ${error}`);
      }
    }
    await Promise.all(this.threads.values());
  }

  report(line, verdict, message) {
    this.host.tell({ line, verdict, message });
  }

  find(map, name, what) {
    if (!map.has(name)) throw new Failure(`unknown ${what} ${name ?? '(the latest)'}`);
    const found = map.get(name);
    if (found instanceof Unsupported) throw found;
    return found;
  }
  define(map, name, value) {
    map.set(undefined, value);
    if (name !== undefined) map.set(name, value);
  }

  compile({ filename, module_type }) {
    if (module_type === 'text') throw new Unsupported('JavaScript has no text format');
    try {
      return new WebAssembly.Module(this.files.get(filename));
    } catch (error) {
      // Any engine may have limits, and V8 says so.
      if (/implementation limit/.test(error.message)) throw new Unsupported(error.message);
      throw error;
    }
  }
  instantiate(module) {
    return new WebAssembly.Instance(module, this.registry).exports;
  }
  /// What an engine does not know is no failure of the commands that follow: they cannot run.
  orUnsupported(map, name, make) {
    let value;
    try {
      value = make();
    } catch (error) {
      value = error instanceof Unsupported ? error : new Unsupported(`there is no module: ${error.message}`);
      this.define(map, name, value);
      throw error;
    }
    this.define(map, name, value);
  }

  module_definition(command) {
    this.orUnsupported(this.definitions, command.name, () => this.compile(command));
  }
  module_instance({ name, module }) {
    this.orUnsupported(this.instances, name, () => this.instantiate(this.find(this.definitions, module, 'module')));
  }
  module(command) {
    this.orUnsupported(this.instances, command.name, () => {
      this.module_definition(command);
      return this.instantiate(this.find(this.definitions, undefined, 'module'));
    });
  }
  register({ as, name }) {
    this.registry[as] = this.find(this.instances, name, 'module');
  }

  perform({ type, module, field, args }) {
    const exported = this.find(this.instances, module, 'module')[field];
    if (exported === undefined) throw new Failure(`nothing is exported as '${field}'`);
    if (type === 'get') return [exported.value];
    const values = args.map(toValue);
    let result;
    try {
      result = exported(...values);
    } catch (error) {
      // The values have the types of the script: what JavaScript cannot call takes or gives a v128 or an exnref.
      if (error instanceof TypeError) throw new Unsupported('JavaScript cannot call a function of such a type');
      throw error;
    }
    return result === undefined ? [] : Array.isArray(result) ? result : [result];
  }
  action({ action }) {
    this.perform(action);
  }
  assert_return({ action, expected }) {
    const actual = this.perform(action);
    if (actual.length !== expected.length || !actual.every((value, i) => matches(value, expected[i])))
      throw new Failure(`expected ${describe(expected)}, got ${describe(actual)}`);
  }

  expectThrow({ type, line, text = '' }, action) {
    let result;
    try {
      result = action();
    } catch (error) {
      if (error instanceof Unsupported || error instanceof Failure) throw error;
      if (kinds[type].some((kind) => error instanceof kind)) return this.compareWords(line, text, error);
      throw new Failure(`expected ${kinds[type][0].name}, got ${error}`);
    }
    throw new Failure(`expected ${kinds[type][0].name}, got ${Array.isArray(result) ? describe(result) : 'a module that is accepted'}`);
  }
  compareWords(line, text, error) {
    if (!(error instanceof WebAssembly.RuntimeError)) return;
    const [, words] = [...kWords].find(([asked]) => text.includes(asked)) ?? [];
    const told = error.message.replace(/ \(evaluating .*/, '');
    if (words?.test(told) === false) this.report(line, 'warned', `traps with '${told}', where '${text}' is meant`);
  }
  assert_trap(command) {
    this.expectThrow(command, () => this.perform(command.action));
  }
  assert_exhaustion(command) {
    this.assert_trap(command);
  }
  assert_exception(command) {
    this.assert_trap(command);
  }
  assert_malformed(command) {
    this.expectThrow(command, () => this.compile(command));
  }
  assert_invalid(command) {
    this.assert_malformed(command);
  }
  assert_uninstantiable(command) {
    const module = command.filename ? this.compile(command) : this.find(this.definitions, command.module, 'module');
    this.expectThrow(command, () => this.instantiate(module));
  }
  assert_unlinkable(command) {
    this.assert_uninstantiable(command);
  }
  assert_malformed_custom() {
    throw new Unsupported('engines do not judge annotations and custom sections');
  }
  assert_invalid_custom() {
    this.assert_malformed_custom();
  }

  thread({ name, shared, commands }) {
    // An instance is given as what it exports: memories only, which can be shared.
    const given = shared.map((module) => [module, { ...this.find(this.instances, module, 'module') }]);
    const worker = this.workers.shift();
    const end = new Promise((resolve) => {
      worker.onMessage = (message) => ('end' in message ? resolve() : this.host.tell(message));
      worker.onError = (error) => {
        this.report(commands[0]?.line ?? 0, 'failed', `thread: ${error.message}`);
        resolve();
      };
    });
    const { features, files } = this;
    worker.post({ kind: 'plan', features, files, shared: given, commands });
    this.define(this.threads, name, end);
  }
  async wait({ name }) {
    await this.find(this.threads, name, 'thread');
  }
}

/// `files` are the modules by their names, `shared` what a thread is given, [name, exports].
export function runPlan({ commands, ...rest }, host) {
  return new Task(rest, host).run(commands);
}
