import { at, JsonPath, list, wholeNumber, record, text } from './json';
import { apiGroupOf, ManifestObject } from './manifest';
import { Pod, podOf, podsOfJob, readPod } from './pods';

/** Returns the pods that an object is or creates. Objects of other APIs can have several pod templates. */
export function podsOf(object: ManifestObject): Pod[] {
  const pod = podOf(object);
  if (pod) {
    return [pod];
  }
  return isCustom(object)
    ? templatesIn(object.content, []).map(path => {
        const parent = path.slice(0, -1);
        const fields = record(at(object.content, ...parent));
        return readPod(object, path, {
          replicas: wholeNumber(fields.replicas) ?? podsOfJob(fields),
          claims: fields.volumeClaimTemplates === undefined ? undefined : [...parent, 'volumeClaimTemplates'],
        });
      })
    : [];
}

/** Whether the kind of an object does not come with Kubernetes. */
export function isCustom(object: ManifestObject): boolean {
  const group = apiGroupOf(object);
  return group.includes('.') && !group.endsWith('.k8s.io');
}

/** The depth at which pod templates are still found: `spec.jobs[].template.spec.template` is six levels deep. */
const MAX_DEPTH = 10;

/** Returns the paths of the pod templates in a value, such as `spec.replicatedJobs.0.template.spec.template`. */
function templatesIn(value: unknown, path: JsonPath): JsonPath[] {
  if (typeof value !== 'object' || value === null || path.length > MAX_DEPTH) {
    return [];
  }
  return Object.entries(value).flatMap(([key, child]) => {
    const childPath = [...path, Array.isArray(value) ? Number(key) : key];
    return /template$/i.test(key) && isPodTemplate(child) ? [childPath] : templatesIn(child, childPath);
  });
}

/** Whether a value is a whole pod template. Operators also merge partial templates without images. */
function isPodTemplate(value: unknown): boolean {
  const containers = list(at(value, 'spec', 'containers'));
  return (
    containers.length > 0 &&
    containers.every(
      container => text(at(container, 'name')) !== undefined && text(at(container, 'image')) !== undefined,
    )
  );
}
