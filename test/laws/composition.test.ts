import { Size } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import {
  ConfigFiles,
  ConfigRollout,
  ConfigSource,
  EnvironmentVariables,
  IPodExtension,
  PodVolume,
  AppWorkload,
} from '../../src';
import { synth, workload } from '../synth';

const compareNames = (a: any, b: any) => (`${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1);

function permutations<T>(items: T[]): T[][] {
  const without = (i: number) => permutations([...items.slice(0, i), ...items.slice(i + 1)]);
  return items.length === 0 ? [[]] : items.flatMap((item, i) => without(i).map(rest => [item, ...rest]));
}

/** An extension that adds something of every kind to a pod. */
function extension(id: string): IPodExtension {
  return {
    id,
    bind: (_, { workloadName }) => ({
      env: { [id.toUpperCase()]: EnvValue.fromValue(workloadName) },
      mounts: [{ path: `/${id}`, volume: PodVolume.emptyDir(id, { sizeLimit: Size.mebibytes(8) }) }],
      sidecars: [{ name: `${id}-helper`, image: 'acme/helper:1' }],
      initContainers: [{ name: `${id}-first`, image: 'acme/helper:1' }],
      podAnnotations: { [`note/${id}`]: id },
    }),
  };
}

const extensions = (): IPodExtension[] => [
  new ConfigFiles({ sources: [ConfigSource.text('a.conf', 'a')] }),
  new ConfigFiles({
    sources: [ConfigSource.text('b.conf', 'b')],
    mountPath: '/srv/b',
    rollout: ConfigRollout.reloader(),
  }),
  EnvironmentVariables.fromMap({ LEVEL: 'info' }, { rollout: ConfigRollout.checksum() }),
  extension('one'),
  extension('two'),
];

test('renders the same manifests in any order extensions are added', () => {
  const manifests = permutations(extensions()).map(order =>
    JSON.stringify(
      synth(chart => order.reduce((app: AppWorkload, added) => app.add(added), workload(chart))).sort(compareNames),
    ),
  );
  expect(new Set(manifests).size).toBe(1);
  expect(manifests).toHaveLength(120);
});

test('creates separate objects for each workload that an extension is added to', () => {
  const shared = extensions();
  const together = synth(chart =>
    ['one', 'two'].forEach(id => shared.reduce((app, added) => app.add(added), workload(chart, {}, id))),
  );
  const apart = ['one', 'two'].flatMap(id =>
    synth(chart => extensions().reduce((app, added) => app.add(added), workload(chart, {}, id))),
  );
  expect(together.sort(compareNames)).toEqual(apart.sort(compareNames));
});

test('renders the same manifests twice', () => {
  const objects: any[] = [];
  synth(chart => {
    extensions().reduce((app, added) => app.add(added), workload(chart));
    objects.push(chart.toJson(), chart.toJson());
  });
  expect(objects[0]).toEqual(objects[1]);
});
