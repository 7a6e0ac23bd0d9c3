import { at, isBelow, JsonPath, list, record, text } from './json';

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** The origin of an object: a file or a construct. */
export interface ManifestSource {
  /** The path of the construct that renders the object. */
  readonly constructPath?: string;

  /** The file that contains the object. */
  readonly file?: string;

  /**
   * Returns the place of the value at a path of the object, or of the nearest value around it; `undefined` for objects
   * of constructs.
   */
  locate(path: JsonPath): Place | undefined;
}

/** A Kubernetes object of a manifest. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** The name; empty if the server generates one from `generateName`. */
  readonly name: string;
  readonly namespace?: string;
  /** The object as plain JSON, with all its fields. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly source: ManifestSource;
  /** The paths of the keys that the file has with several values; the last value counts. */
  readonly repeatedKeys?: readonly JsonPath[];
  /** The folder whose objects belong together, such as a chart; omitted if all objects do. */
  readonly root?: string;
}

/** A document that is unreadable. */
export interface ManifestProblem extends Place {
  /** The problem, as a full sentence. */
  readonly message: string;
  /** Whether the document is readable, but not a Kubernetes object, such as the values of a chart. */
  readonly isForeign?: boolean;
}

/** The objects of a manifest in their order, and the unreadable documents. */
export interface Manifests {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly ManifestProblem[];
}

/** Input that an audit does not look at. */
export interface PassedOver {
  readonly count: number;
  /** A noun in the plural: `tests of Helm charts`. */
  readonly reason: string;
}

/** The content of a file. */
export interface FileManifests extends Manifests {
  /** The number of documents that are JSON patches of objects. */
  readonly patches: number;
}

/** Thrown for a document that is readable, but not a Kubernetes object. */
export class ForeignDocument extends Error {}

/**
 * Returns the objects of one document: itself, or the items of a `List`.
 *
 * @param repeatedKeys the paths of the keys that the document has with several values
 *
 * @throws ForeignDocument if the document is not a Kubernetes object
 * @throws Error if the name of the object is not a string
 */
export function objectsOf(
  document: unknown,
  source: ManifestSource,
  repeatedKeys: readonly JsonPath[] = [],
): ManifestObject[] {
  const content = record(document);
  const kind = text(content.kind);
  const apiVersion = text(content.apiVersion);
  if (kind === undefined || apiVersion === undefined) {
    throw new ForeignDocument("The document is not a Kubernetes object: 'apiVersion' or 'kind' is missing.");
  }
  if (kind.endsWith('List') && Array.isArray(content.items)) {
    const itemKind = kind.slice(0, -'List'.length);
    return list(content.items).flatMap((item, index) =>
      objectsOf(
        // the server omits both from the items of a typed list
        itemKind && at(item, 'kind') === undefined ? { apiVersion, kind: itemKind, ...record(item) } : item,
        { ...source, locate: path => source.locate(['items', index, ...path]) },
        repeatedKeys.filter(path => isBelow(path, ['items', index])).map(path => path.slice(2)),
      ),
    );
  }
  const name = at(content, 'metadata', 'name') ?? '';
  if (typeof name === 'object') {
    throw new Error("'metadata.name' is not a string.");
  }
  return [
    {
      apiVersion,
      kind,
      name: text(name) ?? '',
      namespace: text(at(content, 'metadata', 'namespace')),
      content,
      source,
      ...(repeatedKeys.length > 0 && { repeatedKeys }),
    },
  ];
}

/** The kind and name of an object for messages: `Deployment shop/api`. */
export function describeObject({ kind, name, namespace }: Pick<ManifestObject, 'kind' | 'name' | 'namespace'>): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}

/** The API group of an object; empty for the core group. */
export function apiGroupOf({ apiVersion }: Pick<ManifestObject, 'apiVersion'>): string {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** Whether two objects are definitions of the same object, of which a cluster contains only one. */
export function isDouble(object: ManifestObject, second: ManifestObject): boolean {
  return (
    object !== second &&
    object.kind === second.kind &&
    object.name === second.name &&
    object.name !== '' &&
    object.namespace === second.namespace &&
    apiGroupOf(object) === apiGroupOf(second)
  );
}
