import { Construct } from 'constructs';
import type { OwnedAdditions } from './merge';
import type { IPodExtension, PodAdditions, PodExtensionContext } from './pod-extension';
import { fail } from '../checks/fail';
import { checkProps, optional, PropTable } from '../checks/props';

const ADDITIONS: PropTable<PodAdditions> = {
  mounts: optional('object[]'),
  env: optional('EnvValue{}'),
  envFrom: optional('PodEnvFrom[]'),
  initContainers: optional('object[]'),
  sidecars: optional('object[]'),
  podAnnotations: optional('string{}'),
  reloadOn: optional('object[]'),
};

/** Binds an extension in a child of `scope`, and returns its additions. */
export function bindExtension(
  scope: Construct,
  extension: IPodExtension,
  context: PodExtensionContext,
): OwnedAdditions {
  const id = checkId(scope, extension);
  const extensionScope = new Construct(scope, id);
  const additions = bind(extension, extensionScope, context);
  if (typeof additions !== 'object' || additions === null) {
    fail(extensionScope, "'bind' returned no PodAdditions.", "Return an object, for example '{ env: { ... } }'.");
  }
  checkProps(extensionScope, additions, ADDITIONS);
  return { owner: `extension '${id}'`, additions };
}

/** Calls the code of a user, whose errors lack the construct path. */
function bind(extension: IPodExtension, scope: Construct, context: PodExtensionContext): PodAdditions {
  try {
    return extension.bind(scope, context);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    // an error of a construct of this library, which names the extension or its workload
    if (problem.startsWith(`[${scope.node.scope!.node.path}`)) {
      throw error;
    }
    throw new Error(`[${scope.node.path}] 'bind' of extension '${extension.id}' failed: ${problem}`, { cause: error });
  }
}

function checkId(scope: Construct, extension: IPodExtension): string {
  checkIsExtension(scope, extension);
  const { id } = extension;
  if (typeof id !== 'string') {
    fail(
      scope,
      id === undefined || id === null
        ? "The argument of 'add' has no 'id', which each extension needs."
        : `The 'id' of an extension is a ${typeof id}, not a string.`,
      "Implement 'id' of IPodExtension as a property that returns a string. In Python, decorate it with '@property'.",
    );
  }
  if (!/^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/.test(id)) {
    fail(
      scope,
      `Invalid 'id' '${id}' of an extension.`,
      "Use at most 50 lowercase letters, digits and '-', starting and ending with a letter or digit.",
    );
  }
  if (id in Object.prototype) {
    fail(scope, `The 'id' '${id}' of an extension is reserved.`, 'Set another one.');
  }
  if (scope.node.tryFindChild(id)) {
    fail(
      scope,
      `Duplicate 'id' '${id}' of an extension.`,
      // ConfigFiles with another ID but the same directory would be refused next
      'mountPath' in extension
        ? "Set another 'mountPath' for one of them, or combine their sources in one extension."
        : "Set another 'id' for one of them.",
    );
  }
  return id;
}

/** Refuses an argument without 'bind', and names the method of a construct that returns an extension. */
function checkIsExtension(scope: Construct, extension: Partial<IPodExtension> & { client?: unknown }): void {
  if (typeof extension?.bind === 'function') {
    return;
  }
  if (Construct.isConstruct(extension)) {
    fail(
      scope,
      `The argument of 'add' is the construct '${extension.node.path}', not an extension.`,
      typeof extension.client === 'function'
        ? "Add the client of the database, for example 'add(database.client())'."
        : "Pass an IPodExtension, for example 'new ConfigFiles({ ... })'.",
    );
  }
  if (typeof extension?.id === 'string') {
    fail(
      scope,
      `Extension '${extension.id}' has no method 'bind'.`,
      "Implement 'bind(scope, options)' of IPodExtension, which returns the additions to the pod.",
    );
  }
  fail(
    scope,
    "The argument of 'add' is not an extension.",
    "Pass an IPodExtension, for example 'new ConfigFiles({ ... })'.",
  );
}
