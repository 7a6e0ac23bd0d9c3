import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ManifestObject, objectsOf } from './manifest';
import { renderPatched } from './patches';

/** Reads the objects that constructs render, including those of other libraries, with JSON patches applied. */
export function readConstructs(scope: IConstruct): ManifestObject[] {
  return scope.node
    .findAll()
    .filter(construct => ApiObject.isApiObject(construct))
    .flatMap(construct =>
      objectsOf(renderPatched(construct as ApiObject), { constructPath: construct.node.path, locate: () => undefined }),
    );
}
