import type { IConstruct } from 'constructs';
import { checkPinned } from './check-container';
import { checkMinimum } from './minimum-version';
import type { PodVolume } from './volumes/pod-volume';
import { fail } from '../checks/fail';
import {
  checkInteger,
  checkObjectName,
  checkQualifiedName,
  checkRelativePath,
  checkSize,
  RESERVED_KEYS,
} from '../checks/values';

/** Refuses a volume that the API server rejects, and an `emptyDir` that can be unbounded. */
export function checkVolume(
  scope: IConstruct,
  owner: string,
  { name, _source: source, _facts: facts }: PodVolume,
): void {
  const { emptyDir, claim, since } = facts;
  if (claim && claim.kind !== 'existing') {
    return;
  }
  if (since) {
    checkMinimum(scope, `Volume '${name}'`, since);
  }
  const types = Object.keys(source ?? {});
  if (types.length !== 1) {
    fail(
      scope,
      `Volume '${name}' of ${owner} has ${types.length === 0 ? 'no source' : `the sources '${types.join("', '")}'`}.`,
      "Set exactly one source, for example 'configMap: {name: app-config}'.",
    );
  }
  if (source.emptyDir && !emptyDir) {
    fail(
      scope,
      `Volume '${name}' of ${owner} is an emptyDir that can be without a size limit.`,
      "Create it with 'PodVolume.emptyDir', which requires a 'sizeLimit'.",
    );
  }
  if (emptyDir) {
    checkSize(scope, `the size limit of volume '${name}'`, emptyDir.sizeLimit);
  }
  refuseReservedKeys(scope, name, source);
  for (const [kind, object] of referencedObjects(source)) {
    checkObjectName(scope, `the ${kind} of volume '${name}'`, String(object ?? ''));
  }
  checkFields(scope, name, source);
}

function refuseReservedKeys(scope: IConstruct, name: string, value: unknown): void {
  if (typeof value !== 'object' || value === null) {
    return;
  }
  for (const [key, child] of Object.entries(value)) {
    if (RESERVED_KEYS.includes(key)) {
      fail(scope, `Volume '${name}' has the key '${key}', which cdk8s does not write.`, 'Remove it.');
    }
    refuseReservedKeys(scope, name, child);
  }
}

/** Checks the fields of volume types that have a factory. */
function checkFields(scope: IConstruct, name: string, source: any): void {
  const { nfs, hostPath, image, csi, downwardAPI, projected } = source;
  if (nfs) {
    checkAbsolute(scope, name, nfs.path);
    checkNotEmpty(scope, `'server' of volume '${name}'`, nfs.server);
  }
  if (hostPath) {
    checkAbsolute(scope, name, hostPath.path);
  }
  if (image) {
    checkPinned(scope, image.reference ?? '');
  }
  if (csi) {
    checkObjectName(scope, `the driver of volume '${name}'`, csi.driver ?? '');
  }
  checkItems(scope, name, downwardAPI?.items);
  if (projected) {
    checkNotEmpty(scope, `The list of sources of volume '${name}'`, projected.sources);
    for (const { downwardAPI: fields, serviceAccountToken: token } of projected.sources) {
      checkItems(scope, name, fields?.items);
      if (token?.expirationSeconds !== undefined) {
        checkInteger(scope, "'expiration' in seconds", token.expirationSeconds, 600, 2 ** 32);
      }
    }
    checkDifferentPaths(scope, name, projected.sources);
  }
}

/** Refuses two sources with a file of the same path, which the API server rejects. */
function checkDifferentPaths(scope: IConstruct, name: string, sources: readonly any[]): void {
  const paths = new Set<string>();
  for (const { secret, configMap, downwardAPI, serviceAccountToken, clusterTrustBundle } of sources) {
    const items = [secret, configMap, downwardAPI].flatMap(source => source?.items ?? []);
    for (const { path } of [...items, serviceAccountToken ?? {}, clusterTrustBundle ?? {}]) {
      if (path !== undefined && paths.has(path)) {
        fail(scope, `Volume '${name}' has several files with the path '${path}'.`, 'Use a different path for each.');
      }
      paths.add(path);
    }
  }
}

function checkAbsolute(scope: IConstruct, name: string, path: unknown): void {
  if (typeof path !== 'string' || !path.startsWith('/') || path.split('/').includes('..')) {
    fail(scope, `The path of volume '${name}' is '${String(path)}', which is not absolute.`, "Start it with '/'.");
  }
}

function checkNotEmpty(scope: IConstruct, subject: string, value: string | readonly unknown[] | undefined): void {
  if (value === undefined || value.length === 0) {
    fail(scope, `${subject} is empty.`, 'Set it.');
  }
}

/** The fields of a pod that a volume can show. */
const POD_FIELD = /^metadata\.(?:name|namespace|uid|labels|annotations|(?:labels|annotations)\['(?<key>[^']+)'\])$/;
const RESOURCE_FIELD = /^(?:limits|requests)\.(?:cpu|memory|ephemeral-storage|hugepages-\w+)$/;

function checkItems(scope: IConstruct, name: string, items: readonly any[] = []): void {
  for (const { path, fieldRef, resourceFieldRef } of items) {
    checkRelativePath(scope, path);
    const field = fieldRef?.fieldPath ?? resourceFieldRef?.resource;
    const match = (fieldRef ? POD_FIELD : RESOURCE_FIELD).exec(field);
    if (!match) {
      fail(
        scope,
        `Volume '${name}' shows the field '${field}', which a volume cannot show.`,
        "Use a field such as 'metadata.labels', \"metadata.annotations['key']\" or 'limits.memory'.",
      );
    }
    if (match.groups?.key !== undefined) {
      checkQualifiedName(scope, `the field '${field}'`, match.groups.key);
    }
  }
}

/** Returns the kinds and names of the objects that a volume source refers to. */
function referencedObjects(source: any): [kind: string, name: unknown][] {
  const { persistentVolumeClaim, secret, configMap, projected, csi } = source;
  const references: [string, object | undefined, unknown][] = [
    ['PersistentVolumeClaim', persistentVolumeClaim, persistentVolumeClaim?.claimName],
    ['Secret', secret, secret?.secretName],
    ['Secret', csi?.nodePublishSecretRef, csi?.nodePublishSecretRef?.name],
    ['ConfigMap', configMap, configMap?.name],
    ...(projected?.sources ?? []).flatMap((item: any) => [
      ['Secret', item.secret, item.secret?.name],
      ['ConfigMap', item.configMap, item.configMap?.name],
    ]),
  ];
  return references.filter(([, reference]) => reference).map(([kind, , name]) => [kind, name]);
}
