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
    if (hasMisread(json)) {
      checkReadableStrings(this.node.scope!, this.kind, json);
    }
    return json;
  }
}

/** Whether an object is a ReadableApiObject; `instanceof` is true for every ApiObject of cdk8s. */
export function isReadable(object: ApiObject): boolean {
  return Object.prototype.isPrototypeOf.call(ReadableApiObject.prototype, object);
}

/** Whether kubectl would misread a key or a string, at any depth of a value. */
function hasMisread(value: unknown): boolean {
  if (typeof value === 'string') {
    return misread(value) !== undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  return Array.isArray(value)
    ? value.some(hasMisread)
    : Object.entries(value).some(([key, child]) => hasMisread(key) || hasMisread(child));
}

/** Refuses keys and strings that kubectl would misread, at any depth of a part of an object. */
export function checkReadableStrings(scope: IConstruct, kind: string, value: unknown, path: string = ''): void {
  if (typeof value === 'string') {
    checkReadable(scope, `'${path}' of the ${kind}`, value);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      const property = `${path && `${path}.`}${key}`;
      checkReadableStrings(scope, kind, key, property);
      checkReadableStrings(scope, kind, child, Array.isArray(value) ? `${path}[${key}]` : property);
    }
  }
}
