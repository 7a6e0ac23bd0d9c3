import * as fc from 'fast-check';
import { ManifestObject, objectsOf } from '../../src/inspect/manifest';
import { podOf } from '../../src/inspect/pods';

const object = (content: unknown): ManifestObject => objectsOf(content, { locate: () => undefined })[0];

test('reads the template of a StatefulSet with its claim templates as volumes', () => {
  const pod = podOf(
    object({
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'db' },
      spec: {
        replicas: 2,
        template: {
          metadata: { labels: { app: 'db' } },
          spec: {
            initContainers: [{ name: 'before' }, { name: 'beside', restartPolicy: 'Always' }],
            containers: [
              {
                name: 'server',
                image: 'postgres:17',
                volumeMounts: [{ name: 'data', mountPath: '/data/' }],
                env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } }],
              },
            ],
            volumes: [{ name: 'tmp', emptyDir: {} }],
          },
        },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: {} }],
      },
    }),
  )!;
  expect(pod.replicas).toBe(2);
  expect(pod.containers.map(({ name, role }) => [name, role])).toEqual([
    ['before', 'init'],
    ['beside', 'native-sidecar'],
    ['server', 'app'],
  ]);
  expect(pod.containers[2].mounts).toEqual([
    {
      volume: 'data',
      path: '/data',
      readOnly: false,
      subPath: undefined,
      subPathVariables: [],
      at: ['spec', 'template', 'spec', 'containers', 0, 'volumeMounts', 0],
    },
  ]);
  expect(pod.containers[2].env[0].from).toEqual({ kind: 'Secret', name: 's', key: 'k' });
  expect(pod.volumes.map(({ name, type }) => [name, type])).toEqual([
    ['tmp', 'emptyDir'],
    ['data', 'volumeClaimTemplate'],
  ]);
});

test('treats null in a pod as omitted, and keeps the indices of lists', () => {
  const pod = podOf(
    object({
      apiVersion: 'v1',
      kind: 'Pod',
      spec: {
        initContainers: null,
        containers: [null, { name: 'app', command: null, livenessProbe: null }],
        volumes: [
          { name: 'a', hostPath: null, emptyDir: {} },
          { name: 'b', emptyDir: null },
        ],
      },
    }),
  )!;
  expect(pod.containers.map(({ name, at }) => [name, at.join('/')])).toEqual([
    ['', 'spec/containers/0'],
    ['app', 'spec/containers/1'],
  ]);
  expect(pod.containers[1].content).toEqual({ name: 'app' });
  expect(pod.volumes.map(({ name, type }) => [name, type])).toEqual([
    ['a', 'emptyDir'],
    ['b', 'emptyDir'],
  ]);
});

test('ignores kinds of other API groups', () => {
  expect(podOf(object({ apiVersion: 'serving.knative.dev/v1', kind: 'Deployment', spec: {} }))).toBeUndefined();
});

test('reads any manifest without an error', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Pod', 'Deployment', 'StatefulSet', 'CronJob'),
      fc.anything({
        maxDepth: 6,
        key: fc.constantFrom(
          'spec',
          'template',
          'containers',
          'volumes',
          'metadata',
          'name',
          'env',
          'volumeMounts',
          'emptyDir',
          '__proto__',
          'valueFrom',
          'jobTemplate',
        ),
      }),
      (kind, spec) => {
        podOf(object({ apiVersion: kind === 'Pod' ? 'v1' : kind === 'CronJob' ? 'batch/v1' : 'apps/v1', kind, spec }));
      },
    ),
  );
});
