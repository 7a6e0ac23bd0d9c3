import { App, Chart } from 'cdk8s';
import { AppWorkload, AppWorkloadProps, Controller } from '../../src';
import { controlled, expectError } from '../controllers/fixtures';
import { kind, synth } from '../synth';

/** Calls a function with a StatefulSet in a chart with a namespace. */
function named<T>(get: (app: AppWorkload) => T, props: Partial<AppWorkloadProps> = {}, namespace?: string): T {
  const chart = new Chart(new App(), 'shop', { namespace, disableResourceNameHashes: true });
  return get(controlled(chart, Controller.statefulSet(), props, 'mq'));
}

describe('the host name of a replica', () => {
  test.each<[string | undefined, string | undefined, string]>([
    [undefined, undefined, 'shop-mq-1.shop-mq-headless'],
    ['eu', undefined, 'shop-mq-1.shop-mq-headless.eu.svc'],
    ['eu', 'us', 'shop-mq-1.shop-mq-headless.us.svc'],
  ])('in a chart of namespace %s and an app of namespace %s is %3$s', (chartNamespace, namespace, host) => {
    expect(named(app => app.replicaAddress(1), { metadata: { namespace } }, chartNamespace)).toBe(host);
  });

  test('is in a Service that exists', () => {
    const addresses: string[] = [];
    const objects = synth(chart => {
      const app = controlled(chart, Controller.statefulSet(), { replicas: 2 });
      addresses.push(app.headlessAddress, ...app.replicaAddresses());
    });
    const { metadata, spec } = objects.find(({ spec: { clusterIP } = {} as any }) => clusterIP === 'None');
    const { serviceName } = kind(objects, 'StatefulSet').spec;
    expect(addresses).toEqual([serviceName, `test-app-0.${serviceName}`, `test-app-1.${serviceName}`]);
    expect(metadata.name).toBe(serviceName);
    expect(spec.publishNotReadyAddresses).toBe(true);
  });
});

test('returns the names of all replicas', () => {
  expect(named(app => app.replicaNames(), { replicas: 3 })).toEqual(['shop-mq-0', 'shop-mq-1', 'shop-mq-2']);
  expect(named(app => app.replicaNames(), { replicas: 0 })).toEqual([]);
});

test('starts with the first replica', () => {
  const names: string[] = [];
  synth(chart => {
    const app = controlled(chart, Controller.statefulSet({ startOrdinal: 5 }), { replicas: 2 });
    names.push(...app.replicaNames(), ...app.replicaAddresses());
  });
  expect(names).toEqual(['test-app-5', 'test-app-6', 'test-app-5.test-app-headless', 'test-app-6.test-app-headless']);
});

test('refuses a replica before the first', () =>
  expectError(
    chart => controlled(chart, Controller.statefulSet({ startOrdinal: 5 })).replicaAddress(4),
    "[test/app] Invalid value 4 for 'index'. Use a whole number from 5 to 99999.",
  ));

const MEMBERS: [string, (app: AppWorkload) => unknown][] = [
  ['replicaAddress', app => app.replicaAddress(0)],
  ['replicaAddresses', app => app.replicaAddresses()],
  ['replicaNames', app => app.replicaNames()],
  ['headlessAddress', app => app.headlessAddress],
];

test.each(MEMBERS)("'%s' refuses other controllers", (member, use) =>
  expectError(
    chart => use(controlled(chart, Controller.deployment(), { replicas: 2 })),
    `[test/app] '${member}' is used, but the pods of a Deployment have no stable names. Set 'controller: ` +
      "Controller.statefulSet()'.",
  ),
);

test.each(MEMBERS.slice(1, 3))("'%s' refuses an app without 'replicas'", (member, use) =>
  expectError(
    chart => use(controlled(chart, Controller.statefulSet())),
    `[test/app] '${member}' is used, but the number of pods is not known. Set 'replicas'.`,
  ),
);
