import { at, JsonPath } from './json';
import type { Container, Pod } from './pods';

/** Returns a setting of the security context of a container, or of the pod if the container does not set it. */
export function securityOf(pod: Pod, { content }: Container, ...path: string[]): unknown {
  return at(content, 'securityContext', ...path) ?? at(pod.spec, 'securityContext', ...path);
}

/** Returns the path of that setting, or the path at which it is missing. */
export function securityAt(pod: Pod, container: Container, ...path: string[]): JsonPath {
  const isSet = at(container.content, 'securityContext', ...path) !== undefined;
  return [...(isSet ? container.at : pod.at), 'securityContext', ...path];
}

/** Whether a container runs as a user other than root; `undefined` if the user of the image decides. */
export function runsAsNonRoot(pod: Pod, container: Container): boolean | undefined {
  const user = securityOf(pod, container, 'runAsUser');
  if (typeof user === 'number') {
    return user !== 0;
  }
  return securityOf(pod, container, 'runAsNonRoot') === true ? true : undefined;
}
