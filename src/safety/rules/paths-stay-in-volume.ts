import { at, JsonPath, list, text } from '../../inspect/json';
import type { Pod } from '../../inspect/pods';
import { eachPodWith, Rule } from '../rule';

export const pathsStayInVolume: Rule<'paths-stay-in-volume'> = {
  id: 'paths-stay-in-volume',
  summary: 'A path in a volume does not leave the volume.',
  rationale: "The API server rejects '..' and absolute paths in volumes, because they could reach files of the node.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#using-subpath',
  fix: {
    construct: "Use a relative path without '..'.",
    yaml: "Use a relative path without '..'.",
  },
  ...eachPodWith(['subPath', 'subPathExpr', 'items', 'serviceAccountToken', 'hostPath'], function* (pod) {
    for (const { path, field, isAbsolute } of volumePaths(pod)) {
      const problem = problemOf(path, isAbsolute);
      if (problem !== undefined) {
        yield { at: field, message: `The path '${path}' ${problem}.` };
      }
    }
  }),
};

interface VolumePath {
  readonly path: string;
  readonly field: JsonPath;
  /** Whether the path is one of the node or of a server, and not of the volume. */
  readonly isAbsolute?: boolean;
}

function problemOf(path: string, isAbsolute = false): string | undefined {
  if (path.split('/').includes('..')) {
    return "contains '..'";
  }
  return path.startsWith('/') && !isAbsolute ? 'is absolute' : undefined;
}

function* volumePaths({ object, containers, volumes }: Pod): Iterable<VolumePath> {
  const mounts = containers.flatMap(container => container.mounts);
  for (const mount of mounts.filter(({ subPath }) => subPath !== undefined)) {
    for (const field of ['subPath', 'subPathExpr'].map(name => [...mount.at, name])) {
      yield* pathAt(object.content, field);
    }
  }
  for (const { type, source, at: volume } of volumes) {
    yield* itemsOf(source, [...volume, type]);
    for (const [i, entry] of list(source.sources).entries()) {
      const sourceAt = [...volume, type, 'sources', i];
      for (const kind of ['configMap', 'secret', 'downwardAPI']) {
        yield* itemsOf(at(entry, kind), [...sourceAt, kind]);
      }
      yield* pathAt(entry, ['serviceAccountToken', 'path'], sourceAt);
    }
    if (type === 'hostPath') {
      yield* pathAt(source, ['path'], [...volume, type], true);
    }
  }
}

function* itemsOf(source: unknown, path: JsonPath): Iterable<VolumePath> {
  for (const i of list(at(source, 'items')).keys()) {
    yield* pathAt(source, ['items', i, 'path'], path);
  }
}

function* pathAt(value: unknown, field: JsonPath, parent: JsonPath = [], isAbsolute = false): Iterable<VolumePath> {
  const path = text(at(value, ...field));
  if (path !== undefined) {
    yield { path, field: [...parent, ...field], isAbsolute };
  }
}
