import { at, text } from '../../inspect/json';
import { claimsOfPod, storageClassOf } from '../../predicates/claims-of-pod';
import { eachPodAmong, Rule } from '../rule';

export const nodeNameBindsClaims: Rule<'node-name-binds-claims'> = {
  id: 'node-name-binds-claims',
  summary: "A pod with 'nodeName' only mounts claims that are bound without the scheduler.",
  rationale:
    "'nodeName' bypasses the scheduler. A claim of a class with 'WaitForFirstConsumer' waits for it, so it stays " +
    'pending and the pod never starts.',
  severity: 'error',
  profile: 'storage',
  documentationUrl: 'https://github.com/rancher/local-path-provisioner/issues/383',
  fix: {
    construct: "Set the node selector 'kubernetes.io/hostname' in place of 'nodeName'.",
    yaml: "Set 'nodeSelector' with 'kubernetes.io/hostname' in place of 'nodeName'.",
  },
  ...eachPodAmong(function* (pod, inventory) {
    const node = text(pod.spec.nodeName);
    // a running pod has a node too, which the scheduler chose
    if (node === undefined || at(pod.object.content, 'metadata', 'uid') !== undefined) {
      return;
    }
    for (const { volume, content, object } of claimsOfPod(pod, inventory)) {
      const storageClass = storageClassOf(content, inventory);
      const waits = at(storageClass?.content, 'volumeBindingMode') === 'WaitForFirstConsumer';
      if (storageClass && waits && at(content, 'spec', 'volumeName') === undefined) {
        yield {
          at: [...pod.at, 'nodeName'],
          message:
            `'nodeName' is '${node}', so the claim of volume '${volume.name}' stays pending: its StorageClass ` +
            `'${storageClass.name}' waits for the scheduler.`,
          about: object,
        };
      }
    }
  }),
};
