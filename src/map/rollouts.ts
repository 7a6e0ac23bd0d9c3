import type { Rollout } from './model';
import { at, text, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';

const RELOADER = 'reloader.stakater.com/';

/** Whether a change of what its pods read replaces the pods of a workload. */
export class Rollouts {
  private readonly annotations: Readonly<Record<string, string>>;

  constructor(private readonly pod: Pod) {
    this.annotations = { ...textMap(at(pod.object.content, 'metadata', 'annotations')), ...pod.annotations };
  }

  /**
   * @param object the ConfigMap or Secret itself, where it is among the manifests
   */
  public of(kind: 'ConfigMap' | 'Secret', name: string, object: ManifestObject | undefined): Rollout {
    if (object?.content.immutable === true) {
      return changeOf(this.pod, 'it is immutable, so that a change needs another name');
    }
    if (this.reloaded(kind, name, object)) {
      return changeOf(this.pod, 'Stakater Reloader answers a change, where it runs');
    }
    const checksum = Object.keys(this.pod.annotations).find(key => /(^|[./-])(checksum|hash)([./-]|$)/i.test(key));
    if (checksum !== undefined) {
      return changeOf(this.pod, `the annotation '${checksum}' changes with it`);
    }
    return changeOf(this.pod, undefined);
  }

  private reloaded(kind: 'ConfigMap' | 'Secret', name: string, object: ManifestObject | undefined): boolean {
    const own = kind === 'ConfigMap' ? 'configmap' : 'secret';
    const named = (this.annotations[`${own}.${RELOADER}reload`] ?? '').split(',').map(item => item.trim()).filter(Boolean);
    return this.annotations[`${RELOADER}auto`] === 'true'
      || this.annotations[`${own}.${RELOADER}auto`] === 'true'
      || named.includes(name)
      || this.annotations[`${RELOADER}search`] === 'true' && textMap(at(object?.content, 'metadata', 'annotations'))[`${RELOADER}match`] === 'true';
  }
}

/** What a change of the pod's template does, or a change outside of it, which nothing answers. */
export function changeOf({ object }: Pod, answer: string | undefined): Rollout {
  switch (object.kind) {
    case 'Job': case 'CronJob': return { rolls: false, why: 'pods of the next run read it' };
    case 'Pod': case 'PodTemplate': case 'ReplicaSet': case 'ReplicationController': return { rolls: false, why: `a ${object.kind} replaces no pods` };
  }
  if (answer === undefined) {
    return { rolls: false, why: 'nothing in the pod template changes with it' };
  }
  if (text(at(object.content, 'spec', 'updateStrategy', 'type')) === 'OnDelete') {
    return { rolls: false, why: 'its update strategy is OnDelete' };
  }
  if (at(object.content, 'spec', 'paused') === true) {
    return { rolls: false, why: 'its rollouts are paused' };
  }
  return { rolls: true, why: answer };
}
