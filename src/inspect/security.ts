import { at, JsonPath } from './json';
import type { Container, Pod } from './pods';

/** A setting of a container's security context, or the pod's where the container has none of its own. */
export function securityOf(pod: Pod, { content }: Container, ...path: string[]): unknown {
  return at(content, 'securityContext', ...path) ?? at(pod.spec, 'securityContext', ...path);
}

/** Where that setting stands, or where it is missing. */
export function securityAt(pod: Pod, container: Container, ...path: string[]): JsonPath {
  const own = at(container.content, 'securityContext', ...path) !== undefined;
  return [...(own ? container.at : pod.at), 'securityContext', ...path];
}

/** Whether a container is known to run as another user than root; `undefined` where the image decides. */
export function runsAsNonRoot(pod: Pod, container: Container): boolean | undefined {
  const user = securityOf(pod, container, 'runAsUser');
  if (typeof user === 'number') {
    return user !== 0;
  }
  return securityOf(pod, container, 'runAsNonRoot') === true ? true : undefined;
}
