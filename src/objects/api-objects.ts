import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Returns the API objects below a construct, and the construct if it is one. */
export function apiObjectsBelow(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}

/** Returns the key of an object in a cluster. Of two objects with one key, the one that is applied last remains. */
export function objectKey({ apiGroup, kind, name, metadata }: ApiObject): string {
  return JSON.stringify([apiGroup, kind, metadata.namespace, name]);
}
