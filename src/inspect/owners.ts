import { at, list, text } from './json';
import type { ManifestObject } from './manifest';

/** The kinds that the controllers of Kubernetes create, directly or through a kind in between. */
const CREATED_KINDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['Deployment', ['ReplicaSet', 'Pod']],
  ['ReplicaSet', ['Pod']],
  ['ReplicationController', ['Pod']],
  ['StatefulSet', ['Pod']],
  ['DaemonSet', ['Pod']],
  ['CronJob', ['Job', 'Pod']],
  ['Job', ['Pod']],
]);

/** The kind whose controller creates the objects of a kind, with its own name and a suffix. */
const CREATORS: ReadonlyMap<string, string> = new Map([
  ['ReplicaSet', 'Deployment'],
  ['Job', 'CronJob'],
]);

/** The owner that controls an object. */
export interface ControllerReference {
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
}

export function controllerOf({ content }: ManifestObject): ControllerReference | undefined {
  const owner = list(at(content, 'metadata', 'ownerReferences')).find(
    reference => at(reference, 'controller') === true,
  );
  return owner === undefined
    ? undefined
    : {
        kind: text(at(owner, 'kind')) ?? '',
        name: text(at(owner, 'name')) ?? '',
        uid: text(at(owner, 'uid')),
      };
}

/** Whether the kubelet of a node created a pod, from a file on the node. */
export function isOfNode({ kind, content }: ManifestObject): boolean {
  return (
    kind === 'Pod' &&
    list(at(content, 'metadata', 'ownerReferences')).some(
      owner => at(owner, 'kind') === 'Node' && at(owner, 'apiVersion') === 'v1',
    )
  );
}

/**
 * Returns the object whose controller created an object. `kubectl get deployments,pods` omits ReplicaSets, so the
 * controller can also be the owner of one that is missing.
 *
 * @param find returns the object of a kind and name in the namespace of the object
 */
export function creatorOf(
  object: ManifestObject,
  find: (kind: string, name: string) => ManifestObject | undefined,
): ManifestObject | undefined {
  const controller = controllerOf(object);
  if (controller === undefined) {
    return undefined;
  }
  const { kind, name, uid } = controller;
  const direct = find(kind, name);
  const creator = direct ?? find(CREATORS.get(kind) ?? '', name.replace(/-[^-]*$/, ''));
  const isOther =
    direct !== undefined && uid !== undefined && (text(at(direct.content, 'metadata', 'uid')) ?? uid) !== uid;
  return creator !== undefined && creator !== object && !isOther && canCreate(creator, object.kind)
    ? creator
    : undefined;
}

/** Whether a controller of the creator can create objects of a kind. Operators can create any. */
function canCreate({ apiVersion, kind }: ManifestObject, createdKind: string): boolean {
  return CREATED_KINDS.get(kind)?.includes(createdKind) ?? apiVersion.includes('.');
}
