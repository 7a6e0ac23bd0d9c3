import { ApiObject, JsonPatch } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { intendedField } from './field-problems';
import { at, JsonPath, jsonPointer, parseJsonPointer } from './json';
import { fail, warn } from '../checks/fail';
import { listed } from '../checks/message';
import { apiObjectsBelow } from '../objects/api-objects';

/** Counts the JSON patches of objects; `Infinity` if cdk8s does not expose them. */
export function countPatches(objects: readonly ApiObject[]): number {
  return (objects as unknown as { patches?: unknown[] }[]).reduce(
    (sum, { patches }) => sum + (patches?.length ?? Infinity),
    0,
  );
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
  const render = () => object.toJson();
  try {
    return render();
  } catch (error) {
    refuseFailingPatch(object, render);
    throw error;
  }
}

/** Refuses the JSON patch because of which `render` fails, if there is one. */
export function refuseFailingPatch(object: ApiObject, render: () => unknown): void {
  let unpatched: unknown;
  try {
    unpatched = withoutPatches(object, render);
  } catch {
    // there is another cause
    return;
  }
  checkPatches(object, unpatched, () => true);
}

/**
 * Refuses JSON patches of the objects below a construct that do not apply, or make an object another one.
 *
 * @param withWaivedDefaults returns a rendered object with the defaults that waivers omit
 */
export function checkPatchesBelow(
  scope: IConstruct,
  withWaivedDefaults: (object: ApiObject, json: unknown) => unknown,
): void {
  for (const object of apiObjectsBelow(scope)) {
    if (patchesOf(object).length > 0) {
      const renderUnpatched = () => withoutPatches(object, () => object.toJson());
      const patched = checkPatches(object, renderUnpatched(), operation =>
        replacesWaivedDefault(object, operation, () => withWaivedDefaults(object, renderUnpatched())),
      );
      checkIdentity(object, patched);
    }
  }
}

/** Whether a patch replaces a default that a waiver omits. The same patch violates the rule without the waiver. */
function replacesWaivedDefault(object: ApiObject, { op, path }: Operation, renderDefaults: () => unknown): boolean {
  if (op !== 'replace' || !hasTarget(renderDefaults(), path)) {
    return false;
  }
  warn(
    object,
    `The JSON patch 'replace ${path}' has no value to replace, because a waiver omits the default.`,
    "Use 'JsonPatch.add'.",
  );
  return true;
}

function patchesOf(object: ApiObject): JsonPatch[] {
  return (object as unknown as { patches?: JsonPatch[] }).patches ?? [];
}

/**
 * Returns an object with its JSON patches, which it applies in place. Refuses a patch that does not apply.
 *
 * @param permits whether to try an operation whose target is missing; the patch library ignores some
 */
function checkPatches(object: ApiObject, unpatched: unknown, permits: (operation: Operation) => boolean): unknown {
  return patchesOf(object).reduce((json, patch) => applied(object, json, patch, permits), unpatched);
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

function applied(object: ApiObject, json: any, patch: JsonPatch, permits: (operation: Operation) => boolean): any {
  const { operation } = patch as unknown as { operation: Operation };
  const invalid = invalidPointer(operation, json);
  if (invalid === undefined || permits(operation)) {
    try {
      return JsonPatch.apply(json, patch);
    } catch {
      // the pointer is valid, but its target is not one
    }
  }
  const { op, path } = operation;
  return fail(
    object,
    `The JSON patch '${op} ${path}' does not apply: ${missingPart(json, invalid ?? path)}`,
    remedyOf(object, op, json, invalid ?? path),
  );
}

/**
 * Returns the pointer of an operation that is invalid or has no target. The patch library also removes, tests and
 * replaces values that are not there.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902#section-4
 */
function invalidPointer({ op, path, from }: Operation, json: unknown): string | undefined {
  const sources = from === undefined ? [] : [from];
  const targets = [...sources, ...(['remove', 'replace', 'test'].includes(op) ? [path] : [])];
  return (
    [...sources, path].find(pointer => parseJsonPointer(pointer, json) === undefined) ??
    targets.find(pointer => !hasTarget(json, pointer))
  );
}

function hasTarget(json: unknown, pointer: string): boolean {
  const path = parseJsonPointer(pointer, json);
  return path !== undefined && at(json, ...path) !== undefined;
}

/** Names the field that the path misspells, if there is one, and the patch that adds the missing part. */
function remedyOf(object: ApiObject, op: string, json: unknown, pointer: string): string {
  const path = parseJsonPointer(pointer, json) ?? [];
  const depth = depthOf(json, path);
  const intended = intendedField(object, path.slice(0, depth + 1));
  const isLast = depth === path.length - 1 && !Array.isArray(at(json, ...path.slice(0, depth)));
  return [
    ...(intended === undefined ? [] : [`Did you mean '${intended}'?`]),
    op === 'replace' && isLast
      ? "Correct the path, or use 'JsonPatch.add', which also sets a value that is not there."
      : "Correct the path, or first add the part that is missing with 'JsonPatch.add'.",
  ].join(' ');
}

/** The number of parts of a path that an object has, until the first one that is missing; -1 if it has all. */
function depthOf(json: unknown, path: JsonPath): number {
  return path.findIndex((_, i) => at(json, ...path.slice(0, i + 1)) === undefined);
}

/** Describes the first part of a path that the object does not have, and its siblings. */
function missingPart(json: any, pointer: string): string {
  const path = parseJsonPointer(pointer, json);
  if (path === undefined) {
    return `'${pointer}' is not a JSON pointer, which starts with '/'.`;
  }
  const depth = depthOf(json, path);
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
