import { readImage } from '../../checks/image';
import type { Pod } from '../../inspect/pods';
import { isOfRelease } from '../../predicates/is-of-release';
import { isReplaced } from '../../predicates/is-replaced';
import { isVersionedName } from '../../predicates/is-versioned-name';
import { eachPodAmong, Rule } from '../rule';

export const jobNameChanges: Rule<'job-name-changes'> = {
  id: 'job-name-changes',
  summary: 'The name of a Job changes with its pods.',
  rationale: 'The pods of a Job are immutable, so the API server rejects a changed Job while the old one exists.',
  severity: 'warning',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/workloads/controllers/job/',
  fix: {
    construct: "Use 'Controller.job()', whose Jobs have a hash in their name.",
    yaml:
      'End the name of the Job with a hash of its template or with the tag of its image, set ' +
      "'ttlSecondsAfterFinished', or make it a hook of Helm or Argo CD.",
  },
  // the builder adds the hash when the object is rendered, after it checked the pod
  ...eachPodAmong(function* (pod) {
    const { object } = pod;
    if (object.kind === 'Job' && !isReplaced(object) && !isNamedAfterContent(pod)) {
      yield {
        at: ['metadata', 'name'],
        message: `The Job keeps the name '${object.name}' when its pods change, so the next release is rejected.`,
        // a Job that a person creates has no next release
        severity: isOfRelease(object) && !isInteractive(pod) ? undefined : 'info',
      };
    }
  }),
};

/** Whether a person attaches to a terminal of the Job, and so deletes the Job before creating it again. */
function isInteractive({ containers }: Pod): boolean {
  return containers.some(({ content }) => content.stdin === true && content.tty === true);
}

/** Whether the server generates the name, or it contains a hash or the tag of an image. */
function isNamedAfterContent({ object: { name }, containers }: Pod): boolean {
  const tags = containers.flatMap(
    ({ image }) =>
      readImage(image)
        .tag?.toLowerCase()
        .replace(/[^a-z0-9]+/g, '-') ?? [],
  );
  return isVersionedName(name) || tags.some(tag => name.endsWith(tag));
}
