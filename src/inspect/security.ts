import { at, JsonPath, list, wholeNumber } from './json';
import { termsOfPod } from './node-terms';
import { Container, Pod, readContainer } from './pods';
import { keptByObject } from '../checks/memo';

/** Returns a setting of the security context of a container, or of the pod if the container does not set it. */
export function securityOf(pod: Pod, { content }: Container, ...path: string[]): unknown {
  return at(content, 'securityContext', ...path) ?? at(pod.spec, 'securityContext', ...path);
}

/** Returns the path of that setting, or the path at which it is missing. */
export function securityAt(pod: Pod, container: Container, ...path: string[]): JsonPath {
  const isSet = at(container.content, 'securityContext', ...path) !== undefined;
  return [...(isSet ? container.at : pod.at), 'securityContext', ...path];
}

/** Returns the user that a container or its pod sets; `undefined` if the user of the image decides. */
export function userOf(pod: Pod, container: Container): number | undefined {
  return wholeNumber(securityOf(pod, container, 'runAsUser'));
}

/** Returns the group that a container or its pod sets; `undefined` if the group of the image decides. */
export function groupOf(pod: Pod, container: Container): number | undefined {
  return wholeNumber(securityOf(pod, container, 'runAsGroup'));
}

/** Whether a container runs as a user other than root; `undefined` if the user of the image decides. */
export function runsAsNonRoot(pod: Pod, container: Container): boolean | undefined {
  const user = userOf(pod, container);
  if (user !== undefined) {
    return user !== 0;
  }
  return securityOf(pod, container, 'runAsNonRoot') === true ? true : undefined;
}

/** The labels with the operating system of a node. */
const OS_LABELS = ['kubernetes.io/os', 'beta.kubernetes.io/os'];

/**
 * Whether the containers of a pod are Windows containers. The settings of Linux security do not apply to them, and the
 * API server rejects most of these for a pod with `os.name: windows`.
 *
 * @see https://kubernetes.io/docs/concepts/windows/intro/#compatibility-v1-pod-spec-containers-securitycontext
 */
export const isWindows = keptByObject(({ spec, containers }: Pod): boolean => {
  const os = at(spec, 'os', 'name');
  if (os !== undefined) {
    return os === 'windows';
  }
  return (
    OS_LABELS.some(label => requiresNodes(spec, label, 'windows')) ||
    containers.some(({ image }) => /(?:^|\/)windows\/|\b(?:nanoserver|servercore|windowsservercore)\b/.test(image))
  );
});

/** Whether a pod only runs on nodes whose label has one value. */
function requiresNodes(spec: unknown, label: string, value: string): boolean {
  return termsOfPod(spec).every(term =>
    term.some(({ key, operator, values }) => key === label && operator === 'In' && values.every(one => one === value)),
  );
}

/** Whether a container is privileged. It has all capabilities then, and no seccomp profile. */
export function isPrivileged({ content }: Container): boolean {
  return at(content, 'securityContext', 'privileged') === true;
}

/** Returns the containers that `kubectl debug` added to a pod, which start in none of the usual phases. */
export function debugContainers({ spec, at: path }: Pod): Container[] {
  return list(spec.ephemeralContainers).map((container, i) =>
    readContainer(container, 'app', [...path, 'ephemeralContainers', i]),
  );
}
