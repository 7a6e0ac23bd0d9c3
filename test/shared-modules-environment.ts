import { realpathSync } from 'fs';
import { join, sep } from 'path';
import vm from 'vm';
import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';
import { dependencies, peerDependencies } from '../package.json';

const ROOT = join(__dirname, '..', sep);
const MODULES = realpathSync(join(ROOT, 'node_modules'));
const LIBRARIES = ['fast-check', ...Object.keys({ ...dependencies, ...peerDependencies })];
const SHARED = [join(ROOT, 'src', sep), ...LIBRARIES.map(name => join(MODULES, name, sep))];

type Run = (this: unknown, module: { exports: unknown }, ...injected: unknown[]) => void;

const loaded = new Map<string, { exports: unknown }>();
const compile = vm.compileFunction;

// a module that a suite of this worker has run is not compiled again
vm.compileFunction = ((code, parameters, options) => {
  const file = options?.filename ?? '';
  const known = loaded.get(file);
  if (known) {
    return ((module: { exports: unknown }) => void (module.exports = known.exports)) as never;
  }
  const run = compile(code, parameters, options) as unknown as Run;
  const share: Run = function (module, ...injected) {
    loaded.set(file, module);
    try {
      run.call(this, module, ...injected);
    } catch (error) {
      loaded.delete(file);
      throw error;
    }
  };
  return (SHARED.some(directory => file.startsWith(directory)) ? share : run) as never;
}) as typeof compile;

let environment: SharedModulesEnvironment | undefined;

/**
 * One context for all suites of a worker, in which the library and its dependencies are loaded once.
 *
 * @see docs/decisions/0011-shared-test-modules.md
 */
export default class SharedModulesEnvironment extends TestEnvironment {
  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
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
