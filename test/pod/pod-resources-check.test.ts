import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-28';
import { InitContainer, KubernetesVersion } from '../../src';
import { kind, synth, workload } from '../synth';

const sidecar: InitContainer = { name: 'proxy', image: 'acme/proxy:1.0.0' };
const podWith = (podResources: ContainerResources, initContainers: InitContainer[] = []) =>
  kind(
    synth(chart => {
      const app = workload(chart, { podResources }).addSidecar(sidecar);
      initContainers.forEach(container => app.addInitContainer(container));
    }, KubernetesVersion.V1_37),
    'Deployment',
  ).spec.template.spec;

test('accepts what the containers request together', () => {
  const podResources = { cpu: { request: Cpu.millis(120) }, memory: { request: Size.mebibytes(320) } };
  expect(podWith(podResources).resources.requests).toEqual({ cpu: '120m', memory: '320Mi' });
});

test.each<[string, ContainerResources, string]>([
  [
    'CPU request',
    { cpu: { request: Cpu.millis(119) } },
    "'podResources.cpu.request' is 119m, less than the 120m that the containers request together. " +
      "Raise it, or lower 'cpu' in the 'resources' of the containers.",
  ],
  [
    'memory limit, which is the request too',
    { memory: { limit: Size.mebibytes(319) } },
    "'podResources.memory.request' is 319Mi, less than the 320Mi that the containers request together. Raise it, or " +
      "lower 'memory' in the 'resources' of the containers.",
  ],
  [
    'limit of one container',
    { cpu: { request: Cpu.millis(500), limit: Cpu.millis(900) } },
    "'podResources.cpu.limit' is 900m, less than the 1000m that are the limit of container 'app'. Raise it, or lower " +
      "'cpu' in the 'resources' of the containers.",
  ],
])('refuses less than the %s', (_, podResources, message) => {
  expect(() => podWith(podResources)).toThrow(`[test/app] ${message}`);
});

test('refuses ephemeral storage', () => {
  expect(() => podWith({ ephemeralStorage: { limit: Size.gibibytes(9) } })).toThrow(
    "[test/app] 'podResources.ephemeralStorage' is set, but containers cannot share ephemeral storage. Omit it, and " +
      "set 'ephemeralStorage' in 'resources'.",
  );
});

test('counts an init container with the sidecars that run next to it', () => {
  const migrate: InitContainer = {
    name: 'migrate',
    image: 'acme/migrate:1.0.0',
    resources: { cpu: { request: Cpu.millis(300) } },
  };
  expect(() => podWith({ cpu: { request: Cpu.millis(319) } }, [migrate])).toThrow(
    "[test/app] 'podResources.cpu.request' is 319m, less than the 320m that the containers request together. " +
      "Raise it, or lower 'cpu' in the 'resources' of the containers.",
  );
  expect(podWith({ cpu: { request: Cpu.millis(320) } }, [migrate]).resources.requests).toEqual({ cpu: '320m' });
});
