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
    if (problem.startsWith('[')) {
      throw error;
    }
    throw new Error(`[${scope.node.path}] 'bind' of extension '${extension.id}' failed: ${problem}`, { cause: error });
  }
}

function checkId(scope: Construct, extension: IPodExtension): string {
  if (typeof extension?.bind !== 'function') {
    fail(
      scope,
      "The argument of 'add' is not an extension.",
      "Pass an IPodExtension, for example 'new ConfigFiles({ ... })'.",
    );
  }
  const { id } = extension;
  if (typeof id !== 'string' || !/^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/.test(id)) {
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
    fail(scope, `Duplicate 'id' '${id}' of an extension.`, "Set another 'id' for one of them.");
  }
  return id;
}
