import { realpathSync } from 'fs';
import { createRequire } from 'module';
import { dirname, join, sep } from 'path';
import vm from 'vm';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';
import { dependencies, peerDependencies } from '../package.json';

const ROOT = join(__dirname, '..', sep);
const TESTS = join(ROOT, 'test', sep);
const MODULES = realpathSync(join(ROOT, 'node_modules'));
const LIBRARIES = ['fast-check', ...Object.keys({ ...dependencies, ...peerDependencies })];
const SHARED = [join(ROOT, 'src', sep), ...LIBRARIES.map(name => join(MODULES, name, sep))];

interface Module {
  exports: unknown;
}
type Require = (request: string) => unknown;
type Run = (this: unknown, module: Module, exports: unknown, require: Require, ...injected: unknown[]) => void;

const loaded = new Map<string, Module>();
const compile = vm.compileFunction;

/** Counts the suites, and keeps the `require` of a file of the running one. */
let suites = 0;
let requireInSuite: Require;

// a module that a suite of this worker has run is not compiled again
vm.compileFunction = ((code, parameters, options) => {
  const file = options?.filename ?? '';
  const known = loaded.get(file);
  if (known) {
    return ((module: Module) => void (module.exports = known.exports)) as never;
  }
  const run = compile(code, parameters, options) as unknown as Run;
  if (SHARED.some(directory => file.startsWith(directory))) {
    return share(file, run) as never;
  }
  if (!file.startsWith(TESTS)) {
    return run as never;
  }
  const runInSuite: Run = function (module, exports, require, ...injected) {
    requireInSuite = require;
    run.call(this, module, exports, require, ...injected);
  };
  return runInSuite as never;
}) as typeof compile;

function share(file: string, run: Run): Run {
  return function (module, exports, require, ...injected) {
    const suite = suites;
    const find = createRequire(file);
    // a later suite cannot use the `require` of an earlier one
    const requireNow = (request: string) =>
      suite === suites
        ? require(request)
        : requireInSuite(request.startsWith('.') ? join(dirname(file), request) : find.resolve(request));
    loaded.set(file, module);
    try {
      run.call(this, module, exports, Object.assign(requireNow, require), ...injected);
    } catch (error) {
      loaded.delete(file);
      throw error;
    }
  };
}

let environment: SharedModulesEnvironment | undefined;

/**
 * One context for all suites of a worker, in which the library and its dependencies are loaded once.
 *
 * @see docs/decisions/0011-shared-test-modules.md
 */
export default class SharedModulesEnvironment extends TestEnvironment {
  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    suites++;
    if (environment) {
      return environment;
    }
    super(config, context);
    environment = this;
  }

  public override async teardown() {
    this.moduleMocker?.restoreAllMocks();
  }
}
