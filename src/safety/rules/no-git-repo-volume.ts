import { eachPodWith, Rule } from '../rule';

export const noGitRepoVolume: Rule<'no-git-repo-volume'> = {
  id: 'no-git-repo-volume',
  summary: "No pod has a volume of type 'gitRepo'.",
  rationale:
    'Kubernetes 1.33 and later do not start such a pod. On earlier versions, the repository can run programs as root ' +
    'on the node.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://kubernetes.io/docs/concepts/storage/volumes/#gitrepo',
  fix: {
    construct: "Clone the repository in an init container into a 'PodVolume.emptyDir'.",
    yaml: "Clone the repository in an init container into an 'emptyDir'.",
  },
  ...eachPodWith(['gitRepo'], function* (pod) {
    for (const volume of pod.volumes.filter(({ type }) => type === 'gitRepo')) {
      yield { at: volume.at, message: `Volume '${volume.name}' has the type 'gitRepo'.` };
    }
  }),
};
