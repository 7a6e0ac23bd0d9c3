import { readImage } from '../../checks/image';
import { isWithin } from '../../checks/paths';
import { LOG_LINKS } from '../../facts/images/log-links';
import { configFiles } from '../../inspect/config-use';
import type { Inventory } from '../../inspect/inventory';
import type { Container, Mount, Pod } from '../../inspect/pods';
import { eachPodAmong, Rule } from '../rule';

export const logLinksStayVisible: Rule<'log-links-stay-visible'> = {
  id: 'log-links-stay-visible',
  summary: 'No empty volume hides the links of an image from its log files to stdout.',
  rationale:
    "With an empty directory over the links, 'kubectl logs' shows nothing, and nothing collects or rotates the files.",
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/kubernetes/ingress-nginx/issues/3583',
  fix: {
    construct: "Omit the volume, or ship the files with 'LoggedApp'.",
    yaml: 'Remove the mount, or let a log collector in the pod read the files.',
  },
  ofPod: true,
  ...eachPodAmong(function* (pod, inventory) {
    for (const container of pod.containers) {
      const directory = linksOf(container);
      const mount =
        directory === undefined ? undefined : container.mounts.find(({ path }) => isWithin(directory, path));
      if (directory !== undefined && mount && isHidden(pod, container, mount, inventory)) {
        yield {
          at: mount.at,
          message:
            `The volume '${mount.volume}' hides the links of the image to stdout in '${directory}', so the log of ` +
            `container '${container.name}' is only in files that nothing reads.`,
        };
      }
    }
  }),
};

/** Publishers whose images of the same names have other log directories. */
const OTHER_LAYOUTS = /bitnami|chainguard|rapidfort/;

function linksOf({ image }: Container): string | undefined {
  const { repository, name, tag = '' } = readImage(image);
  const links = LOG_LINKS.find(
    candidate =>
      candidate.repositories.includes(name) &&
      (candidate.repository?.test(repository) ?? !OTHER_LAYOUTS.test(repository)) &&
      (candidate.withTags?.test(tag) ?? true) &&
      !candidate.withoutTags?.test(tag),
  );
  return links?.directory;
}

/** Whether an empty volume hides the links, no other container mounts it, and no configuration logs to stdout. */
function isHidden(pod: Pod, container: Container, { volume }: Mount, inventory: Inventory): boolean {
  return (
    pod.volumes.some(({ name, type }) => name === volume && type === 'emptyDir') &&
    !pod.containers.some(
      neighbor => neighbor !== container && neighbor.mounts.some(mount => mount.volume === volume),
    ) &&
    ![...configFiles(container, pod, inventory).values(), ...container.command, ...container.args].some(value =>
      /\/dev\/std(?:out|err)|\/proc\/self\/fd\/[12]\b/.test(value),
    )
  );
}
