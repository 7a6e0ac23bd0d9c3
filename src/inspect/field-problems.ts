import { distance } from 'fastest-levenshtein';
import { at, JsonPath, jsonPointer, record } from './json';
import { Field, fieldsOf, ValueType } from './kubernetes-types';
import { describeObject, ManifestObject } from './manifest';
import { parseQuantity } from './quantity';
import { keptByObject } from '../checks/memo';
import { Complaint } from '../checks/message';

/**
 * Returns the problems with the fields of an object that the API server drops or rejects: misspelled names, values of
 * another type, and required fields that are missing. Objects of unknown kinds have none.
 */
export function fieldProblems(object: ManifestObject): Complaint[] {
  return [...problems(object), ...selectorProblems(object)].map(({ path, problem, remedy }) => ({
    problem: `'${jsonPointer(path)}' of ${describeObject(object)} ${problem}`,
    remedy,
  }));
}

/**
 * Returns the paths of fields that are not fields of Kubernetes and not misspelled ones either. A newer version can
 * have them.
 */
export function unknownFields(object: ManifestObject): JsonPath[] {
  return visitsOf(object).flatMap(({ path, field, siblings }) =>
    field === undefined && misspelledField(path, siblings) === undefined ? [path] : [],
  );
}

/** Returns the field that the last name of a path misspells; `undefined` if it misspells none. */
export function intendedField({ apiVersion, kind }: TypeOfObject, path: JsonPath): string | undefined {
  const siblings = siblingsAt(`${apiVersion}/${kind}`, path);
  return siblings && !siblings.has(String(path[path.length - 1])) ? misspelledField(path, siblings) : undefined;
}

type TypeOfObject = Pick<ManifestObject, 'apiVersion' | 'kind'>;

/** Returns the fields of the type in which the last name of a path is. */
function siblingsAt(type: string, path: JsonPath): ReadonlyMap<string, Field> | undefined {
  const siblings = fieldsOf(type);
  if (path.length < 2) {
    return path.length === 1 ? siblings : undefined;
  }
  const field = siblings?.get(String(path[0]));
  return typeof field?.type === 'object'
    ? siblingsAt(field.type.fieldsOf, path.slice(field.collection ? 2 : 1))
    : undefined;
}

/** A field in an object. */
interface Visit {
  readonly path: JsonPath;
  readonly value: unknown;
  /** The type of the field; `undefined` if the type of the object has no such field. */
  readonly field?: Field;
  /** The fields of the type of the object. */
  readonly siblings: ReadonlyMap<string, Field>;
}

interface Problem extends Complaint {
  readonly path: JsonPath;
}

/** Visits the fields of an object, also the required ones that are missing, and the fields of their values. */
const visitsOf = keptByObject(({ apiVersion, kind, content }: ManifestObject): readonly Visit[] => {
  const visits: Visit[] = [];
  walkFields(content, `${apiVersion}/${kind}`, [], visits);
  return visits;
});

function walkFields(value: unknown, type: string, path: JsonPath, visits: Visit[]): void {
  const siblings = fieldsOf(type);
  if (!siblings || typeof value !== 'object' || value === null || Array.isArray(value)) {
    return;
  }
  const missing = requiredFields(siblings).filter(name => !Object.hasOwn(value, name));
  for (const name of [...Object.keys(value), ...missing]) {
    const field = siblings.get(name);
    const child = at(value, name);
    const childPath = [...path, name];
    visits.push({ path: childPath, value: child, field, siblings });
    if (typeof field?.type === 'object') {
      for (const [key, element] of elements(child, field)) {
        walkFields(element, field.type.fieldsOf, [...childPath, ...key], visits);
      }
    }
  }
}

const requiredFields = keptByObject((fields: ReadonlyMap<string, Field>) =>
  [...fields].flatMap(([name, { isRequired }]) => (isRequired ? [name] : [])),
);

/** Returns the elements of a list or map with their paths, or a single value. */
function elements(value: unknown, { collection }: ValueType): [path: JsonPath, value: unknown][] {
  if (collection === undefined) {
    return [[[], value]];
  }
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Array.isArray(value)
    ? value.map((element, i) => [[i], element])
    : Object.entries(value).map(([key, element]) => [[key], element]);
}

function* problems(object: ManifestObject): Iterable<Problem> {
  for (const { path, value, field, siblings } of visitsOf(object)) {
    if (field) {
      yield* typeProblems(path, value, field);
      continue;
    }
    const intended = misspelledField(path, siblings);
    if (intended !== undefined) {
      yield { path, problem: 'is not a field of Kubernetes.', remedy: `Did you mean '${intended}'?` };
    }
  }
}

/** Returns the labels that a controller selects and that its pods lack, for which the API server rejects it. */
function* selectorProblems({ content }: ManifestObject): Iterable<Problem> {
  const template = at(content, 'spec', 'template');
  const labels = record(at(template, 'metadata', 'labels'));
  const path = ['spec', 'selector', 'matchLabels'];
  for (const [key, value] of template === undefined ? [] : Object.entries(record(at(content, ...path)))) {
    if (at(labels, key) !== value) {
      const problem = `is not a label of the pods with the same value, so the API server rejects the object.`;
      yield { path: [...path, key], problem, remedy: "Set the label in '/spec/template/metadata/labels' as well." };
    }
  }
}

/** Returns the field that a name misspells. */
function misspelledField(path: JsonPath, siblings: ReadonlyMap<string, Field>): string | undefined {
  return [...siblings.keys()].find(candidate => isMisspelling(String(path[path.length - 1]), candidate));
}

/** Whether names differ in case, separators or one letter. A plural can be a field of a newer version. */
function isMisspelling(name: string, field: string): boolean {
  const [one, other] = [name, field].map(text => text.toLowerCase().replace(/[-_]/g, ''));
  const isPlural = one === `${other}s` || other === `${one}s`;
  return one === other || (field.length > 4 && !isPlural && distance(one, other) === 1);
}

function* typeProblems(path: JsonPath, value: unknown, field: Field): Iterable<Problem> {
  if (value === undefined || value === null) {
    if (field.isRequired) {
      yield { path, problem: 'is not set, but Kubernetes requires it.', remedy: 'Set it.' };
    }
    return;
  }
  const isCollection = Array.isArray(value) === (field.collection === 'list') && typeof value === 'object';
  if (field.collection && !isCollection) {
    yield { path, ...wrongType(value, field.collection) };
    return;
  }
  const name = typeof field.type === 'string' ? field.type : 'object';
  for (const [key, element] of elements(value, field)) {
    // the API server reads null in a map as the zero value
    const isUnset = element === null && field.collection === 'map';
    if (!isUnset && !IS_OF_TYPE[name](element)) {
      yield { path: [...path, ...key], ...wrongType(element, name) };
    }
  }
}

type TypeName = keyof typeof EXPECTED;

const IS_OF_TYPE: Record<Exclude<TypeName, 'list' | 'map'>, (value: unknown) => boolean> = {
  string: value => typeof value === 'string',
  integer: value => Number.isInteger(value),
  boolean: value => typeof value === 'boolean',
  integerOrString: value => Number.isInteger(value) || typeof value === 'string',
  quantity: value => parseQuantity(value) !== undefined,
  any: () => true,
  object: value => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** The types, with a value of each. */
const EXPECTED = {
  string: ['a string', "such as 'a'"],
  integer: ['a whole number', 'such as 3'],
  boolean: ['a boolean', 'true or false'],
  integerOrString: ['a whole number or a string', "such as 3 or '25%'"],
  quantity: ['a quantity', "such as '500m' or '1Gi'"],
  any: ['a value', 'of any type'],
  object: ['an object', "such as { name: 'a' }"],
  list: ['a list', 'such as [ ... ]'],
  map: ['an object', "such as { name: 'a' }"],
} as const;

function wrongType(value: unknown, type: TypeName): Complaint {
  const [expected, example] = EXPECTED[type];
  return {
    problem: `is ${described(value)}, but must be ${expected}.`,
    remedy: `Use ${expected}, ${example}.`,
  };
}

/** Describes a value. A string can be a credential, so it is not shown. */
function described(value: unknown): string {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  return Array.isArray(value) ? 'a list' : typeof value === 'string' ? 'a string' : 'an object';
}
