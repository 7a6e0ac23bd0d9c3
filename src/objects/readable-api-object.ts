import { ApiObject } from 'cdk8s';
import { checkReadable } from '../checks/misread';

/** An object of the API that refuses to be rendered where kubectl would not read what is meant. */
export class ReadableApiObject extends ApiObject {
  public toJson(): any {
    const json = super.toJson();
    this.check(json, '');
    return json;
  }

  private check(value: unknown, at: string): void {
    if (typeof value === 'string') {
      checkReadable(this.node.scope!, `'${at}' of its ${this.kind}`, value);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        this.check(key, `${at && `${at}.`}${key}`);
        this.check(inner, Array.isArray(value) ? `${at}[${key}]` : `${at && `${at}.`}${key}`);
      }
    }
  }
}
