import type { ApiObject } from 'cdk8s';

/**
 * Passes each rendered manifest of an object through `change`, after its props and JSON patches.
 *
 * cdk8s has no hook for objects of other libraries, so this replaces the method `toJson` of the object.
 *
 * @returns a function that renders the object without `change`
 */
export function onRender(object: ApiObject, change: (manifest: unknown) => unknown): () => unknown {
  const render = object.toJson.bind(object);
  Object.defineProperty(object, 'toJson', { value: () => change(render()), configurable: true, writable: true });
  return render;
}
