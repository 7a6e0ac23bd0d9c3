import { Duration, Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { emptyDir, expectRefusal, extended, podWith } from './fixtures';
import { HealthCheck, InitContainer, PodAdditions, PodEnvFrom, SidecarContainer, Waiver } from '../../src';

const KEYS = "Use at most 253 letters, digits, '-', '_' and '.', and do not start with '..'.";

test.each([
  [
    'acme/app',
    "Image 'acme/app' has no tag or digest. Use the tag of one release, such as 'acme/app:1.4.2', or a digest.",
  ],
  [
    'acme/app:latest',
    "Image 'acme/app:latest' has the moving tag 'latest'. Use the tag of one release, such as 'acme/app:1.4.2', or a " +
      'digest.',
  ],
  [
    'postgres:17',
    "Image 'postgres:17' has the moving tag '17'. Use the tag of one release, such as '17.11-trixie', or a digest.",
  ],
])('refuses the image %p', (image, error) => expectRefusal({ image }, error));

test('accepts an image with a digest, and a moving tag with a waiver', () => {
  const image = `acme/app:latest@sha256:${'a'.repeat(64)}`;
  expect(podWith({ image }).containers[0].image).toBe(image);
  const waivers = [Waiver.pinnedImage('built for each test')];
  expect(podWith({ image: 'acme/app:latest', waivers }).containers[0].image).toBe('acme/app:latest');
});

test('refuses a moving image of a sidecar', () => {
  expect(() => extended({ sidecars: [{ name: 'a', image: 'a' }] })).toThrow(
    "[test/app] Image 'a' has no tag or digest.",
  );
});

test.each<[string, Partial<SidecarContainer>, string]>([
  ['a name', { name: 'Helper' }, "Container name 'Helper' is not a valid DNS label."],
  [
    'a port name',
    { ports: { Metrics: 9000 } },
    "Invalid value 'Metrics' for a port name of container 'helper'. Use at most 15 lowercase letters, digits and " +
      "single '-', with at least one letter.",
  ],
  [
    'a port',
    { ports: { metrics: 0 } },
    "Invalid value 0 for port 'metrics' of container 'helper'. Use a whole number from 1 to 65535.",
  ],
  [
    'a delay',
    { preStopDelay: Duration.days(2) },
    "Invalid value 172800 for 'preStopDelay' of container 'helper' in seconds. Use a whole number from 1 to 86400.",
  ],
  [
    'a size',
    { resources: { memory: { limit: Size.kibibytes(0) } } },
    "Invalid size 0Ki for 'resources.memory.limit' of container 'helper'. Use a size from 1Ki to 4Ei.",
  ],
  ['an argument', { args: ['\u0085'] }, "'args[0]' of container 'helper' is \"\\u0085\", which kubectl misreads"],
  ['a command', { command: ['run', '\u0085'] }, "'command[1]' of container 'helper' is \"\\u0085\""],
  [
    'a health check without a port',
    { healthCheck: HealthCheck.tcp() },
    "The health check has no port, because the container has none or several. Set its option 'port'.",
  ],
  [
    'a nested mount',
    {
      mounts: [
        { path: '/data', volume: emptyDir('a'), readOnly: true },
        { path: '/data/b', volume: emptyDir('b') },
      ],
    },
    "Volume 'b' is mounted at '/data/b', below the read-only volume 'a' at '/data', so the container cannot start.",
  ],
  [
    'two mounts at one path',
    {
      mounts: [
        { path: '/data', volume: emptyDir('a') },
        { path: '/data', volume: emptyDir('b') },
      ],
    },
    "Duplicate mount path '/data' from container 'helper' (volume 'a') and container 'helper' (volume 'b').",
  ],
  [
    'an unknown prop',
    { port: 9000 } as Partial<SidecarContainer>,
    "Unknown prop 'port' in a container of extension 'e0'. Did you mean 'ports'?",
  ],
  [
    'a missing image',
    { image: undefined },
    "Container 'helper' has no 'image'. Set it, for example 'image: \"ghcr.io/acme/exporter:1.4.2\"', or set " +
      "'likeApp: true'.",
  ],
])('refuses a container with %s', (_, props, error) => {
  const helper = { name: 'helper', image: 'helper:1', ...props } as SidecarContainer;
  expect(() => extended({ sidecars: [helper] })).toThrow(`[test/app] ${error}`);
});

test.each(['healthCheck', 'preStopDelay', 'shutdownTimeout'])('refuses %p of an init container', prop => {
  const value = prop === 'healthCheck' ? HealthCheck.command(['x']) : Duration.seconds(1);
  const initContainers = [{ name: 'a', image: 'a:1', [prop]: value } as InitContainer];
  expect(() => extended({ initContainers })).toThrow(
    `[test/app] Init container 'a' has '${prop}', but it ends before the app starts. Omit '${prop}', or add the ` +
      "container to 'sidecars'.",
  );
});

test.each<[string, PodAdditions, string]>([
  [
    'a relative path',
    { mounts: [{ path: 'data', volume: emptyDir('a') }] },
    "The mount path of volume 'a' is 'data', which is not an absolute path in a container. Start it with '/', and do " +
      "not use '.', '..', ':', '//' or a trailing '/'.",
  ],
  [
    'a subPath above the volume',
    { mounts: [{ path: '/data', volume: emptyDir('a'), subPath: '../a' }] },
    "'subPath' of the mount of volume 'a' is '../a', which is not a path in the volume. Use a relative path without " +
      "'..', or omit 'subPath'.",
  ],
  [
    'no volume',
    { mounts: [{ path: '/data' } as any] },
    "Required prop 'volume' in a mount of extension 'e0' is missing.",
  ],
])('refuses a mount with %s', (_, additions, error) => {
  expect(() => extended(additions)).toThrow(`[test/app] ${error}`);
});

test.each<[string, Record<string, EnvValue>, string]>([
  [
    'an invalid name',
    { '1A': EnvValue.fromValue('') },
    "Invalid name '1A' of an environment variable. Use letters, digits, '_', '-' and '.', and do not start with a " +
      "digit or '..'.",
  ],
  [
    'a value that kubectl misreads',
    { MODE: EnvValue.fromValue('0o17') },
    'Variable \'MODE\' is "0o17", which kubectl misreads in YAML because it looks like a number.',
  ],
  [
    'an invalid key',
    { A: { valueFrom: { secretKeyRef: { name: 'api', key: 'x y' } } } as EnvValue },
    `Invalid key 'x y' of Secret 'api' in variable 'A'. ${KEYS}`,
  ],
  [
    'an invalid object name',
    { A: { valueFrom: { configMapKeyRef: { name: 'No Name', key: 'x' } } } as EnvValue },
    "Invalid name 'No Name' for the ConfigMap of variable 'A'.",
  ],
])('refuses a variable with %s', (_, env, error) => expectRefusal({ env }, error));

test('refuses invalid names in envFrom', () => {
  expect(() => extended({ envFrom: [PodEnvFrom.fromConfigMapName('No Name')] })).toThrow(
    "[test/app] Invalid name 'No Name' for the ConfigMap of 'envFrom'.",
  );
  expect(() => extended({ envFrom: [PodEnvFrom.fromConfigMapName('a', { prefix: '1' })] })).toThrow(
    "[test/app] Invalid name '1' of an environment variable.",
  );
});

test('refuses resources that are strings', () => {
  expect(() =>
    extended({ sidecars: [{ name: 'helper', image: 'a:1', resources: { memory: '64Mi' as never } }] }),
  ).toThrow("[test/app] 'resources.memory' of container 'helper' is '64Mi', which has no request or limit.");
});
