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

/** A JSON patch operation. */
interface Operation {
  readonly op: string;
  readonly path: string;
}

/** Renders an object. Explains a JSON patch that does not apply, instead of a TypeError of the patch library. */
export function renderPatched(object: ApiObject): any {
  try {
    return object.toJson();
  } catch (error) {
    explainPatches(object);
    throw error;
  }
}

function explainPatches(object: ApiObject): void {
  const { patches } = object as unknown as { patches?: JsonPatch[] };
  const all = patches?.splice(0) ?? [];
  try {
    all.reduce((json, patch) => applied(object, json, patch), object.toJson());
  } finally {
    patches?.push(...all);
  }
}

function applied(object: ApiObject, json: any, patch: JsonPatch): any {
  try {
    return JsonPatch.apply(json, patch);
  } catch {
    const { op, path } = (patch as unknown as { operation: Operation }).operation;
    return fail(object, `The JSON patch '${op} ${path}' does not apply: ${missingPart(json, path)}`, REMEDY);
  }
}

const REMEDY = "Correct the path, or first add the part that is missing with 'JsonPatch.add'.";

/** Describes the first part of a path that the object does not have, and its siblings. */
function missingPart(json: any, pointer: string): string {
  const path = parseJsonPointer(pointer, json) ?? [];
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
