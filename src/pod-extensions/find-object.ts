import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PodExtensionsOptions } from './pod-extensions-options';
import { manifestOf, podIn } from './pod-target';
import { fail } from '../checks/fail';
import { compareBy } from '../checks/order';
import { podOf } from '../inspect/pods';
import { workloadOf } from '../safety/waiver';

/** Returns the only object with pods, of a kind and name if they are set, in a construct. */
export function findObject(scope: IConstruct, options: PodExtensionsOptions): ApiObject {
  const objects = scope.node.findAll().filter(isApiObject).filter(isTopmost);
  const matching = objects.filter(object => matches(object, options) && hasPods(object));
  const others = matching.filter(object => !isOwn(object));
  if (others.length === 1) {
    return others[0];
  }
  if (others.length > 1) {
    fail(
      scope,
      `'${scope.node.path}' contains ${others.length} objects with pods${criteria(options)}.`,
      `Select one with ${choices(others)}.`,
    );
  }
  if (matching.length > 0) {
    fail(
      scope,
      `${matching[0].kind} '${matching[0].name}' belongs to a workload of this library.`,
      "Call 'add' of the workload.",
    );
  }
  const existing = objects.filter(object => !isOwn(object) && hasPods(object));
  return fail(
    scope,
    `'${scope.node.path}' contains no object with pods${criteria(options)}.`,
    existing.length > 0 ? `Use ${choices(existing)}.` : 'Pass a construct that contains one, for example a Deployment.',
  );
}

function isApiObject(construct: IConstruct): construct is ApiObject {
  return ApiObject.isApiObject(construct);
}

/** Whether an object belongs to the owner and not to an extension, whose objects are below the extended object. */
function isTopmost(object: ApiObject): boolean {
  return object.node.scopes.filter(isApiObject).length === 1;
}

/** Whether an object is part of a workload of this library, which has its own `add`. */
function isOwn(object: ApiObject): boolean {
  return ![undefined, object].includes(workloadOf(object) as ApiObject | undefined);
}

function matches(object: ApiObject, { kind, name }: PodExtensionsOptions): boolean {
  return (kind === undefined || object.kind === kind) && (name === undefined || object.name === name);
}

/** Whether an object has a pod template. Only objects of unknown kinds are rendered. */
function hasPods(object: ApiObject): boolean {
  const { apiVersion, kind, name } = object;
  if (podOf({ apiVersion, kind, name, content: {}, source: { locate: () => undefined } })) {
    return true;
  }
  try {
    const manifest = manifestOf(object, object.toJson());
    return manifest !== undefined && podIn(manifest) !== undefined;
  } catch {
    // an object that cannot be rendered yet is reported at synthesis
    return false;
  }
}

function criteria({ kind, name }: PodExtensionsOptions): string {
  const parts = [kind === undefined ? [] : `kind '${kind}'`, name === undefined ? [] : `name '${name}'`].flat();
  return parts.length > 0 ? ` of ${parts.join(' and ')}` : '';
}

function choices(objects: readonly ApiObject[]): string {
  return objects
    .map(({ kind, name }) => `{ kind: '${kind}', name: '${name}' }`)
    .sort(compareBy(choice => choice))
    .join(' or ');
}
