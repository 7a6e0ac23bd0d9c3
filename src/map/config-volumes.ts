import type { StorageKind } from './model';
import { configRollout } from './rollouts';
import { podStorage, Storage } from './storage';
import type { Inventory } from '../inspect/inventory';
import { at, list, record, text } from '../inspect/json';
import type { Pod, Volume } from '../inspect/pods';

/** The mount path of the ServiceAccount token. */
export const TOKEN_PATH = '/var/run/secrets/kubernetes.io/serviceaccount';

/** Describes a volume of a ConfigMap or Secret. */
export function configObject(inventory: Inventory, pod: Pod, kind: 'ConfigMap' | 'Secret', name = ''): Storage {
  const object = inventory.find(kind, name, pod.object);
  return {
    kind: kind === 'ConfigMap' ? 'config-map' : 'secret',
    source: name,
    sharing: 'replicas',
    lifetime: 'independent',
    readOnly: true,
    rollout: configRollout(pod, kind, name, object),
    objects: object && [object],
  };
}

/** Describes the token of the ServiceAccount, which a pod gets by default. */
export function serviceAccountToken(): Storage {
  return podStorage('service-account-token', '');
}

/** Describes a volume of pod fields. */
export function downwardApi(): Storage {
  return podStorage('downward-api', '');
}

/** Describes a volume that combines several sources. */
export function projected(inventory: Inventory, pod: Pod, { source }: Volume): Storage {
  const parts = list(source.sources).flatMap(item =>
    Object.entries(record(item)).map(([key, value]) => projectedSource(inventory, pod, key, value)),
  );
  const token = isTokenVolume(parts);
  const rollouts = parts.flatMap(({ rollout }) => rollout ?? []);
  const podOnly = parts.some(({ sharing }) => sharing === 'pod');
  return {
    kind: token ? 'service-account-token' : 'projected',
    source: parts.map(describeSource).join(', '),
    sharing: podOnly ? 'pod' : 'replicas',
    lifetime: podOnly ? 'pod' : 'independent',
    readOnly: true,
    rollout: token ? undefined : (rollouts.find(({ rolls }) => !rolls) ?? rollouts[0]),
    objects: parts.flatMap(({ objects }) => objects ?? []),
  };
}

function projectedSource(inventory: Inventory, pod: Pod, key: string, value: unknown): Storage {
  switch (key) {
    case 'configMap':
      return configObject(inventory, pod, 'ConfigMap', text(at(value, 'name')));
    case 'secret':
      return configObject(inventory, pod, 'Secret', text(at(value, 'name')));
    case 'serviceAccountToken':
      return serviceAccountToken();
    case 'downwardAPI':
      return downwardApi();
    default:
      return podStorage('downward-api', key);
  }
}

/** Returns whether a projected volume contains only the files that Kubernetes mounts with a token by default. */
function isTokenVolume(parts: readonly Storage[]): boolean {
  return (
    parts.some(({ kind }) => kind === 'service-account-token') &&
    parts.every(({ kind, source }) => kind !== 'secret' && (kind !== 'config-map' || source === 'kube-root-ca.crt'))
  );
}

const SOURCE_KIND: Partial<Record<StorageKind, string>> = {
  'service-account-token': 'token',
  'config-map': 'ConfigMap',
  'secret': 'Secret',
};

function describeSource({ kind, source }: Storage): string {
  return [SOURCE_KIND[kind], source].filter(Boolean).join(' ') || 'pod fields';
}
