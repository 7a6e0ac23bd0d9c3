import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Returns the API objects below a construct, and the construct if it is one. */
export function apiObjectsBelow(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}

/** What an API object is in a cluster: the object that is applied last replaces another one of the same key. */
export function objectKey({ apiGroup, kind, name, metadata }: ApiObject): string {
  return JSON.stringify([apiGroup, kind, metadata.namespace, name]);
}
