import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { ManifestObject, objectsOf } from './manifest';

/** Reads what the constructs of a tree render, foreign ones too, JSON patches applied. */
export function readConstructs(scope: IConstruct): ManifestObject[] {
  return scope.node
    .findAll()
    .filter(construct => ApiObject.isApiObject(construct))
    .flatMap(construct =>
      objectsOf((construct as ApiObject).toJson(), { constructPath: construct.node.path, locate: () => undefined }),
    );
}
