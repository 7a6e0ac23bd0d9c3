import type { ApiObject } from 'cdk8s';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';
import { checkLabel } from '../checks/values';
import { at, wholeNumber, textMap } from '../inspect/json';
import { ManifestObject, objectsOf } from '../inspect/manifest';
import { Container, Pod, podOf } from '../inspect/pods';
import { groupOf, userOf } from '../inspect/security';

/** The grace period of a pod that sets none. */
const DEFAULT_GRACE_SECONDS = 30;

/** The annotation with the name of the container that `kubectl logs` and `kubectl exec` choose. */
const DEFAULT_CONTAINER = 'kubectl.kubernetes.io/default-container';

/** A rendered workload, and the container of its pods that extensions add to. */
export interface PodTarget {
  readonly manifest: ManifestObject;
  readonly pod: Pod;
  readonly app: Container;
  readonly facts: PodTargetFacts;
}

/** The properties of a workload that extensions depend on, by the names that messages use. */
export interface PodTargetFacts {
  readonly 'metadata.name': string;
  readonly 'metadata.namespace'?: string;
  /** The labels that select the pods; empty if the pods have none. */
  readonly 'labels': Readonly<Record<string, string>>;
  readonly 'container': string;
  readonly 'runAsUser'?: number;
  readonly 'runAsGroup'?: number;
  readonly 'terminationGracePeriodSeconds': number;
}

/** Returns the pods of a manifest; `undefined` if it has no pod template. */
export function podIn(manifest: ManifestObject): Pod | undefined {
  // kinds of other API groups, such as an Argo Rollout, have their template where a Deployment has it
  const pod = podOf(manifest) ?? podOf({ ...manifest, apiVersion: 'apps/v1', kind: 'Deployment' });
  return pod?.containers.some(({ role }) => role === 'app') ? pod : undefined;
}

/** Returns the only object of a rendered manifest; `undefined` for a `List`. */
export function manifestOf(object: ApiObject, content: unknown): ManifestObject | undefined {
  const [manifest, ...others] = objectsOf(content, { constructPath: object.node.path, locate: () => undefined });
  return others.length === 0 ? manifest : undefined;
}

/** Reads the pod template of a rendered object; refuses one without, an invalid namespace and an unknown container. */
export function readTarget(object: ApiObject, content: unknown, container?: string): PodTarget {
  const manifest = manifestOf(object, content);
  const pod = manifest && podIn(manifest);
  if (!manifest || !pod) {
    fail(
      object,
      `${object.kind} '${object.name}' has no pod template.`,
      'Pass an object with containers, for example a Deployment.',
    );
  }
  if (manifest.namespace !== undefined) {
    checkLabel(object, 'namespace', manifest.namespace);
  }
  const app = appContainer(object, pod, container);
  return { manifest, pod, app, facts: factsOf(manifest, pod, app) };
}

/** Names a workload in messages: `Deployment 'web'`. */
export function describeTarget({ manifest: { kind, name } }: Pick<PodTarget, 'manifest'>): string {
  return `${kind} '${name}'`;
}

function appContainer(object: ApiObject, { containers, annotations }: Pod, container?: string): Container {
  const apps = containers.filter(({ role }) => role === 'app');
  if (container === undefined) {
    return apps.find(({ name }) => name === annotations[DEFAULT_CONTAINER]) ?? apps[0];
  }
  return (
    apps.find(({ name }) => name === container) ??
    fail(
      object,
      `'container' is '${container}', but ${object.kind} '${object.name}' has no such container.`,
      `Use ${listed(
        apps.map(({ name }) => name),
        'or',
      )}.`,
    )
  );
}

function factsOf(manifest: ManifestObject, pod: Pod, app: Container): PodTargetFacts {
  return {
    'metadata.name': manifest.name,
    'metadata.namespace': manifest.namespace,
    'labels': selectedLabels(manifest, pod),
    'container': app.name,
    'runAsUser': userOf(pod, app),
    'runAsGroup': groupOf(pod, app),
    'terminationGracePeriodSeconds': wholeNumber(pod.spec.terminationGracePeriodSeconds) ?? DEFAULT_GRACE_SECONDS,
  };
}

/** Returns the labels of the selector; otherwise those of the pods, or the label that Kubernetes adds for a Job. */
function selectedLabels({ apiVersion, kind, name, content }: ManifestObject, pod: Pod): Record<string, string> {
  const candidates = [
    textMap(at(content, 'spec', 'selector', 'matchLabels')),
    pod.labels,
    kind === 'Job' && apiVersion.startsWith('batch/') ? { 'batch.kubernetes.io/job-name': name } : {},
  ];
  return { ...candidates.find(labels => Object.keys(labels).length > 0) };
}
