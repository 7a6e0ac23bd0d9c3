import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { checkReadable } from '../checks/misread';

/** An API object that refuses to render strings that kubectl would misread. */
export class ReadableApiObject extends ApiObject {
  public toJson(): any {
    const json = super.toJson();
    checkReadableStrings(this.node.scope!, this.kind, json);
    return json;
  }
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
