import { isBitnami } from '../../facts/images/bitnami';
import { collectorImage } from '../../inspect/collectors';
import { databaseImage } from '../../inspect/databases';
import { knownImage } from '../../inspect/known-image';
import type { Container } from '../../inspect/pods';
import { isWindows, securityAt, securityOf } from '../../inspect/security';
import { eachContainer, Rule } from '../rule';

export const runAsNonRoot: Rule<'run-as-non-root'> = {
  id: 'run-as-non-root',
  summary: 'Every container runs as a numeric user other than root.',
  rationale:
    'A process that escapes from a container as root is root on the node. The kubelet cannot check a user that the ' +
    'image specifies by name, and does not start the container.',
  severity: 'warning',
  profile: 'hygiene',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  fix: {
    construct: "Keep the default of 'runAsUser', or set it to a number above 0.",
    yaml: "Set 'runAsNonRoot: true' and a numeric 'runAsUser' and 'runAsGroup' in the 'securityContext' of the pod.",
  },
  safeDefault: {
    what: 'uid and gid 10001, or those of the database image, and `runAsNonRoot: true`',
    apply: (pod, { runAsUser, runAsGroup }) => {
      pod.securityContext = { runAsNonRoot: true, runAsUser, runAsGroup, ...pod.securityContext };
    },
  },
  ...eachContainer(function* (container, pod) {
    if (isWindows(pod)) {
      return;
    }
    const [user, nonRoot] = [securityOf(pod, container, 'runAsUser'), securityOf(pod, container, 'runAsNonRoot')];
    if (user === 0) {
      yield { at: securityAt(pod, container, 'runAsUser'), message: `Container '${container.name}' runs as root.` };
    } else if (user === undefined && nonRoot !== true) {
      yield {
        at: container.at,
        message: `Container '${container.name}' runs as the user of its image, which may be root.`,
      };
    } else if (user === undefined && !startsAsNumber(container)) {
      yield {
        at: container.at,
        severity: 'error',
        message:
          `Container '${container.name}' sets 'runAsNonRoot' without 'runAsUser', but its image ` +
          `'${container.image}' starts as root or as a named user, so the kubelet does not start it.`,
      };
    } else if (nonRoot === false) {
      yield {
        at: securityAt(pod, container, 'runAsNonRoot'),
        message: `Container '${container.name}' sets 'runAsNonRoot: false', so the kubelet would start it as root.`,
      };
    }
  }),
};

/** Whether the kubelet can verify that an image does not start as root, which it can of an unknown image. */
function startsAsNumber(container: Container): boolean {
  // the official images of databases start as root and change to their user in the entrypoint
  return (
    isBitnami(knownImage(container.image)) ||
    (databaseImage(container.image) ?? collectorImage(container)?.startsAsNumber ?? true) === true
  );
}
