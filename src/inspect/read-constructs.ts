import type { IConstruct } from 'constructs';
import { ManifestObject, objectsOf } from './manifest';
import { renderPatched } from './patches';
import { apiObjectsBelow } from '../objects/api-objects';

/** Reads the objects that constructs render, including those of other libraries, with JSON patches applied. */
export function readConstructs(scope: IConstruct): ManifestObject[] {
  return apiObjectsBelow(scope).flatMap(object =>
    objectsOf(renderPatched(object), { constructPath: object.node.path, locate: () => undefined }),
  );
}
