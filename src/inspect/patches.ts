import { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { at, jsonPointer, parseJsonPointer } from './json';
import { fail } from '../checks/fail';
import { listed } from '../checks/message';
import { apiObjectsBelow } from '../objects/api-objects';

/** Counts the JSON patches of the objects below a construct; `Infinity` if cdk8s does not expose them. */
export function countPatches(scope: IConstruct): number {
  const objects = apiObjectsBelow(scope) as unknown as { patches?: unknown[] }[];
  return objects.reduce((sum, { patches }) => sum + (patches?.length ?? Infinity), 0);
}

/** Runs a function while the objects below a construct have no JSON patches, and returns its result. */
export function withoutPatches<T>(scope: IConstruct, read: () => T): T {
  const removed = apiObjectsBelow(scope).map(object => {
    const { patches } = object as unknown as { patches?: JsonPatch[] };
    return { patches, all: patches?.splice(0) ?? [] };
  });
  try {
    return read();
  } finally {
    removed.forEach(({ patches, all }) => patches?.push(...all));
  }
}

/** A JSON patch operation. */
interface Operation {
  readonly op: string;
  readonly path: string;
  readonly from?: string;
}

/** Renders an object. Explains a JSON patch that does not apply, instead of a TypeError of the patch library. */
export function renderPatched(object: ApiObject): any {
  try {
    return object.toJson();
  } catch (error) {
    checkPatches(object);
    throw error;
  }
}

/** Refuses JSON patches of the objects below a construct that do not apply, or make an object another one. */
export function checkPatchesBelow(scope: IConstruct): void {
  for (const object of apiObjectsBelow(scope)) {
    if (patchesOf(object).length > 0) {
      checkPatches(object);
      checkIdentity(object, object.toJson());
    }
  }
}

function patchesOf(object: ApiObject): JsonPatch[] {
  return (object as unknown as { patches?: JsonPatch[] }).patches ?? [];
}

/** Refuses a JSON patch that does not apply; the patch library ignores some. */
function checkPatches(object: ApiObject): void {
  const patches = [...patchesOf(object)];
  const unpatched = withoutPatches(object, () => object.toJson());
  patches.reduce((json, patch) => applied(object, json, patch), unpatched);
}

/** Refuses JSON patches that make an object another one, or none. */
function checkIdentity(object: ApiObject, json: unknown): void {
  const changed =
    (['apiVersion', 'kind'] as const).find(field => at(json, field) !== object[field]) ??
    (typeof at(json, 'metadata', 'name') === 'string' ? undefined : 'metadata.name');
  if (changed !== undefined) {
    fail(
      object,
      `A JSON patch removes or changes '${changed}', which identifies the object.`,
      'Remove the patch, or define another object.',
    );
  }
}

function applied(object: ApiObject, json: any, patch: JsonPatch): any {
  const { operation } = patch as unknown as { operation: Operation };
  const invalid = invalidPointer(operation, json);
  if (invalid === undefined) {
    try {
      return JsonPatch.apply(json, patch);
    } catch {
      // the pointer is valid, but its target is not one
    }
  }
  const { op, path } = operation;
  const part = missingPart(json, invalid ?? path);
  return fail(object, `The JSON patch '${op} ${path}' does not apply: ${part}`, REMEDY);
}

/**
 * Returns the pointer of an operation that is invalid or has no target. The patch library also replaces a value that is
 * not there, such as a default that is waived.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902#section-4
 */
function invalidPointer({ op, path, from }: Operation, json: unknown): string | undefined {
  const pointers = [...(from === undefined ? [] : [from]), path];
  const targets = [...(from === undefined ? [] : [from]), ...(['remove', 'test'].includes(op) ? [path] : [])];
  const hasTarget = (pointer: string) => at(json, ...(parseJsonPointer(pointer, json) ?? [])) !== undefined;
  return (
    pointers.find(pointer => parseJsonPointer(pointer, json) === undefined) ??
    targets.find(pointer => !hasTarget(pointer))
  );
}

const REMEDY = "Correct the path, or first add the part that is missing with 'JsonPatch.add'.";

/** Describes the first part of a path that the object does not have, and its siblings. */
function missingPart(json: any, pointer: string): string {
  const path = parseJsonPointer(pointer, json);
  if (path === undefined) {
    return `'${pointer}' is not a JSON pointer, which starts with '/'.`;
  }
  const depth = path.findIndex((_, i) => at(json, ...path.slice(0, i + 1)) === undefined);
  if (depth === -1) {
    return `'${pointer}' is not a valid target.`;
  }
  const parent = path.slice(0, depth);
  return `'${jsonPointer(parent) || '/'}' has no '${path[depth]}'${siblings(at(json, ...parent))}.`;
}

function siblings(value: unknown): string {
  if (Array.isArray(value)) {
    return `, because it is a list with ${value.length} elements`;
  }
  const keys = typeof value === 'object' && value !== null ? Object.keys(value).sort() : [];
  return keys.length > 0 ? `, only ${listed(keys)}` : '';
}
