import type { Lifetime, Rollout, Sharing, What } from './model';
import { changeOf, rolloutOf } from './rollouts';
import { Inventory } from '../inspect/inventory';
import { at, list, record, text, texts } from '../inspect/json';
import { describeObject, ManifestObject } from '../inspect/manifest';
import type { Pod, Volume } from '../inspect/pods';
import { writtenQuantity } from '../inspect/quantity';
import { isSingleNode } from '../predicates/is-single-node';

/** What a volume is, whichever container mounts it. */
export interface Storage {
  readonly what: What;
  readonly source: string;
  readonly sharing: Sharing;
  /** Other workloads that have it too. */
  readonly otherUsers?: readonly string[];
  readonly lifetime: Lifetime;
  /** Whether nothing can write to it, whatever a mount says. */
  readonly readOnly: boolean;
  readonly sizeLimit?: string;
  readonly rollout?: Rollout;
  readonly notes?: readonly string[];
  /** The objects that the rules may have something to say about, besides the pod's. */
  readonly objects?: readonly ManifestObject[];
}

/** Where the kubelet puts the token of the ServiceAccount. */
export const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Tells what volumes are, with a view on all objects. */
export class Volumes {
  private readonly claimUsers = new Map<string, Set<ManifestObject>>();

  constructor(
    private readonly inventory: Inventory,
    pods: readonly Pod[],
  ) {
    for (const { object, volumes } of pods) {
      for (const { type, source } of volumes) {
        if (type === 'persistentVolumeClaim') {
          const key = `${object.namespace ?? ''}/${text(source.claimName)}`;
          this.claimUsers.set(key, (this.claimUsers.get(key) ?? new Set()).add(object));
        }
      }
    }
  }

  public describe(pod: Pod, volume: Volume): Storage {
    const { type, source } = volume;
    switch (type) {
      case 'emptyDir':
        return emptyDir(source);
      case 'configMap':
        return this.object(pod, 'config-map', 'ConfigMap', text(source.name));
      case 'secret':
        return this.object(pod, 'secret', 'Secret', text(source.secretName));
      case 'projected':
        return this.projected(pod, list(source.sources));
      case 'downwardAPI':
        return { what: 'downward-api', source: 'fields of the pod', sharing: 'pod', lifetime: 'pod', readOnly: true };
      case 'persistentVolumeClaim':
        return this.claim(pod, text(source.claimName) ?? '', source.readOnly === true);
      case 'volumeClaimTemplate':
        return claimTemplate(pod, volume);
      case 'ephemeral':
        return {
          what: 'ephemeral-claim',
          source: 'a new claim for each pod',
          sharing: 'pod',
          lifetime: 'pod',
          readOnly: false,
          sizeLimit: requested(source.volumeClaimTemplate),
        };
      case 'csi':
        return {
          what: 'csi',
          source: text(source.driver) ?? '',
          sharing: 'pod',
          lifetime: 'pod',
          readOnly: source.readOnly === true,
          sizeLimit: 'unknown',
          notes: ['the driver says what it holds'],
        };
      case 'hostPath':
        return {
          what: 'host-path',
          source: text(source.path) ?? '',
          sharing: 'node',
          lifetime: 'node',
          readOnly: false,
          sizeLimit: 'none',
        };
      case 'image':
        return {
          what: 'image-volume',
          source: text(source.reference) ?? '',
          sharing: 'replicas-on-a-node',
          lifetime: 'node',
          readOnly: true,
          rollout: changeOf(pod, 'another reference is another template'),
        };
      default:
        return {
          what: 'other',
          source: [
            type,
            ...['server', 'path', 'shareName', 'volumeID', 'pdName'].flatMap(key => text(source[key]) ?? []),
          ].join(' '),
          sharing: 'everybody',
          lifetime: 'outside',
          readOnly: source.readOnly === true,
          sizeLimit: 'unknown',
        };
    }
  }

  private object(pod: Pod, what: What, kind: 'ConfigMap' | 'Secret', name = ''): Storage {
    const found = this.inventory.find(kind, name, pod.object);
    return {
      what,
      source: name,
      sharing: 'replicas',
      lifetime: 'outside',
      readOnly: true,
      rollout: rolloutOf(pod, kind, name, found),
      objects: found && [found],
    };
  }

  private projected(pod: Pod, sources: readonly unknown[]): Storage {
    const parts = sources.flatMap((source): Storage[] =>
      Object.entries(record(source)).map(([key, value]) => {
        switch (key) {
          case 'configMap':
            return this.object(pod, 'config-map', 'ConfigMap', text(at(value, 'name')));
          case 'secret':
            return this.object(pod, 'secret', 'Secret', text(at(value, 'name')));
          case 'serviceAccountToken':
            return token();
          default:
            return {
              what: 'downward-api',
              source: key === 'downwardAPI' ? 'fields of the pod' : key,
              sharing: 'pod',
              lifetime: 'pod',
              readOnly: true,
            };
        }
      }),
    );
    const ofPod = parts.some(({ sharing }) => sharing === 'pod');
    const rollouts = parts.flatMap(({ rollout }) => rollout ?? []);
    const isToken =
      parts.some(({ what }) => what === 'service-account-token') &&
      parts.every(({ what, source }) => what !== 'secret' && (what !== 'config-map' || source === 'kube-root-ca.crt'));
    return {
      what: isToken ? 'service-account-token' : 'projected',
      source: parts
        .map(({ what, source }) =>
          what === 'service-account-token'
            ? 'token'
            : `${what === 'config-map' ? 'ConfigMap ' : what === 'secret' ? 'Secret ' : ''}${source}`,
        )
        .join(', '),
      sharing: ofPod ? 'pod' : 'replicas',
      lifetime: ofPod ? 'pod' : 'outside',
      readOnly: true,
      rollout: isToken ? undefined : (rollouts.find(({ rolls }) => !rolls) ?? rollouts[0]),
      objects: parts.flatMap(({ objects }) => objects ?? []),
    };
  }

  private claim(pod: Pod, name: string, readOnly: boolean): Storage {
    const claim = this.inventory.find('PersistentVolumeClaim', name, pod.object);
    const modes = texts(at(claim?.content, 'spec', 'accessModes'));
    const others = [...(this.claimUsers.get(`${pod.object.namespace ?? ''}/${name}`) ?? [])]
      .filter(user => user !== pod.object)
      .map(describeObject);
    const onlyRead = modes.length > 0 && modes.every(mode => mode === 'ReadOnlyMany');
    const oneNode = isSingleNode(claim) === true;
    return {
      what: 'claim',
      source: name,
      sharing:
        oneNode && modes.includes('ReadWriteOncePod')
          ? 'one-pod-at-a-time'
          : others.length > 0
            ? 'everybody'
            : oneNode
              ? 'replicas-on-a-node'
              : 'replicas',
      otherUsers: others,
      lifetime: 'outside',
      readOnly: readOnly || onlyRead,
      sizeLimit: requested(claim?.content),
      objects: claim && [claim],
      notes: [
        ...(modes.length > 0 ? [modes.join(', ')] : ['its claim is not among the manifests']),
        ...(oneNode && pod.replicas !== 1 && !modes.includes('ReadWriteOncePod')
          ? ['pods on other nodes do not start']
          : []),
        ...(onlyRead && !readOnly ? ['the driver, not Kubernetes, keeps writers out'] : []),
      ],
    };
  }
}

function emptyDir(source: Readonly<Record<string, unknown>>): Storage {
  const memory = source.medium !== undefined && source.medium !== '';
  return {
    what: memory ? 'memory-empty-dir' : 'empty-dir',
    source: '',
    sharing: 'pod',
    lifetime: 'pod',
    readOnly: false,
    sizeLimit: writtenQuantity(source.sizeLimit) ?? 'none',
    notes: memory ? ['counts as memory of the container that writes'] : [],
  };
}

/** The token that a pod gets without a word in its manifest. */
export function token(source = ''): Storage {
  return { what: 'service-account-token', source, sharing: 'pod', lifetime: 'pod', readOnly: true };
}

function claimTemplate({ object }: Pod, { name, source }: Volume): Storage {
  const policy = record(at(object.content, 'spec', 'persistentVolumeClaimRetentionPolicy'));
  const [deleted, scaled] = [policy.whenDeleted === 'Delete', policy.whenScaled === 'Delete'];
  return {
    what: 'claim-template',
    source: `${name}-${object.name}-…`,
    sharing: 'replica',
    lifetime: scaled ? 'replica' : deleted ? 'stateful-set' : 'beyond-stateful-set',
    readOnly: false,
    sizeLimit: requested(source),
    notes: [
      scaled ? 'scaling down deletes it' : 'scaling down keeps it, scaling up finds it again',
      deleted ? 'goes with the StatefulSet' : 'stays when the StatefulSet is deleted',
    ],
  };
}

function requested(claim: unknown): string {
  return writtenQuantity(at(claim, 'spec', 'resources', 'requests', 'storage')) ?? 'unknown';
}
