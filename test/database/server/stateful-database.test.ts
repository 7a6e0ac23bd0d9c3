import { ApiObject, App, Chart, JsonPatch, Size } from 'cdk8s';
import { Cpu, Pods } from 'cdk8s-plus-28';
import {
  DatabaseCredentials,
  DatabaseStorage,
  IPodExtension,
  PodAdditions,
  PodExtensionContext,
  PodVolume,
  ReloadTargetKind,
  SecretSource,
  StatefulDatabaseProps,
  Waiver,
} from '../../../src';
import { kind, synth, workload } from '../../synth';
import { creating, database, MYSQL, objectsOf, podSpec, postgres, REDIS, server, statefulSet } from '../fixtures';

test('renders the smallest database', () => {
  expect(objectsOf()).toMatchSnapshot();
});

test('keeps its claims when the StatefulSet is deleted or scaled down', () => {
  expect(statefulSet(objectsOf()).spec).toMatchObject({
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    podManagementPolicy: 'Parallel',
    serviceName: 'test-orders-headless',
  });
});

test('does not change its claim template with the version, the memory or the settings', () => {
  const template = (props: Partial<StatefulDatabaseProps>) => statefulSet(objectsOf(props)).spec.volumeClaimTemplates;
  const changed = { engine: postgres('17.10-trixie'), memory: Size.gibibytes(4), settings: { jit: 'on' }, replicas: 0 };
  expect(template(changed)).toEqual(template({}));
  expect(template({})[0].metadata.labels).toEqual({
    'app.kubernetes.io/name': 'orders',
    'app.kubernetes.io/instance': 'test-orders',
  });
});

test('does not change its pods with the name of the Secret', () => {
  const template = (secret: string) =>
    statefulSet(objectsOf({ credentials: DatabaseCredentials.fromSecret(SecretSource.fromName(secret)) })).spec
      .template;
  expect(template('one').metadata).toEqual(template('two').metadata);
});

test('refuses a name that is too long for the labels of the pods', () => {
  expect(creating({ metadata: { name: 'a'.repeat(52) } })).not.toThrow();
  expect(creating({ metadata: { name: 'a'.repeat(53) } })).toThrow(
    `[test/orders] The name '${'a'.repeat(53)}' has 53 characters. A suffix is added to the ` +
      "name of a StatefulSet, which leaves 52. Set a shorter name in 'metadata.name'.",
  );
});

test.each<[string, Partial<StatefulDatabaseProps>, string]>([
  [
    'the value of a label',
    { metadata: { labels: { a: 'b c' } } },
    "Invalid value 'b c' for key 'a' of 'metadata.labels'.",
  ],
  ['the key of a label', { metadata: { labels: { 'a b': 'c' } } }, "Invalid key 'a b' of 'metadata.labels'."],
  ['the image of an exporter', { metrics: { image: 'acme/exporter:latest' } }, "'acme/exporter:latest'"],
  [
    'a pull secret',
    { imagePullSecrets: [SecretSource.fromName('No Name')] },
    "Invalid name 'No Name' for 'imagePullSecrets[0]'.",
  ],
])('checks %s as a workload does', (_, props, message) => {
  expect(creating(props)).toThrow(message);
  expect(creating(props)).toThrow('[test/orders] ');
});

test('refuses missing and misspelled props of plain JavaScript', () => {
  const creatingWith = (props: object) => creating(props as Partial<StatefulDatabaseProps>);
  expect(creatingWith({ memory: undefined })).toThrow(
    "[test/orders] Required prop 'memory' is missing. Set it, for example 'memory: Size.gibibytes(1)'.",
  );
  expect(creatingWith({ setings: {} })).toThrow("[test/orders] Unknown prop 'setings'. Did you mean 'settings'?");
});

test('waives the rule on lost+found for data at the root of an existing claim', () => {
  const annotations = (engine: StatefulDatabaseProps['engine']) =>
    statefulSet(objectsOf({ engine, storage: DatabaseStorage.fromClaimName('my-db-pvc', { directory: '.' }) })).metadata
      .annotations;
  expect(annotations(MYSQL)).toEqual({
    'waiver.cdk8s-storage-patterns/no-lost-and-found': 'the claim has its data at its root',
  });
  expect(annotations(REDIS)).toBeUndefined();
});

test('requests CPU without a limit, unless the user sets one', () => {
  expect(server(objectsOf()).resources.requests.cpu).toBe('250m');
  expect(server(objectsOf()).resources.limits.cpu).toBeUndefined();
  expect(server(objectsOf({ cpu: { request: Cpu.millis(500), limit: Cpu.units(2) } })).resources).toMatchObject({
    requests: { cpu: '500m' },
    limits: { cpu: '2' },
  });
});

test('JSON patches can change every field', () => {
  const chart = new Chart(new App(), 'test');
  ApiObject.of(database(chart)).addJsonPatch(
    JsonPatch.add('/spec/template/spec/priorityClassName', 'high'),
    JsonPatch.replace('/spec/volumeClaimTemplates/0/spec/resources/requests/storage', '30Gi'),
  );
  const { spec } = statefulSet(chart.toJson());
  expect(spec.template.spec.priorityClassName).toBe('high');
  expect(spec.volumeClaimTemplates[0].spec.resources.requests.storage).toBe('30Gi');
});

test('admits other peers on the port of the database', () => {
  const objects = synth(chart => {
    database(chart).allowFrom(Pods.all(chart, 'people', { namespaces: undefined }));
  });
  const policy = objects.find(({ metadata }) => metadata.name === 'test-orders-policy-0');
  expect(policy.spec.ingress[0].ports).toEqual([{ port: 5432, protocol: 'TCP' }]);
});

test('has no network policy if it is waived', () => {
  const waivers = [Waiver.networkPolicy('the mesh has policies')];
  expect(kind(objectsOf({ waivers }), 'NetworkPolicy')).toBeUndefined();
});

test('has a disruption budget only with several replicas, because it would block a drain otherwise', () => {
  const kinds = (props: Partial<StatefulDatabaseProps>) => objectsOf(props).map(object => object.kind);
  expect(kinds({})).not.toContain('PodDisruptionBudget');
  expect(kinds({ replicas: 2, independentReplicas: 'each shard its own' })).toContain('PodDisruptionBudget');
});

test('neither the server nor its clients get the variables of Services in the namespace', () => {
  const objects = synth(chart => {
    workload(chart).add(database(chart, { engine: REDIS }, 'redis').client());
  });
  for (const controller of ['StatefulSet', 'Deployment']) {
    expect(kind(objects, controller).spec.template.spec.enableServiceLinks).toBe(false);
  }
});

test('refuses a client of several replicas without the number of one', () => {
  expect(() =>
    synth(chart => {
      workload(chart).add(database(chart, { replicas: 2, independentReplicas: 'each shard its own' }).client());
    }),
  ).toThrow(
    '[test/orders] The database has 2 replicas with different data, so a client must choose one. Use ' +
      "'replica(0)' or another replica.",
  );
});

test('refuses the number of a replica that does not exist', () => {
  expect(() =>
    synth(chart => {
      database(chart, { replicas: 2, independentReplicas: 'each shard its own' }).replica(2);
    }),
  ).toThrow("[test/orders] Invalid value 2 for 'index'. Use a whole number from 0 to 1.");
});

describe('an extension', () => {
  const extension = (
    id: string,
    additions: PodAdditions,
    onBind?: (context: PodExtensionContext) => void,
  ): IPodExtension => ({
    id,
    bind: (_, context) => {
      onBind?.(context);
      return additions;
    },
  });
  const withExtension = (added: IPodExtension) =>
    synth(chart => {
      database(chart).add(added);
    });
  const sidecar = { name: 'uploads', image: 'acme/uploads:1.0.0' };

  test('adds a sidecar and does not change the server', () => {
    const before = statefulSet(objectsOf()).spec;
    const after = statefulSet(withExtension(extension('uploads', { sidecars: [sidecar] }))).spec;
    expect(after.template.spec.containers[0]).toEqual(before.template.spec.containers[0]);
    expect(after.template.spec.initContainers[0]).toMatchObject({
      ...sidecar,
      securityContext: { readOnlyRootFilesystem: true },
    });
    expect(after.volumeClaimTemplates).toEqual(before.volumeClaimTemplates);
  });

  test('gets the name and the user of the server', () => {
    const contexts: PodExtensionContext[] = [];
    withExtension(extension('uploads', {}, context => contexts.push(context)));
    expect(contexts).toEqual([
      expect.objectContaining({ workloadName: 'test-orders', runAsUser: 999, runAsGroup: 999 }),
    ]);
  });

  test('reloads the pods when its ConfigMap changes', () => {
    const reloadOn = [{ kind: ReloadTargetKind.CONFIG_MAP, name: 'conf' }];
    expect(statefulSet(withExtension(extension('conf', { reloadOn }))).metadata.annotations).toMatchObject({
      'configmap.reloader.stakater.com/reload': 'conf',
    });
  });

  test('cannot use the name of a volume of the server', () => {
    const mounts = [{ path: '/tmp/mine', volume: PodVolume.emptyDir('data', { sizeLimit: Size.mebibytes(1) }) }];
    expect(() => withExtension(extension('mine', { mounts }))).toThrow(
      "[test/orders] Extension 'mine' and the database define different volumes with the name 'data'.",
    );
  });

  test('leaves the volume of the data to the server', () => {
    const { volumes } = podSpec(withExtension(extension('uploads', { sidecars: [sidecar] })));
    expect(volumes.map(({ name }: any) => name)).toEqual(podSpec(objectsOf()).volumes.map(({ name }: any) => name));
  });
});
