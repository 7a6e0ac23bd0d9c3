import { Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { expectRefusal, podWith } from './fixtures';

test('renders all requests and limits', () => {
  const bounds = { request: Size.mebibytes(64), limit: Size.mebibytes(128) };
  const resources = { cpu: { request: Cpu.millis(50), limit: Cpu.units(1) }, memory: bounds, ephemeralStorage: {} };
  expect(podWith({ resources }).containers[0].resources).toEqual({
    requests: { 'cpu': '50m', 'memory': '64Mi', 'ephemeral-storage': expect.any(String) },
    limits: { 'cpu': '1', 'memory': '128Mi', 'ephemeral-storage': expect.any(String) },
  });
});

test.each<[string, object, string]>([
  [
    'a string',
    { memory: '512Mi' },
    "'resources.memory' of container 'app' is '512Mi', which has no request or limit. Set a limit, for example " +
      "'memory: { limit: Size.mebibytes(512) }'.",
  ],
  [
    'a size without a bound',
    { memory: Size.mebibytes(512) },
    "'resources.memory' of container 'app' is an amount, which has no request or limit. Set a limit, for example " +
      "'memory: { limit: Size.mebibytes(512) }'.",
  ],
  [
    'a number of CPUs',
    { cpu: 2 },
    "'resources.cpu' of container 'app' is 2, which has no request or limit. Set a limit, for example " +
      "'cpu: { limit: Cpu.millis(500) }'.",
  ],
  [
    'an unknown resource',
    { disk: { limit: Size.gibibytes(1) } },
    "Unknown prop 'disk' in 'resources' of container 'app'. Remove it, or use one of 'cpu', 'ephemeralStorage' and " +
      "'memory'.",
  ],
  [
    'the name of Kubernetes',
    { memory: { limits: Size.gibibytes(1) } },
    "Unknown prop 'limits' in 'resources.memory' of container 'app'. Did you mean 'limit'?",
  ],
  [
    'an amount of CPU as a string',
    { cpu: { request: '100m' } },
    "'resources.cpu.request' of container 'app' is '100m', which is not an amount of CPU. Use an amount of CPU, for " +
      "example 'Cpu.millis(500)'.",
  ],
  [
    'a size as a string',
    { ephemeralStorage: { limit: '1Gi' } },
    "Invalid size '1Gi' for 'resources.ephemeralStorage.limit' of container 'app'. Use a Size, for example " +
      "'Size.gibibytes(1)'.",
  ],
])('refuses %s', (_, resources, message) => expectRefusal({ resources } as any, message));
