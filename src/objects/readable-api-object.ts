import { ApiObject } from 'cdk8s';
import { checkReadable } from '../checks/misread';

/** An API object that refuses to render strings that kubectl would misread. */
export class ReadableApiObject extends ApiObject {
  public toJson(): any {
    const json = super.toJson();
    this.check(json, '');
    return json;
  }

  private check(value: unknown, path: string): void {
    if (typeof value === 'string') {
      checkReadable(this.node.scope!, `'${path}' of the ${this.kind}`, value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, child] of Object.entries(value)) {
        const property = `${path && `${path}.`}${key}`;
        this.check(key, property);
        this.check(child, Array.isArray(value) ? `${path}[${key}]` : property);
      }
    }
  }
}
