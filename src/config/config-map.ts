import { createHash } from 'crypto';
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { checkRollout, ConfigRollout } from './config-rollout';
import { fail, warn } from '../checks/fail';
import { listed } from '../checks/message';
import { misread } from '../checks/misread';
import { by } from '../checks/order';
import { isConfigKey } from '../checks/values';
import { MAX_CONFIG_MAP_BYTES } from '../facts/kubernetes';
import { ReadableApiObject } from '../objects/readable-api-object';
import { PodExtensionContext, PodAdditions, ReloadTargetKind } from '../pod/pod-extension';
import { PodVolume } from '../pod/pod-parts';
import { bytesPastApply, configMapBytes, isTooLarge, mayPassApply } from '../predicates/config-map-size';
import { Waiver, waiverAnnotations } from '../safety/waiver';

/** One file to be: where below the mount, and what is in it. Text is a string, all else bytes. */
export interface ConfigFile {
  readonly path: string;
  readonly content: string | Buffer;
  /** Permission bits; those of the volume when not given. */
  readonly mode?: number;
}

/** A ConfigMap that holds files, and how a pod mounts them. */
export interface ConfigMapFiles {
  readonly name: string;
  /** From key to path and mode; undefined where each key is the path. */
  readonly items?: { key: string; path: string; mode?: number }[];
  /** What the workload adds so that a change has its effect. */
  readonly contribution: PodAdditions;
}

/** The mode of files from a ConfigMap: everybody may read, nobody write. */
export const CONFIG_MODE = 0o444;

/**
 * Defines the ConfigMap that holds `files`, so that a change of it has the effect that `rollout` says.
 *
 * @param id the ConfigMap's construct id, and the last part of its name
 */
export function defineConfigMap(
  scope: Construct,
  id: string,
  options: PodExtensionContext,
  files: readonly ConfigFile[],
  rollout: ConfigRollout,
): ConfigMapFiles {
  checkRollout(scope, rollout);
  const sorted = [...files].sort(by(file => file.path));
  const keys = keysFor(sorted.map(file => file.path));
  const hash = contentHash(sorted);
  const stableName = `${options.workloadName}-${id}`;
  const immutable = rollout._strategy === 'immutable';
  const name = immutable ? `${stableName}-${hash}` : stableName;

  const content = {
    data: contents(sorted, keys, of => (isText(of) ? of : undefined)),
    binaryData: contents(sorted, keys, of => (isText(of) ? undefined : Buffer.from(of).toString('base64'))),
  };
  const object = new ReadableApiObject(scope, 'ConfigMap', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: {
      name,
      namespace: options.namespace,
      labels: options.labels,
      annotations: annotationsOf(rollout),
    },
    immutable: immutable || undefined,
    ...content,
  });
  checkSizes(scope, object, content, sorted);

  const needsItems = sorted.some((file, i) => keys[i] !== file.path || file.mode !== undefined);
  return {
    name,
    items: needsItems ? sorted.map((file, i) => ({ key: keys[i], path: file.path, mode: file.mode })) : undefined,
    contribution: {
      podAnnotations: rollout._strategy === 'checksum' ? { [`checksum/${id}`]: hash } : undefined,
      reloadOn: rollout._strategy === 'reloader' ? [{ kind: ReloadTargetKind.CONFIG_MAP, name }] : undefined,
    },
  };
}

function annotationsOf({ _strategy: strategy, reason }: ConfigRollout): Record<string, string> | undefined {
  switch (strategy) {
    // pods of the last revisions still mount it after it has left the manifest
    case 'immutable':
      return { 'argocd.argoproj.io/sync-options': 'Prune=false', 'kustomize.toolkit.fluxcd.io/prune': 'Disabled' };
    case 'live':
      return waiverAnnotations([Waiver.configChangeRollsPods('the app reads its files again')]);
    case 'none':
      return waiverAnnotations([Waiver.configChangeRollsPods(reason!)]);
    default:
      return undefined;
  }
}

/** The volume of a ConfigMap's files alone. */
export function configMapVolume(name: string, files: ConfigMapFiles): PodVolume {
  return PodVolume.fromSource(name, { configMap: { name: files.name, items: files.items, defaultMode: CONFIG_MODE } });
}

/** A short hash of exactly what a pod sees: paths, modes and bytes. The same on every machine. */
function contentHash(files: readonly ConfigFile[]): string {
  const hash = createHash('sha256');
  for (const { path, mode, content } of files) {
    const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
    // the lengths keep one file's end from being taken for another's beginning
    hash.update(`${JSON.stringify([path, mode ?? CONFIG_MODE, typeof content, bytes.length])}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 10);
}

/** A legal key for each path: the path itself where it is one, else a readable one that no other path has. */
function keysFor(paths: readonly string[]): string[] {
  const readable = paths.map(path =>
    isConfigKey(path)
      ? path
      : path
          .replace(/^\.\.+/, '_')
          .replace(/[^-._a-zA-Z0-9]/g, '_')
          .slice(-200),
  );
  return readable.map((key, i) =>
    isConfigKey(key) && (key === paths[i] || readable.indexOf(key) === readable.lastIndexOf(key))
      ? key
      : `${key}-${createHash('sha256').update(paths[i]).digest('hex').slice(0, 10)}`,
  );
}

/** Whether a content can stand in YAML as it is; base64 always can, and mounts the same file. */
function isText(content: string | Buffer): content is string {
  return typeof content === 'string' && !misread(content);
}

function contents(
  files: readonly ConfigFile[],
  keys: readonly string[],
  of: (content: string | Buffer) => string | undefined,
) {
  const entries = files.map(({ content }, i) => [keys[i], of(content)]).filter(([, content]) => content !== undefined);
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function checkSizes(
  scope: Construct,
  object: ApiObject,
  content: Readonly<Record<string, unknown>>,
  files: readonly ConfigFile[],
): void {
  if (isTooLarge(content)) {
    const sizes = files.map(file => ({ path: file.path, bytes: Buffer.byteLength(file.content) }));
    const largest = sizes
      .sort((a, b) => b.bytes - a.bytes)
      .slice(0, 3)
      .map(({ path, bytes }) => `${path} (${bytes} bytes)`);
    fail(
      scope,
      `Its files add up to ${configMapBytes(content)} bytes, more than the ${MAX_CONFIG_MAP_BYTES} ` +
        'that a ConfigMap holds.',
      `The largest are ${listed(largest)}. leave some out, or mount them from several ConfigFiles or a ` + 'volume.',
    );
  }
  if (mayPassApply(content) && bytesPastApply(object.toJson()) !== undefined) {
    warn(
      scope,
      `The ConfigMap '${object.name}' is larger than the 256Ki that 'kubectl apply' can note in its ` + 'annotation.',
      "Apply it with 'kubectl apply --server-side'.",
    );
  }
}
