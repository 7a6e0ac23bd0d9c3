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

const byName = (a: any, b: any) => (`${a.kind}/${a.metadata.name}` < `${b.kind}/${b.metadata.name}` ? -1 : 1);

function permutations<T>(items: T[]): T[][] {
  const without = (i: number) => permutations([...items.slice(0, i), ...items.slice(i + 1)]);
  return items.length === 0 ? [[]] : items.flatMap((item, i) => without(i).map(rest => [item, ...rest]));
}

function own(id: string): IPodExtension {
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

const parts = (): IPodExtension[] => [
  new ConfigFiles({ sources: [ConfigSource.text('a.conf', 'a')] }),
  new ConfigFiles({
    sources: [ConfigSource.text('b.conf', 'b')],
    mountPath: '/srv/b',
    rollout: ConfigRollout.reloader(),
  }),
  EnvironmentVariables.fromMap({ LEVEL: 'info' }, { rollout: ConfigRollout.checksum() }),
  own('one'),
  own('two'),
];

test('the order in which extensions are added does not matter', () => {
  const manifests = permutations(parts()).map(order =>
    JSON.stringify(
      synth(chart => order.reduce((app: AppWorkload, part) => app.add(part), workload(chart))).sort(byName),
    ),
  );
  expect(new Set(manifests).size).toBe(1);
  expect(manifests).toHaveLength(120);
});

test('one extension can be added to two workloads, each of which gets objects of its own', () => {
  const shared = parts();
  const together = synth(chart =>
    ['one', 'two'].forEach(id => shared.reduce((app, part) => app.add(part), workload(chart, {}, id))),
  );
  const apart = ['one', 'two'].flatMap(id =>
    synth(chart => parts().reduce((app, part) => app.add(part), workload(chart, {}, id))),
  );
  expect(together.sort(byName)).toEqual(apart.sort(byName));
});

test('rendering twice gives the same', () => {
  const objects: any[] = [];
  synth(chart => {
    parts().reduce((app, part) => app.add(part), workload(chart));
    objects.push(chart.toJson(), chart.toJson());
  });
  expect(objects[0]).toEqual(objects[1]);
});
