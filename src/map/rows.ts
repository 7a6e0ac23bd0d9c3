import type { Row } from './model';
import { changeOf, rolloutOf } from './rollouts';
import { Storage, token, TOKEN_PATH, Volumes } from './volumes';
import { compareBy } from '../checks/order';
import type { Inventory } from '../inspect/inventory';
import { at, JsonPath, list, text } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Container, Pod } from '../inspect/pods';
import { writtenQuantity } from '../inspect/quantity';
import { getsToken } from '../predicates/gets-token';

/** A row before the rules are asked, with what they may have something to say about. */
export interface Draft {
  readonly row: Omit<Row, 'findings'>;
  /** Values of the pod's own object. */
  readonly anchors: readonly JsonPath[];
  /** Other objects. */
  readonly objects: readonly ManifestObject[];
}

/** Something at a path of one container. */
interface Entry {
  readonly path: string;
  readonly storage: Storage;
  readonly mayWrite: boolean;
  readonly volume?: string;
  readonly subPath?: string;
  /** The variables that its folder is named after. */
  readonly subPathVariables?: readonly string[];
  readonly block?: boolean;
  readonly anchors: readonly JsonPath[];
}

/**
 * Every path of every container of a pod, in the order of their start; the root first, then by path, then the
 * environment.
 */
export function rowsOf(pod: Pod, inventory: Inventory, volumes: Volumes): Draft[] {
  const storages = new Map(
    pod.volumes.map(volume => [volume.name, { storage: volumes.describe(pod, volume), anchor: volume.at }]),
  );
  const entries = new Map(pod.containers.map(container => [container, entriesOf(pod, container, inventory, storages)]));
  return pod.containers.flatMap(container => [
    ...ownLayers(pod, container),
    ...entries.get(container)!.map(entry => draft(pod, container, entry, entries)),
    ...environments(pod, container, inventory),
  ]);
}

function ownLayers(pod: Pod, container: Container): Draft[] {
  const { content, at: path, image, name } = container;
  const readOnly = at(content, 'securityContext', 'readOnlyRootFilesystem') === true;
  const base = { container: name, path: '/', environment: false, sharedWith: [], notes: [], hidden: [] };
  return [
    {
      row: {
        ...base,
        what: 'image-layers',
        source: image,
        sharing: 'replicas-on-a-node',
        lifetime: 'node',
        writable: false,
        writers: [],
        rollout: changeOf(pod, 'another image reference is another template'),
      },
      anchors: [
        [...path, 'image'],
        [...path, 'imagePullPolicy'],
      ],
      objects: [],
    },
    {
      row: {
        ...base,
        what: 'writable-layer',
        source: '',
        sharing: 'container',
        lifetime: 'container',
        writable: !readOnly,
        writers: readOnly ? [] : [name],
        sizeLimit: readOnly
          ? undefined
          : (writtenQuantity(at(content, 'resources', 'limits', 'ephemeral-storage')) ?? 'none'),
      },
      anchors: [
        [...path, 'securityContext', 'readOnlyRootFilesystem'],
        [...path, 'resources', 'limits', 'ephemeral-storage'],
      ],
      objects: [],
    },
  ];
}

type Storages = ReadonlyMap<string, { readonly storage: Storage; readonly anchor: JsonPath }>;

function entriesOf(pod: Pod, container: Container, inventory: Inventory, storages: Storages): Entry[] {
  const mounted = container.mounts.map((mount): Entry => {
    const { storage, anchor } = storages.get(mount.volume) ?? {
      storage: {
        what: 'missing',
        source: `the pod has no volume '${mount.volume}'`,
        sharing: 'container',
        lifetime: 'container',
        readOnly: true,
      },
      anchor: mount.at,
    };
    return {
      path: mount.path,
      storage,
      mayWrite: !mount.readOnly && !storage.readOnly,
      volume: mount.volume,
      subPath: mount.subPath,
      subPathVariables: mount.subPathVariables,
      anchors: [mount.at, anchor],
    };
  });
  const devices = list(container.content.volumeDevices)
    .map((device, i): Entry | undefined => {
      const volume = text(at(device, 'name')) ?? '';
      const known = storages.get(volume);
      return (
        known && {
          path: text(at(device, 'devicePath')) ?? '',
          storage: known.storage,
          mayWrite: !known.storage.readOnly,
          volume,
          block: true,
          anchors: [[...container.at, 'volumeDevices', i], known.anchor],
        }
      );
    })
    .filter(entry => entry !== undefined);
  const taken = new Set(container.mounts.map(({ path }) => path));
  const implied: Entry[] = [
    ...(taken.has(TOKEN_PATH) || getsToken(pod, inventory) === false
      ? []
      : [
          {
            path: TOKEN_PATH,
            storage: token(),
            mayWrite: false,
            anchors: [[...pod.at, 'automountServiceAccountToken']],
          },
        ]),
    ...(taken.has('/dev/shm') ? [] : [{ path: '/dev/shm', storage: sharedMemory(pod), mayWrite: true, anchors: [] }]),
  ];
  return [...mounted, ...devices, ...implied].sort(compareBy(({ path }) => path));
}

/** The runtime mounts that of the pod's sandbox, so that it outlives the containers and is theirs together. */
function sharedMemory({ spec }: Pod): Storage {
  return spec.hostIPC === true
    ? {
        what: 'shared-memory',
        source: "the node's own",
        sharing: 'node',
        lifetime: 'node',
        readOnly: false,
        sizeLimit: 'none',
      }
    : {
        what: 'shared-memory',
        source: '',
        sharing: 'pod',
        lifetime: 'pod',
        readOnly: false,
        sizeLimit: '64Mi',
        notes: ['the runtime makes it, unasked'],
      };
}

function draft(pod: Pod, container: Container, entry: Entry, all: ReadonlyMap<Container, readonly Entry[]>): Draft {
  const { storage, path, subPath, volume } = entry;
  const users = [...all].filter(([, entries]) => entries.some(other => isSame(entry, other)));
  const writers = users
    .filter(([, entries]) => entries.some(other => isSame(entry, other) && other.mayWrite))
    .map(([{ name }]) => name);
  const own = all.get(container)!;
  const around = own
    .filter(other => other.path !== path && contains(other.path, path))
    .sort((a, b) => b.path.length - a.path.length)[0];
  const sharing =
    storage.sharing === 'replicas' || storage.sharing === 'everybody' || storage.sharing === 'replicas-on-a-node'
      ? (ownFolder(pod, container, entry) ?? storage.sharing)
      : storage.sharing;
  return {
    row: {
      container: container.name,
      path,
      environment: false,
      what: storage.what,
      source: storage.source,
      volume,
      subPath,
      sharing,
      sharedWith:
        storage.sharing === 'pod'
          ? users.filter(([other]) => other !== container).map(([{ name }]) => name)
          : sharing === storage.sharing
            ? (storage.otherUsers ?? [])
            : [],
      lifetime: storage.lifetime,
      writable: entry.mayWrite,
      writers,
      sizeLimit: storage.sizeLimit,
      rollout: storage.rollout,
      notes: [
        ...(storage.notes ?? []),
        ...(entry.block ? ['a block device'] : []),
        ...(subPath !== undefined && storage.rollout?.rolls === false
          ? ['with a subPath, a running container never sees a change']
          : []),
      ],
      inside: around?.path,
      hidden: own.filter(other => other.path !== path && contains(path, other.path)).map(other => other.path),
    },
    anchors: entry.anchors,
    objects: storage.objects ?? [],
  };
}

/** Whether two entries of a pod show the same files; folders of one volume do not, unless one has all of it. */
function isSame(a: Entry, b: Entry): boolean {
  if (a.volume === undefined || a.volume !== b.volume) {
    return a.volume === b.volume && a.path === b.path;
  }
  return (
    a.subPath === undefined ||
    b.subPath === undefined ||
    contains(a.subPath, b.subPath) ||
    contains(b.subPath, a.subPath)
  );
}

function contains(folder: string, path: string): boolean {
  return folder === path || (folder !== '' && path.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
}

/** Whose a folder is that is named after the pod: a StatefulSet's pods keep their names, others are new each time. */
function ownFolder(
  pod: Pod,
  { env, content }: Container,
  { subPathVariables = [] }: Entry,
): 'replica' | 'pod' | undefined {
  const fields = env
    .filter(({ name }) => subPathVariables.includes(name))
    .map(variable => {
      const index = variable.at[variable.at.length - 1];
      return text(at(content, 'env', index, 'valueFrom', 'fieldRef', 'fieldPath'));
    });
  if (fields.includes('metadata.name') || fields.includes("metadata.labels['apps.kubernetes.io/pod-index']")) {
    return pod.object.kind === 'StatefulSet' ? 'replica' : 'pod';
  }
  return fields.includes('metadata.uid') ? 'pod' : undefined;
}

/** The variables that come from a ConfigMap or Secret, a row for each such object. */
function environments(pod: Pod, container: Container, inventory: Inventory): Draft[] {
  const found = new Map<
    string,
    { kind: 'ConfigMap' | 'Secret'; name: string; variables: string[]; anchors: JsonPath[] }
  >();
  const note = (kind: 'ConfigMap' | 'Secret', name: string, variable: string, anchor: JsonPath) => {
    const key = `${kind}/${name}`;
    found.set(key, found.get(key) ?? { kind, name, variables: [], anchors: [] });
    found.get(key)!.variables.push(variable);
    found.get(key)!.anchors.push(anchor);
  };
  list(container.content.envFrom).forEach((source, i) => {
    const prefix = text(at(source, 'prefix')) ?? '';
    for (const [key, kind] of [
      ['configMapRef', 'ConfigMap'],
      ['secretRef', 'Secret'],
    ] as const) {
      const name = text(at(source, key, 'name'));
      if (name !== undefined) {
        note(kind, name, `$${prefix}*`, [...container.at, 'envFrom', i]);
      }
    }
  });
  for (const { name, from, at: anchor } of container.env) {
    if (from && from.kind !== 'other') {
      note(from.kind, from.name ?? '', `$${name}`, anchor);
    }
  }
  return [...found.values()].map(({ kind, name, variables, anchors }): Draft => {
    const object = inventory.find(kind, name, pod.object);
    const rollout = rolloutOf(pod, kind, name, object);
    return {
      row: {
        container: container.name,
        path: variables.length > 2 ? `${variables[0]} and ${variables.length - 1} more` : variables.join(' and '),
        environment: true,
        what: kind === 'ConfigMap' ? 'config-map' : 'secret',
        source: name,
        sharing: 'replicas',
        sharedWith: [],
        lifetime: 'outside',
        writable: false,
        writers: [],
        rollout,
        notes: ['variables of the environment keep the value they had when the container started'],
        hidden: [],
      },
      anchors,
      objects: object ? [object] : [],
    };
  });
}
