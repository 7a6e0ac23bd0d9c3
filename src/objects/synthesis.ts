import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';

/** The methods of an app that write its manifests. */
const METHODS = ['synth', 'synthYaml'] as const;

/** The apps that have objects of this library, and whether their manifests are written. */
const APPS = new WeakMap<IConstruct, { isWritten: boolean }>();

/**
 * Refuses a change of an object after the manifests of its app are written, because they would lack the change.
 *
 * cdk8s has no hook for the end of a synthesis, so this replaces the methods of the app.
 */
export function refuseAfterSynthesis(scope: IConstruct): void {
  const app = scope.node.root;
  if (!(app instanceof App)) {
    return;
  }
  const state = APPS.get(app) ?? watch(app);
  if (state.isWritten) {
    fail(
      scope,
      'The app is already synthesized, so its manifests would lack this change.',
      "Call 'app.synth()' at the end of the program.",
    );
  }
}

function watch(app: App): { isWritten: boolean } {
  const state = { isWritten: false };
  APPS.set(app, state);
  for (const name of METHODS) {
    const method = app[name].bind(app);
    const value = () => {
      const result = method();
      state.isWritten = true;
      return result;
    };
    Object.defineProperty(app, name, { value, configurable: true, writable: true });
  }
  return state;
}
