import type { Lifetime, MappedContainer, MappedWorkload, Row, What } from './model';

export const WHAT: Readonly<Record<What, string>> = {
  'image-layers': 'image layers',
  'writable-layer': 'writable layer',
  'shared-memory': 'shared memory',
  'config-map': 'ConfigMap',
  'secret': 'Secret',
  'projected': 'projected',
  'downward-api': 'downward API',
  'service-account-token': 'token',
  'empty-dir': 'emptyDir',
  'memory-empty-dir': 'emptyDir in memory',
  'claim-template': 'claim template',
  'claim': 'claim',
  'ephemeral-claim': 'ephemeral claim',
  'csi': 'CSI',
  'host-path': 'host path',
  'image-volume': 'image volume',
  'other': 'volume',
  'missing': 'nothing',
};

export const LIFETIME: Readonly<Record<Lifetime, string>> = {
  'container': 'container',
  'pod': 'pod',
  'replica': 'replica',
  'stateful-set': 'StatefulSet',
  'node': 'node',
  'beyond-stateful-set': 'beyond StatefulSet',
  'outside': 'outside',
};

export const ROLE = { 'app': '', 'init': 'init container', 'native-sidecar': 'sidecar' } as const;

/** What is there, with what it is of: `ConfigMap api-config-1a2b3c`. */
export function describeWhat({ what, source, subPath, environment, writable }: Row): string {
  return [
    ...(environment ? ['env of'] : []),
    WHAT[what],
    ...(what === 'writable-layer' && !writable ? ['(none: read-only root)'] : []),
    ...(source ? [source] : []),
    ...(subPath === undefined ? [] : [`folder ${subPath}`]),
  ].join(' ');
}

/** Who shares it. */
export function describeSharing({ sharing, sharedWith, container }: Row): string {
  switch (sharing) {
    case 'container':
      return 'nobody';
    case 'pod':
      return sharedWith.length === 0 ? 'nobody' : `one pod: ${[container, ...sharedWith].join(', ')}`;
    case 'replica':
      return 'one replica';
    case 'one-pod-at-a-time':
      return 'one pod at a time';
    case 'replicas-on-a-node':
      return 'replicas on a node';
    case 'replicas':
      return 'all replicas';
    case 'node':
      return 'all on the node';
    case 'everybody':
      return sharedWith.length === 0 ? 'everybody' : `all replicas, ${sharedWith.join(', ')}`;
  }
}

/** Which containers may write. */
export function describeWriters({ writers, what }: Row): string {
  return writers.length > 0 ? writers.join(', ') : what === 'host-path' || what === 'other' ? 'others' : 'nobody';
}

export function describeLimit({ sizeLimit }: Row): string {
  return sizeLimit ?? '';
}

export function describeRollout({ rollout }: Row): string {
  return rollout === undefined ? '' : rollout.rolls ? 'yes' : 'no';
}

/** What else there is to say, as clauses. */
export function describeNotes({ notes, rollout, inside, hidden, what }: Row): string[] {
  return [
    ...notes,
    ...(rollout === undefined || what === 'image-layers'
      ? []
      : [`a change ${rollout.rolls ? 'rolls the pods' : 'rolls nothing'}: ${rollout.why}`]),
    ...(inside === undefined ? [] : [`hides what ${inside} has there`]),
    ...(hidden.length === 0 ? [] : [`hidden by other mounts: ${hidden.join(', ')}`]),
  ];
}

/** The columns of every table. */
export const COLUMNS: readonly { readonly title: string; readonly of: (row: Row) => string }[] = [
  { title: 'path', of: ({ path }) => path },
  { title: 'what', of: describeWhat },
  { title: 'shared by', of: describeSharing },
  { title: 'lifetime', of: ({ lifetime }) => LIFETIME[lifetime] },
  { title: 'may write', of: describeWriters },
  { title: 'limit', of: describeLimit },
  { title: 'rolls', of: describeRollout },
];

export function describeReplicas({ kind, replicas }: MappedWorkload): string {
  if (kind === 'Pod') {
    return 'a pod';
  }
  return replicas === undefined ? 'one on each node' : replicas === 1 ? '1 replica' : `${replicas} replicas`;
}

export function titleOf({ kind, name, namespace }: MappedWorkload): string {
  return `${kind} ${namespace ? `${namespace}/` : ''}${name || '(no name)'}`;
}

export function describeContainer({ name, role }: MappedContainer): string {
  return ROLE[role] ? `${name} (${ROLE[role]})` : name;
}

export function originOf({ place, constructPath }: MappedWorkload): string {
  return place ? `${place.file}:${place.line}` : (constructPath ?? '');
}

/** The findings that nobody has waived. */
export function openFindings({ findings }: Row): Row['findings'] {
  return findings.filter(({ reason }) => reason === undefined);
}

/** The findings of a workload, each once, with the paths that it is about. */
export function findingsOf({ rows }: MappedWorkload): { finding: Row['findings'][number]; paths: string[] }[] {
  const found = new Map<string, { finding: Row['findings'][number]; paths: string[] }>();
  for (const row of rows) {
    for (const finding of openFindings(row)) {
      const key = `${finding.rule.id} ${finding.message}`;
      found.set(key, found.get(key) ?? { finding, paths: [] });
      found.get(key)!.paths.push(row.path);
    }
  }
  return [...found.values()].map(({ finding, paths }) => ({ finding, paths: [...new Set(paths)] }));
}
