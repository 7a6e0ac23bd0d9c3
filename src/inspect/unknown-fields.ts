import { distance } from 'fastest-levenshtein';
import { at, JsonPath, jsonPointer, list, record } from './json';
import { describeObject, ManifestObject } from './manifest';
import { message } from '../checks/message';
import { FIELDS } from '../facts/kubernetes-fields';

/** The fields of a type, with the types of their values. */
type Fields = ReadonlyMap<string, string | undefined>;

let types: ReadonlyMap<string, Fields> | undefined;

/**
 * Returns the fields of an object that are misspelled, which the API server drops or rejects. Other fields that are not
 * known are accepted, because newer versions of Kubernetes have more.
 */
export function misspelledFields(object: ManifestObject): string[] {
  if (!/^(v1|(apps|batch|policy|autoscaling|[a-z.]+\.k8s\.io)\/v\d\w*)$/.test(object.apiVersion)) {
    return [];
  }
  const isKnown = typesByName().has(object.kind);
  const template = at(object.content, 'spec', 'template');
  const found = isKnown
    ? misspelled(object.content, object.kind, [])
    : misspelled(template, 'PodTemplateSpec', ['spec', 'template']);
  return found.map(({ path, field }) =>
    message(
      `'${jsonPointer(path)}' of ${describeObject(object)} is not a field of Kubernetes.`,
      `Did you mean '${field}'?`,
    ),
  );
}

interface Misspelling {
  readonly path: JsonPath;
  readonly field: string;
}

function misspelled(value: unknown, type: string, path: JsonPath): Misspelling[] {
  const fields = typesByName().get(type);
  if (fields === undefined) {
    return [];
  }
  if (Array.isArray(value)) {
    return list(value).flatMap((element, i) => misspelled(element, type, [...path, i]));
  }
  return Object.entries(record(value)).flatMap(([name, child]) => {
    if (fields.has(name)) {
      const childType = fields.get(name);
      return childType === undefined ? [] : misspelled(child, childType, [...path, name]);
    }
    const field = [...fields.keys()].find(candidate => isMisspelling(name, candidate));
    return field === undefined ? [] : [{ path: [...path, name], field }];
  });
}

/** Whether names differ in case, separators or one letter. A plural can be a field of a newer version. */
function isMisspelling(name: string, field: string): boolean {
  const [one, other] = [name, field].map(text => text.toLowerCase().replace(/[-_]/g, ''));
  const isPlural = one === `${other}s` || other === `${one}s`;
  return one === other || (field.length > 4 && !isPlural && distance(one, other) === 1);
}

function typesByName(): ReadonlyMap<string, Fields> {
  types ??= new Map(
    FIELDS.trim()
      .split(/\n(?! )/)
      .map(line => {
        const [type, ...fields] = line.split(/\s+/);
        return [
          type,
          new Map(
            fields.map(field => {
              const [name, child] = field.split(':');
              return [name, child];
            }),
          ),
        ];
      }),
  );
  return types;
}
