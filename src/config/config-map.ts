import { createHash } from 'crypto';
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkRollout, ConfigRollout, LIVE_REASON, RolloutRule } from './config-rollout';
import { checkNoCredentials } from './credential-check';
import { fail, warn } from '../checks/fail';
import { listed } from '../checks/message';
import { misread } from '../checks/misread';
import { compareBy } from '../checks/order';
import { isConfigKey } from '../checks/values';
import { NO_PRUNE } from '../facts/gitops';
import { MAX_CONFIG_MAP_BYTES } from '../facts/kubernetes';
import { ReadableApiObject } from '../objects/readable-api-object';
import { PodExtensionContext, PodAdditions, ReloadTargetKind } from '../pod/pod-extension';
import { PodVolume } from '../pod/volumes/pod-volume';
import { bytesPastApply, configMapBytes, isTooLarge, mayPassApply } from '../predicates/config-map-size';
import { Waiver, waiverAnnotations } from '../safety/waiver';

/** A configuration file. Its content is a string if it is UTF-8; otherwise bytes. */
export interface ConfigFile {
  /** The path below the mount. */
  readonly path: string;
  readonly content: string | Buffer;
  /** The permission bits; by default those of the volume. */
  readonly mode?: number;
}

/** A ConfigMap of files, and the properties that a pod needs to mount it. */
export interface ConfigMapFiles {
  readonly name: string;
  readonly files: readonly ConfigFile[];
  /** The path and mode of each key; `undefined` if each key is the path. */
  readonly items?: { key: string; path: string; mode?: number }[];
  /** The additions to the pod that implement the rollout. */
  readonly additions: Pick<PodAdditions, 'podAnnotations' | 'reloadOn'>;
}

/** The mode of files from a ConfigMap: all users can read, none can write. */
export const CONFIG_MODE = 0o444;

/**
 * Defines a ConfigMap of files. Refuses credentials, and more files than a ConfigMap can contain.
 *
 * @param id the last part of its name
 * @param waives the rule that reports a missing rollout, which depends on the mounts of the files
 */
export function defineConfigMap(
  scope: Construct,
  id: string,
  options: PodExtensionContext,
  files: readonly ConfigFile[],
  rollout: ConfigRollout,
  waives: RolloutRule = 'config-change-rolls-pods',
): ConfigMapFiles {
  checkRollout(scope, rollout);
  const credentialReason = checkNoCredentials(scope, files);
  const sorted = [...files].sort(compareBy(file => file.path));
  const keys = keysFor(sorted.map(file => file.path));
  const hash = contentHash(sorted);
  const stableName = `${options.workloadName}-${id}`;
  const immutable = rollout._strategy === 'immutable';
  const name = immutable ? `${stableName}-${hash}` : stableName;

  const entries = sorted.map(({ content }, i) => ({ key: keys[i], content }));
  const content = {
    data: toData(entries, value => (isStoredAsText(value) ? value : undefined)),
    binaryData: toData(entries, value => (isStoredAsText(value) ? undefined : Buffer.from(value).toString('base64'))),
  };
  const object = new ReadableApiObject(scope, 'ConfigMap', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: options.namespace,
      labels: options.labels,
      annotations: withCredentialWaiver(annotationsOf(rollout, waives), credentialReason),
    },
    immutable: immutable || undefined,
    ...content,
  });
  checkSizes(scope, object, content, sorted);

  const needsItems = sorted.some((file, i) => keys[i] !== file.path || file.mode !== undefined);
  return {
    name,
    files,
    items: needsItems ? sorted.map((file, i) => ({ key: keys[i], path: file.path, mode: file.mode })) : undefined,
    additions: {
      podAnnotations: rollout._strategy === 'checksum' ? { [`checksum/${id}`]: hash } : undefined,
      reloadOn: rollout._strategy === 'reloader' ? [{ kind: ReloadTargetKind.CONFIG_MAP, name }] : undefined,
    },
  };
}

/** The waiver of a credential is an annotation of the ConfigMap that contains it. */
function withCredentialWaiver(
  annotations: Record<string, string> | undefined,
  reason: string | undefined,
): Record<string, string> | undefined {
  return reason === undefined
    ? annotations
    : { ...annotations, ...waiverAnnotations([Waiver.noCredentialInConfigMap(reason)]) };
}

function annotationsOf(
  { _strategy: strategy, reason }: ConfigRollout,
  waives: RolloutRule,
): Record<string, string> | undefined {
  switch (strategy) {
    // pods of old revisions still mount it when it is no longer in the manifests
    case 'immutable':
      return { ...NO_PRUNE };
    case 'live':
      return waiverAnnotations([Waiver.of(waives, LIVE_REASON)]);
    case 'none':
      return waiverAnnotations([Waiver.of(waives, reason!)]);
    case 'checksum':
    case 'reloader':
    case 'once':
      return undefined;
  }
}

/** Returns a volume of only the files of a ConfigMap. */
export function configMapVolume(name: string, files: ConfigMapFiles): PodVolume {
  return PodVolume.fromSource(name, { configMap: { name: files.name, items: files.items, defaultMode: CONFIG_MODE } });
}

/** Returns a short hash of sorted files as a pod sees them: paths, modes and bytes. */
export function contentHash(files: readonly ConfigFile[]): string {
  const hash = createHash('sha256');
  for (const { path, mode, content } of files) {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    // the length separates the content from the next file
    hash.update(`${JSON.stringify([path, mode ?? CONFIG_MODE, typeof content, bytes.length])}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 10);
}

/** Returns a unique key for each path: the path itself if it is a valid key; otherwise a similar one. */
function keysFor(paths: readonly string[]): string[] {
  const readable = paths.map(path =>
    isConfigKey(path)
      ? path
      : path
          .replace(/^\.\.+/, '_')
          .replace(/[^-._a-zA-Z0-9]/g, '_')
          .slice(-200),
  );
  const counts = new Map<string, number>();
  readable.forEach(key => counts.set(key, (counts.get(key) ?? 0) + 1));
  return readable.map((key, i) =>
    isConfigKey(key) && (key === paths[i] || counts.get(key) === 1)
      ? key
      : `${key}-${createHash('sha256').update(paths[i]).digest('hex').slice(0, 10)}`,
  );
}

/** Returns whether kubectl reads a content back from YAML. Otherwise base64 mounts the same file. */
export function isStoredAsText(content: string | Buffer): content is string {
  return typeof content === 'string' && !misread(content);
}

function toData(
  entries: readonly { key: string; content: string | Buffer }[],
  encode: (content: string | Buffer) => string | undefined,
): Record<string, string> | undefined {
  const encoded = entries.flatMap(({ key, content }): [string, string][] => {
    const value = encode(content);
    return value === undefined ? [] : [[key, value]];
  });
  return encoded.length > 0 ? Object.fromEntries(encoded) : undefined;
}

function checkSizes(
  scope: Construct,
  object: ApiObject,
  content: Readonly<Record<string, unknown>>,
  files: readonly ConfigFile[],
): void {
  if (isTooLarge(content)) {
    fail(
      scope,
      `The values have ${configMapBytes(content)} bytes in total, more than the limit of ${MAX_CONFIG_MAP_BYTES} ` +
        `bytes of a ConfigMap. The largest are ${listed(largest(files))}.`,
      "Shorten them, or mount files with 'ConfigFiles', which splits a large directory over several ConfigMaps.",
    );
  }
  if (mayPassApply(content) && bytesPastApply(object.toJson()) !== undefined) {
    warn(
      scope,
      `The ConfigMap '${object.name}' exceeds the 256Ki that 'kubectl apply' can store in its annotation.`,
      "Use 'kubectl apply --server-side'.",
    );
  }
}

function largest(files: readonly ConfigFile[]): string[] {
  return files
    .map(({ path, content }) => ({ path, bytes: Buffer.byteLength(content) }))
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, 3)
    .map(({ path, bytes }) => `${path} (${bytes} bytes)`);
}
