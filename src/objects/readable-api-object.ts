import { ApiObject, ApiObjectProps } from 'cdk8s';
import type { Construct, IConstruct } from 'constructs';
import { refuseAfterSynthesis } from './synthesis';
import { checkReadable, misread } from '../checks/misread';

/**
 * An API object that refuses to be defined after the synthesis of its app, and to render strings that kubectl would
 * misread.
 */
export class ReadableApiObject extends ApiObject {
  constructor(scope: Construct, id: string, props: ApiObjectProps) {
    refuseAfterSynthesis(scope);
    super(scope, id, props);
  }

  public toJson(): any {
    const json = super.toJson();
    checkReadableStrings(this.node.scope!, this.kind, json);
    return json;
  }
}

/** Whether an object is a ReadableApiObject; `instanceof` is true for every ApiObject of cdk8s. */
export function isReadable(object: ApiObject): boolean {
  return Object.prototype.isPrototypeOf.call(ReadableApiObject.prototype, object);
}

/** Refuses keys and strings that kubectl would misread, at any depth of a part of an object. */
export function checkReadableStrings(scope: IConstruct, kind: string, value: unknown): void {
  const found = findMisread(value);
  if (found) {
    const path = found.path.reduce<string>(
      (before, key) => (typeof key === 'number' ? `${before}[${key}]` : `${before && `${before}.`}${key}`),
      '',
    );
    checkReadable(scope, `'${path}' of the ${kind}`, found.text);
  }
}

interface Misread {
  readonly path: readonly (string | number)[];
  readonly text: string;
}

/** Returns the first key or string that kubectl would misread. Its path is only built once it is found. */
function findMisread(value: unknown): Misread | undefined {
  if (typeof value === 'string') {
    return misread(value) === undefined ? undefined : { path: [], text: value };
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [name, child] of Object.entries(value)) {
    const found = findMisread(name) ?? findMisread(child);
    if (found) {
      return { path: [Array.isArray(value) ? Number(name) : name, ...found.path], text: found.text };
    }
  }
  return undefined;
}
