import { at, JsonPath, list, record, text } from './json';

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Where an object comes from: a file, or a construct. */
export interface ManifestSource {
  /** The path of the construct that renders it. */
  readonly constructPath?: string;

  /** The file that it stands in. */
  readonly file?: string;

  /**
   * Where the value at a path of the object stands, or the nearest value around it; objects of constructs have no
   * place.
   */
  locate(path: JsonPath): Place | undefined;
}

/** One Kubernetes object as it stands in a manifest. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  /** Empty where the server makes one up, from `generateName`. */
  readonly name: string;
  readonly namespace?: string;
  /** The object as plain JSON, with whatever else it holds. */
  readonly content: Readonly<Record<string, unknown>>;
  readonly source: ManifestSource;
}

/** A document that could not be read. */
export interface ManifestProblem extends Place {
  readonly message: string;
  /** Whether it can be read, but is no object of Kubernetes: a chart's values, for one. */
  readonly isForeign?: boolean;
}

/** What was read: the objects in their order, and the documents that hold none. */
export interface Manifests {
  readonly objects: readonly ManifestObject[];
  readonly problems: readonly ManifestProblem[];
}

/** Thrown for what can be read, but is no object of Kubernetes. */
export class ForeignDocument extends Error {}

/**
 * The objects of one document: itself, or the items of a `List`. Throws a `ForeignDocument` when it is no object of
 * Kubernetes, and when its name is no text.
 */
export function objectsOf(document: unknown, source: ManifestSource): ManifestObject[] {
  const content = record(document);
  const kind = text(content.kind);
  const apiVersion = text(content.apiVersion);
  if (kind === undefined || apiVersion === undefined) {
    throw new ForeignDocument("it is no object of Kubernetes, which has an 'apiVersion' and a 'kind'");
  }
  if (kind.endsWith('List') && Array.isArray(content.items)) {
    const itemKind = kind.slice(0, -'List'.length);
    return list(content.items).flatMap((item, index) =>
      objectsOf(
        // the server leaves both out of the items of a typed list
        itemKind && at(item, 'kind') === undefined ? { apiVersion, kind: itemKind, ...record(item) } : item,
        { ...source, locate: path => source.locate(['items', index, ...path]) },
      ),
    );
  }
  const name = at(content, 'metadata', 'name') ?? '';
  if (typeof name === 'object') {
    throw new Error("its 'metadata.name' is no text");
  }
  return [
    {
      apiVersion,
      kind,
      name: text(name) ?? '',
      namespace: text(at(content, 'metadata', 'namespace')),
      content,
      source,
    },
  ];
}

/** How people name an object: `Deployment shop/api`. */
export function describeObject({ kind, name, namespace }: ManifestObject): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
