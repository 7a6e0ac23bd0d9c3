import { at, JsonPath, list, wholeNumber, record, text, textMap } from './json';
import type { ManifestObject } from './manifest';
import type { ObjectFinder } from './pod-inventory';
import type { Container, Pod, Volume } from './pods';
import { isWithin } from '../checks/paths';

/** A ConfigMap or Secret that a pod reads, as files or as environment variables. */
export interface ConfigUse {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly name: string;
  /** The volume that contains its files; omitted for environment variables. */
  readonly volume?: Volume;
  /** The path of the reference in the object of the pod. */
  readonly at: JsonPath;
}

/** A key of a ConfigMap or Secret, and the path of its file in a volume. */
export interface VolumeItem {
  readonly key: string;
  readonly path: string;
  readonly mode?: number;
  readonly at: JsonPath;
}

/** A ConfigMap or Secret whose keys are files of a volume. */
export interface VolumeSource {
  readonly kind: ConfigUse['kind'];
  readonly name: string;
  /** The keys that the volume lists; omitted if each key is a file of its name. */
  readonly items?: readonly VolumeItem[];
  /** Whether the pod starts without the object or a listed key. */
  readonly isOptional: boolean;
  /** The path of the volume, or of the source of a projected volume. */
  readonly at: JsonPath;
}

/** Returns the ConfigMaps and Secrets whose keys are files of a volume. */
export function volumeSources({ type, source, at: path }: Volume): VolumeSource[] {
  switch (type) {
    case 'configMap':
      return readSource('ConfigMap', source, source.name, path, [...path, type]);
    case 'secret':
      return readSource('Secret', source, source.secretName, path, [...path, type]);
    case 'projected':
      return list(source.sources).flatMap((projection, i) => {
        const { configMap, secret } = record(projection);
        const projectionAt = [...path, type, 'sources', i];
        return [
          ...readSource('ConfigMap', configMap, at(configMap, 'name'), projectionAt, [...projectionAt, 'configMap']),
          ...readSource('Secret', secret, at(secret, 'name'), projectionAt, [...projectionAt, 'secret']),
        ];
      });
    default:
      return [];
  }
}

function readSource(
  kind: VolumeSource['kind'],
  source: unknown,
  name: unknown,
  path: JsonPath,
  sourceAt: JsonPath,
): VolumeSource[] {
  const items = list(at(source, 'items')).map((item, i) => ({
    key: text(at(item, 'key')) ?? '',
    path: text(at(item, 'path')) ?? '',
    mode: wholeNumber(at(item, 'mode')),
    at: [...sourceAt, 'items', i],
  }));
  return typeof name === 'string'
    ? [
        {
          kind,
          name,
          items: items.length > 0 ? items : undefined,
          isOptional: at(source, 'optional') === true,
          at: path,
        },
      ]
    : [];
}

/** Returns the ConfigMaps and Secrets that a pod reads. */
export function configUses(pod: Pod): ConfigUse[] {
  const uses: ConfigUse[] = pod.volumes.flatMap(volume =>
    volumeSources(volume).map(({ kind, name, at: path }) => ({ kind, name, volume, at: path })),
  );
  const add = (kind: ConfigUse['kind'], name: unknown, path: JsonPath) => {
    if (typeof name === 'string') {
      uses.push({ kind, name, at: path });
    }
  };
  for (const container of pod.containers) {
    list(container.content.envFrom).forEach((from, i) => {
      add('ConfigMap', at(from, 'configMapRef', 'name'), [...container.at, 'envFrom', i]);
      add('Secret', at(from, 'secretRef', 'name'), [...container.at, 'envFrom', i]);
    });
    for (const { from, at: path } of container.env) {
      if (from && from.kind !== 'other') {
        add(from.kind, from.name, path);
      }
    }
  }
  return uses;
}

/** The fields of a ConfigMap and a Secret that contain values. */
const VALUE_FIELDS = ['stringData', 'data', 'binaryData'] as const;

/** Returns the keys of a ConfigMap or Secret. */
export function configKeys({ content }: ManifestObject): string[] {
  return [...new Set(VALUE_FIELDS.flatMap(field => Object.keys(record(content[field]))))];
}

/** Returns the path of a key of a ConfigMap or Secret. */
export function configKeyAt({ content }: ManifestObject, key: string): JsonPath {
  return [VALUE_FIELDS.find(field => at(content, field, key) !== undefined) ?? 'data', key];
}

/** Returns the decoded value of a key of a ConfigMap or Secret; `undefined` if it is not a string. */
export function configValue(object: ManifestObject, key: string): string | undefined {
  const [field] = configKeyAt(object, key);
  const value = text(at(object.content, field, key));
  const isEncoded = field === 'binaryData' || (field === 'data' && object.kind === 'Secret');
  return value !== undefined && isEncoded ? Buffer.from(value, 'base64').toString('utf8') : value;
}

/**
 * Whether a mount with `subPath` shows a file of an object in its volume. Several objects of a projected volume have
 * different files; those of an object that is not among the manifests are only known if the volume lists them.
 */
export function isShownBy(
  subPath: string,
  { volume, at: path }: ConfigUse,
  pod: Pod,
  object?: ManifestObject,
): boolean {
  if (volume?.type !== 'projected') {
    return true;
  }
  const [projection] = Object.values(record(at(pod.object.content, ...path)));
  const items = list(at(projection, 'items')).map(item => text(at(item, 'path')) ?? '');
  const paths = items.length > 0 ? items : object && configKeys(object);
  return paths === undefined || paths.some(file => isWithin(file, subPath));
}

/** Returns the files that a container reads from the ConfigMaps in the inventory, by path. */
export function configFiles(container: Container, pod: Pod, inventory: ObjectFinder): Map<string, string> {
  const files = new Map<string, string>();
  for (const { volume: mounted, path, subPath } of container.mounts) {
    const volume = pod.volumes.find(({ name }) => name === mounted);
    for (const { kind, name, items } of volume ? volumeSources(volume) : []) {
      const object = kind === 'ConfigMap' ? inventory.find(kind, name, pod.object) : undefined;
      const data = textMap(object?.content.data);
      for (const { key, path: file } of items ??
        Object.keys(data).map(fileName => ({ key: fileName, path: fileName }))) {
        if (data[key] !== undefined && (subPath === undefined || subPath === file)) {
          files.set(subPath === undefined ? `${path}/${file}` : path, data[key]);
        }
      }
    }
  }
  return files;
}
