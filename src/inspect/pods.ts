import { at, JsonPath, list, wholeNumber, record, text, textMap, texts, withoutNulls } from './json';
import { apiGroupOf, ManifestObject } from './manifest';
import { withoutTrailingSlashes } from '../checks/paths';

/** When a container runs: with the app, before it, or from before it until after it. */
export type ContainerRole = 'app' | 'init' | 'native-sidecar';

/** A volume at a path of a container. */
export interface Mount {
  readonly volume: string;
  readonly path: string;
  readonly readOnly: boolean;
  /** From `subPath` or `subPathExpr`. */
  readonly subPath?: string;
  /** The variables in its `subPathExpr`. */
  readonly subPathVariables: readonly string[];
  /** The path of the mount in its object. */
  readonly at: JsonPath;
}

/** An environment variable of a container. */
export interface Variable {
  readonly name: string;
  readonly value?: string;
  /** The reference to another object that contains the value. */
  readonly from?: { readonly kind: 'ConfigMap' | 'Secret' | 'other'; readonly name?: string; readonly key?: string };
  readonly at: JsonPath;
}

/** A container of a pod. */
export interface Container {
  readonly name: string;
  readonly role: ContainerRole;
  readonly image: string;
  readonly command: readonly string[];
  readonly args: readonly string[];
  readonly env: readonly Variable[];
  readonly mounts: readonly Mount[];
  /** All fields, which `at` searches. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly at: JsonPath;
}

/** A volume of a pod, or the claim template of a StatefulSet, which creates a volume for each replica. */
export interface Volume {
  readonly name: string;
  /**
   * The key of its source: `emptyDir`, `configMap`, `secret`, `projected`, `persistentVolumeClaim`, ...; a claim
   * template is `volumeClaimTemplate`.
   */
  readonly type: string;
  /** The value of that key. */
  readonly source: Readonly<Record<string, unknown>>;
  readonly at: JsonPath;
}

/** A pod, or the template of a workload's pods. */
export interface Pod {
  readonly object: ManifestObject;
  /** The number of pods at the same time; `undefined` for a DaemonSet. */
  readonly replicas?: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** The containers, in the order in which they start. */
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
  /** All fields of the spec, which `at` searches. */
  readonly spec: Readonly<Record<string, unknown>>;
  /** The path of the spec in its object. */
  readonly at: JsonPath;
  /** The path of the metadata in its object. */
  readonly metadataAt: JsonPath;
}

interface TemplatePlace {
  readonly groups: readonly string[];
  readonly path: readonly string[];
}

const TEMPLATES: ReadonlyMap<string, TemplatePlace> = new Map([
  ['Pod', { groups: [''], path: [] }],
  ['PodTemplate', { groups: [''], path: ['template'] }],
  ['ReplicationController', { groups: [''], path: ['spec', 'template'] }],
  ['Deployment', { groups: ['apps', 'extensions'], path: ['spec', 'template'] }],
  ['ReplicaSet', { groups: ['apps', 'extensions'], path: ['spec', 'template'] }],
  ['StatefulSet', { groups: ['apps'], path: ['spec', 'template'] }],
  ['DaemonSet', { groups: ['apps', 'extensions'], path: ['spec', 'template'] }],
  ['Job', { groups: ['batch'], path: ['spec', 'template'] }],
  ['CronJob', { groups: ['batch'], path: ['spec', 'jobTemplate', 'spec', 'template'] }],
]);

/**
 * Returns the pod that an object of Kubernetes is or creates; `undefined` if it creates no pods, or is of another API.
 */
export function podOf(object: ManifestObject): Pod | undefined {
  const template = TEMPLATES.get(object.kind);
  if (!template || !template.groups.includes(apiGroupOf(object))) {
    return undefined;
  }
  return readPod(object, template.path, {
    replicas: replicasOf(object),
    claims: object.kind === 'StatefulSet' ? ['spec', 'volumeClaimTemplates'] : undefined,
  });
}

interface PodContext {
  readonly replicas?: number;
  /** The path of the claim templates in the object. */
  readonly claims?: JsonPath;
}

/** Returns the pod whose template is at a path of an object. */
export function readPod(object: ManifestObject, template: JsonPath, { replicas, claims }: PodContext): Pod {
  const spec = [...template, 'spec'];
  const metadata = [...template, 'metadata'];
  const content = record(withoutNulls(at(object.content, ...spec)));
  const claimVolumes = claims === undefined ? [] : readClaimTemplates(object, claims);
  const claimNames = claimVolumes.map(({ name }) => name);
  return {
    object,
    replicas,
    labels: textMap(at(object.content, ...metadata, 'labels')),
    annotations: textMap(at(object.content, ...metadata, 'annotations')),
    containers: [
      ...list(content.initContainers).map((container, i) =>
        readContainer(container, at(container, 'restartPolicy') === 'Always' ? 'native-sidecar' : 'init', [
          ...spec,
          'initContainers',
          i,
        ]),
      ),
      ...list(content.containers).map((container, i) => readContainer(container, 'app', [...spec, 'containers', i])),
    ],
    volumes: [
      // a claim template replaces the volume of its name
      ...list(content.volumes)
        .map((volume, i) => readVolume(volume, [...spec, 'volumes', i]))
        .filter(({ name }) => !claimNames.includes(name)),
      ...claimVolumes,
    ],
    spec: content,
    at: spec,
    metadataAt: metadata,
  };
}

function readClaimTemplates({ content }: ManifestObject, path: JsonPath): Volume[] {
  return list(at(content, ...path)).map((claim, i) => ({
    name: text(at(claim, 'metadata', 'name')) ?? '',
    type: 'volumeClaimTemplate',
    source: record(claim),
    at: [...path, i],
  }));
}

function replicasOf({ kind, content }: ManifestObject): number | undefined {
  switch (kind) {
    case 'DaemonSet':
      return undefined;
    case 'Pod':
    case 'PodTemplate':
      return 1;
    case 'Job':
      return podsOfJob(content.spec);
    case 'CronJob':
      return podsOfJob(at(content, 'spec', 'jobTemplate', 'spec'));
    default:
      return wholeNumber(at(content, 'spec', 'replicas')) ?? 1;
  }
}

/** The number of pods that a Job runs at the same time, which is at most the number of completions that it needs. */
export function podsOfJob(spec: unknown): number {
  return Math.min(wholeNumber(at(spec, 'parallelism')) ?? 1, wholeNumber(at(spec, 'completions')) ?? Infinity);
}

/** Reads a container at a path of its object. */
export function readContainer(container: unknown, role: ContainerRole, path: JsonPath): Container {
  const content = record(container);
  return {
    name: text(content.name) ?? '',
    role,
    image: text(content.image) ?? '',
    command: texts(content.command),
    args: texts(content.args),
    env: list(content.env).map((variable, i) => readVariable(variable, [...path, 'env', i])),
    mounts: list(content.volumeMounts).map((mount, i) => ({
      volume: text(at(mount, 'name')) ?? '',
      path: withoutTrailingSlashes(text(at(mount, 'mountPath')) ?? ''),
      readOnly: at(mount, 'readOnly') === true,
      subPath: text(at(mount, 'subPath')) ?? text(at(mount, 'subPathExpr')),
      subPathVariables: variablesIn(text(at(mount, 'subPathExpr'))),
      at: [...path, 'volumeMounts', i],
    })),
    content,
    at: path,
  };
}

function variablesIn(expression: string | undefined): string[] {
  return expression === undefined ? [] : [...expression.matchAll(/\$\((\w+)\)/g)].map(([, variable]) => variable);
}

function readVariable(variable: unknown, path: JsonPath): Variable {
  const from = record(at(variable, 'valueFrom'));
  const [kind, reference] = from.configMapKeyRef
    ? ['ConfigMap' as const, from.configMapKeyRef]
    : from.secretKeyRef
      ? ['Secret' as const, from.secretKeyRef]
      : ['other' as const, undefined];
  return {
    name: text(at(variable, 'name')) ?? '',
    value: text(at(variable, 'value')),
    from:
      Object.keys(from).length > 0
        ? { kind, name: text(at(reference, 'name')), key: text(at(reference, 'key')) }
        : undefined,
    at: path,
  };
}

function readVolume(volume: unknown, path: JsonPath): Volume {
  const { name, ...sources } = record(volume);
  // a volume without a source is an emptyDir
  const [type, source] = Object.entries(sources).find(([, value]) => value !== undefined) ?? ['emptyDir', {}];
  return { name: text(name) ?? '', type, source: record(source), at: path };
}
