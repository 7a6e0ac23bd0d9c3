import { podOf } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import { emptyDirBound } from '../../src/predicates/empty-dir-bound';
import { mapYaml, rowAt } from '../map/fixtures';
import { messagesOf } from '../safety/rules/fixtures';

interface Limits {
  readonly source?: string;
  readonly app?: string;
  readonly sidecar?: string;
  readonly pod?: string;
  /** Whether the sidecar mounts the volume read-only. */
  readonly reads?: boolean;
}

const manifest = ({ source = '', app = '', sidecar = '', pod = '', reads = false }: Limits) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: api}
spec:
  template:
    spec:
      resources: {limits: {${pod}}}
      containers:
        - {name: app, image: i, resources: {limits: {${app}}}, volumeMounts: [{name: it, mountPath: /it}]}
        - name: sidecar
          image: i
          resources: {limits: {${sidecar}}}
          volumeMounts: [{name: it, mountPath: /it, readOnly: ${reads}}]
      volumes: [{name: it, emptyDir: {${source}}}]
`;

const MEBIBYTE = 1024 ** 2;
const memory = 'medium: Memory';

test.each<[string, Limits, number | undefined, string | undefined]>([
  ['no limit', {}, undefined, undefined],
  ['a size limit', { source: 'sizeLimit: 1Mi' }, 1, 'size limit'],
  ['a size limit of 0, which is none', { source: 'sizeLimit: 0' }, undefined, undefined],
  ['the ephemeral storage of one container', { app: 'ephemeral-storage: 2Mi' }, 2, 'ephemeral storage limit'],
  [
    'the ephemeral storage of two containers',
    { app: 'ephemeral-storage: 2Mi', sidecar: 'ephemeral-storage: 1Mi' },
    3,
    'ephemeral storage limit',
  ],
  [
    'a size limit above the ephemeral storage',
    { source: 'sizeLimit: 9Mi', app: 'ephemeral-storage: 2Mi' },
    2,
    'ephemeral storage limit',
  ],
  ['a memory limit, which does not limit files on disk', { app: 'memory: 2Mi' }, undefined, undefined],
  ['memory of both writers', { source: memory, app: 'memory: 2Mi', sidecar: 'memory: 1Mi' }, 3, 'memory limit'],
  ['memory of one of two writers', { source: memory, app: 'memory: 2Mi' }, undefined, undefined],
  ['memory of the only writer', { source: memory, app: 'memory: 2Mi', reads: true }, 2, 'memory limit'],
  ['memory of the pod', { source: memory, pod: 'memory: 5Mi' }, 5, 'memory limit'],
  [
    'ephemeral storage, which does not limit memory',
    { source: memory, app: 'ephemeral-storage: 2Mi' },
    undefined,
    undefined,
  ],
  ['huge pages', { source: 'medium: HugePages-2Mi', app: 'hugepages-2Mi: 4Mi', reads: true }, 4, 'memory limit'],
])('rule and map agree on an emptyDir with %s', (_, limits, mebibytes, setBy) => {
  const yaml = manifest(limits);
  const pod = podOf(readYaml(yaml, 'a.yaml').objects[0])!;
  const bound = emptyDirBound(pod, pod.volumes[0]);
  expect(bound).toEqual(mebibytes === undefined ? undefined : { bytes: mebibytes * MEBIBYTE, setBy });
  expect(messagesOf('empty-dir-size-limit', yaml)).toHaveLength(bound ? 0 : 1);
  expect(rowAt(mapYaml(yaml), '/it').sizeLimit).toBe(mebibytes === undefined ? 'none' : `${mebibytes}Mi`);
});

test('accepts huge pages without a limit, of which a container gets none', () => {
  expect(messagesOf('empty-dir-size-limit', manifest({ source: 'medium: HugePages' }))).toEqual([]);
});
