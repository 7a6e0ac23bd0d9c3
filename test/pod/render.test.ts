import { Duration, Size } from 'cdk8s';
import { ConfigMap, Cpu, EnvValue, Secret } from 'cdk8s-plus-28';
import { extension, podWith } from './fixtures';
import { KubernetesVersion } from '../../src';
import { containerOf, podOf, synth, workload } from '../synth';

const sidecar = extension('helper', {
  initContainers: [{ name: 'a-setup', image: 'acme/setup:1' }],
  sidecars: [{ name: 'helper', image: 'acme/helper:1', preStopDelay: Duration.seconds(7) }],
});
const podFor = (minimum?: KubernetesVersion) => podOf(synth(chart => workload(chart).add(sidecar), minimum));
const names = (containers: any[]) => containers.map(({ name }) => name);

test('renders native sidecars before init containers, and sleep actions, for 1.30 and by default', () => {
  for (const pod of [podFor(), podFor(KubernetesVersion.V1_30)]) {
    expect(names(pod.containers)).toEqual(['app']);
    expect(names(pod.initContainers)).toEqual(['helper', 'a-setup']);
    expect(pod.initContainers[0].restartPolicy).toBe('Always');
    expect(pod.initContainers[0].lifecycle.preStop).toEqual({ sleep: { seconds: 7 } });
    expect(pod.containers[0].lifecycle.preStop).toEqual({ sleep: { seconds: 5 } });
  }
});

test('renders native sidecars and sleep commands for 1.29', () => {
  const pod = podFor(KubernetesVersion.V1_29);
  expect(names(pod.initContainers)).toEqual(['helper', 'a-setup']);
  expect(pod.containers[0].lifecycle.preStop).toEqual({ exec: { command: ['sleep', '5'] } });
});

test('renders sidecars as plain containers for 1.28', () => {
  const pod = podFor(KubernetesVersion.V1_28);
  expect(names(pod.containers)).toEqual(['app', 'helper']);
  expect(names(pod.initContainers)).toEqual(['a-setup']);
  expect(pod.containers[1]).not.toHaveProperty('restartPolicy');
});

test('renders variables, resources and sizes of cdk8s-plus-28', () => {
  const container = containerOf(
    synth(chart => {
      const map = new ConfigMap(chart, 'map', { data: { key: 'value' } });
      const secret = Secret.fromSecretName(chart, 'secret', 'passwords');
      workload(chart, {
        env: { A: EnvValue.fromValue('a'), B: EnvValue.fromConfigMap(map, 'key'), C: secret.envValue('c') },
        resources: { cpu: { request: Cpu.millis(250) }, memory: { limit: Size.mebibytes(512) } },
      });
    }),
  );
  expect(container.env).toEqual([
    { name: 'A', value: 'a' },
    { name: 'B', valueFrom: { configMapKeyRef: { key: 'key', name: 'test-map' } } },
    { name: 'C', valueFrom: { secretKeyRef: { key: 'c', name: 'passwords' } } },
  ]);
  expect(container.resources).toEqual({
    requests: { 'cpu': '250m', 'memory': '512Mi', 'ephemeral-storage': '192Mi' },
    limits: { 'memory': '512Mi', 'ephemeral-storage': '192Mi' },
  });
});

test('renders variables that refer to others last', () => {
  const env = { A: EnvValue.fromValue('$(B)'), B: EnvValue.fromValue('b') };
  expect(names(podWith({ env }).containers[0].env)).toEqual(['B', 'A']);
});
