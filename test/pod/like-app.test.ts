import { Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { emptyDir, extension } from './fixtures';
import { AppWorkload, Controller, InitContainer, PodEnvFrom, PodVolume } from '../../src';
import { controlled, expectError } from '../controllers/fixtures';
import { podOf, synth } from '../synth';

const migrate: InitContainer = { name: 'migrate', likeApp: true, command: ['migrate'] };
const env = (value: string) => EnvValue.fromValue(value);

function migrating(container: Partial<InitContainer>, ...steps: ((app: AppWorkload) => unknown)[]): any {
  const objects = synth(chart => {
    const app = controlled(chart, Controller.deployment(), {
      env: { MODE: env('production') },
      resources: { memory: { limit: Size.mebibytes(512) } },
    });
    [...steps, () => app.addInitContainer({ ...migrate, ...container })].forEach(step => step(app));
  });
  return podOf(objects).initContainers.find(({ name }: any) => name === 'migrate');
}

const addConfig = (app: AppWorkload) =>
  app.add(
    extension('config', {
      env: { CONFIG: env('/etc/app') },
      envFrom: [PodEnvFrom.fromConfigMapName('defaults')],
      mounts: [{ path: '/etc/app', volume: PodVolume.fromSource('config', { configMap: { name: 'app' } }) }],
    }),
  );

test('a container takes the image, variables, mounts and resources of the app', () => {
  const container = migrating({}, addConfig);
  const app = podOf(synth(chart => addConfig(controlled(chart, Controller.deployment())))).containers[0];
  expect(container).toMatchObject({
    image: 'acme/app:1.0.0',
    command: ['migrate'],
    env: [
      { name: 'CONFIG', value: '/etc/app' },
      { name: 'MODE', value: 'production' },
    ],
    envFrom: [{ configMapRef: { name: 'defaults' } }],
    volumeMounts: app.volumeMounts,
  });
  expect(container.resources.limits.memory).toBe('512Mi');
  expect(container).not.toHaveProperty('livenessProbe');
});

test('it does not matter whether the app or the container is completed first', () => {
  const before = migrating({}, addConfig);
  const objects = synth(chart => {
    const app = controlled(chart, Controller.deployment(), {
      env: { MODE: env('production') },
      resources: { memory: { limit: Size.mebibytes(512) } },
    });
    addConfig(app.addInitContainer(migrate));
  });
  expect(podOf(objects).initContainers[0]).toEqual(before);
});

test('its own props take precedence', () => {
  const container = migrating(
    {
      image: 'acme/migrate:2.0.0',
      env: { MODE: env('migration') },
      mounts: [{ path: '/etc/app', volume: emptyDir('own') }],
      resources: { memory: { limit: Size.mebibytes(64) } },
    },
    addConfig,
  );
  expect(container).toMatchObject({ image: 'acme/migrate:2.0.0', resources: { limits: { memory: '64Mi' } } });
  expect(container.env).toContainEqual({ name: 'MODE', value: 'migration' });
  expect(container.volumeMounts).toEqual([
    { name: 'own', mountPath: '/etc/app' },
    { name: 'scratch-tmp', mountPath: '/tmp' },
  ]);
});

test('a container that is not like the app takes nothing', () => {
  const container = migrating({ likeApp: false, image: 'acme/migrate:2.0.0' }, addConfig);
  expect(container).not.toHaveProperty('env');
  expect(container).not.toHaveProperty('volumeMounts');
});

test.each<[string, InitContainer, string]>([
  [
    'an init container that runs the app',
    { name: 'migrate', likeApp: true },
    "Init container 'migrate' runs the program of the app, which does not end. Set 'command' or 'args'.",
  ],
  [
    'a container without an image',
    { name: 'migrate' },
    "Container 'migrate' has no 'image'. Set it, for example 'image: \"ghcr.io/acme/exporter:1.4.2\"', or set " +
      "'likeApp: true'.",
  ],
  [
    'a mount below a read-only mount of the app',
    { ...migrate, mounts: [{ path: '/etc/app/own', volume: emptyDir('own') }] },
    "Volume 'own' is mounted at '/etc/app/own', below the read-only volume 'config' at '/etc/app', so the container " +
      'cannot start. Use a path outside of the read-only volume.',
  ],
  [
    'a container that is missing',
    undefined as any,
    "A container of init container 'undefined' is missing. Pass an object with 'name'.",
  ],
  [
    'a command as a string',
    { ...migrate, command: 'rake db:migrate' as any },
    "'command' of container 'migrate' is 'rake db:migrate', which is not a list of strings. Use a list such as " +
      '\'["sh", "-c", "..."]\'.',
  ],
])('refuses %s', (_, container, message) =>
  expectError(
    chart => addConfig(controlled(chart, Controller.deployment())).addInitContainer(container),
    `[test/app] ${message}`,
  ),
);
