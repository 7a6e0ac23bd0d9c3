import type { Construct, IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { apiObjectsBelow, objectKey } from '../objects/api-objects';

/**
 * Refuses objects of extensions that the app defines twice: their names begin with the name of the workload, which a
 * workload of another kind can have too.
 *
 * @param extensions the scope of the extensions
 */
export function refuseDuplicates(scope: IConstruct, extensions: Construct): void {
  const added = apiObjectsBelow(extensions);
  const keys = new Map(added.map(object => [objectKey(object), object]));
  const other = apiObjectsBelow(extensions.node.root).find(
    object => keys.has(objectKey(object)) && !added.includes(object),
  );
  if (other) {
    const { kind, name, node } = keys.get(objectKey(other))!;
    const { id } = node.scopes[node.scopes.indexOf(extensions) + 1].node;
    fail(
      scope,
      `Extension '${id}' defines ${kind} '${name}', which '${other.node.path}' defines too.`,
      `Set another 'id' for the extension.`,
    );
  }
}
