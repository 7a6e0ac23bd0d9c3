import { collectorImage } from '../../inspect/collectors';
import { databaseImage } from '../../inspect/databases';
import type { Container } from '../../inspect/pods';
import { securityAt, securityOf } from '../../inspect/security';
import { eachContainer, Rule } from '../rule';

export const runAsNonRoot: Rule<'run-as-non-root'> = {
  id: 'run-as-non-root',
  summary: 'every container runs as a user that is not root, by its number',
  rationale:
    'root in a container is root on the node as soon as anything leaks; an image with a named user cannot be ' +
    'checked by the kubelet and does not start',
  severity: 'error',
  documentationUrl: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted',
  fix: {
    construct: "leave 'runAsUser' at its default, or give a number above 0",
    yaml: "set 'runAsNonRoot: true' and a numeric 'runAsUser' and 'runAsGroup' in the pod's 'securityContext'",
  },
  safeDefault: {
    what: "uid and gid 10001, or those of the database's image, and `runAsNonRoot`",
    apply: (pod, { runAsUser, runAsGroup }) => {
      pod.securityContext = { runAsNonRoot: true, runAsUser, runAsGroup, ...pod.securityContext };
    },
  },
  ...eachContainer(function* (container, pod) {
    const [user, nonRoot] = [securityOf(pod, container, 'runAsUser'), securityOf(pod, container, 'runAsNonRoot')];
    if (user === 0) {
      yield { at: securityAt(pod, container, 'runAsUser'), message: `container '${container.name}' runs as root` };
    } else if (user === undefined && nonRoot !== true) {
      yield {
        at: container.at,
        message: `container '${container.name}' runs as whom its image says, which may be root`,
      };
    } else if (user === undefined && !startsAsNumber(container)) {
      yield {
        at: container.at,
        message:
          `container '${container.name}' says 'runAsNonRoot' and no 'runAsUser', but its image ` +
          `'${container.image}' starts as root or as a user with a name, and is refused`,
      };
    }
  }),
};

/** Whether the kubelet can tell that an image does not start as root, as far as is known. */
function startsAsNumber(container: Container): boolean {
  // Docker's own images of databases change to their user themselves
  return (
    databaseImage(container.image)?.owner === 'bitnami' ||
    (databaseImage(container.image) ?? collectorImage(container)?.startsAsNumber ?? true) === true
  );
}
