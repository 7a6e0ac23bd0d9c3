import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { ApiObject, Cron, Helm, Include, JsonPatch } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { chartOf, container, database, deployment, extension, logs, podOf, rendered, templateOf } from './fixtures';
import { AppWorkload, ConfigFiles, ConfigSource, KubernetesVersion, PodExtensions, Waiver } from '../../src';

const containers = [{ image: 'acme/web:1.0.0', name: 'web' }];
const configuration = () => new ConfigFiles({ sources: [ConfigSource.text('a.conf', 'a')] });

const KPLUS: Record<string, (scope: Construct) => Construct> = {
  Pod: scope => new kplus.Pod(scope, 'web', { containers }),
  Deployment: scope => new kplus.Deployment(scope, 'web', { containers }),
  DaemonSet: scope => new kplus.DaemonSet(scope, 'web', { containers }),
  StatefulSet: scope =>
    new kplus.StatefulSet(scope, 'web', {
      containers,
      service: new kplus.Service(scope, 'service', { ports: [{ port: 80 }] }),
    }),
  Job: scope => new kplus.Job(scope, 'web', { containers }),
  CronJob: scope => new kplus.CronJob(scope, 'web', { containers, schedule: Cron.daily() }),
};

test.each(Object.keys(KPLUS))('adds configuration, logs and a database to a %s of cdk8s-plus-28', kind => {
  const chart = chartOf();
  const orders = database(chart);
  const workload = KPLUS[kind](chart);
  PodExtensions.of(workload).add(configuration()).add(logs()).add(orders.client());
  const object = chart.toJson().find((each: any) => each.kind === kind && each.metadata.name === 'shop-web');
  const { spec } = templateOf(object);
  expect(spec.initContainers.map(({ name }: any) => name)).toEqual(['logs-fluent-bit', 'wait-for-db-orders']);
  expect(spec.containers).toHaveLength(1);
  expect(spec.containers[0].volumeMounts.map(({ mountPath }: any) => mountPath)).toEqual([
    '/app/config',
    '/var/log/app',
  ]);
  expect(spec.containers[0].env.map(({ name }: any) => name)).toContain('ORDERS_PASSWORD');
  const policy = chart.toJson().find((each: any) => each.metadata.name === 'orders-from-shop-web-db-orders');
  const labels = templateOf(object).metadata.labels;
  expect(labels).toMatchObject(policy.spec.ingress[0].from[0].podSelector.matchLabels);
  expect(spec.volumes.find(({ name }: any) => name === 'app-config').configMap.name).toMatch(/^shop-web-app-config-/);
});

test.each([
  ['argoproj.io/v1alpha1', 'Rollout'],
  ['apps/v1', 'ReplicaSet'],
  ['acme.io/v1', 'Service'],
])('adds to an object of %s %s', (apiVersion, kind) => {
  const chart = chartOf();
  const spec = { selector: { matchLabels: { app: 'web' } }, template: { spec: { containers: [container()] } } };
  const object = new ApiObject(chart, 'web', { apiVersion, kind, metadata: { name: 'web' }, spec });
  PodExtensions.of(object).add(logs());
  expect(podOf(chart, kind).initContainers[0].name).toBe('logs-fluent-bit');
});

const YAML = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: legacy-web
  namespace: legacy
  labels: {helm.sh/chart: legacy-1.2.3}
spec:
  selector: {matchLabels: {app: legacy-web}}
  template:
    metadata: {labels: {app: legacy-web}}
    spec:
      containers: [{name: web, image: 'acme/web:1.0.0'}]
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: legacy-clean, namespace: legacy}
spec:
  schedule: '@daily'
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: Never
          containers: [{name: clean, image: 'acme/web:1.0.0'}]
`;

function include(scope: Construct): Include {
  const file = join(mkdtempSync(join(tmpdir(), 'include-')), 'chart.yaml');
  writeFileSync(file, YAML);
  return new Include(scope, 'legacy', { url: file });
}

/** A chart that a program in place of Helm renders, which a cluster test runs with Helm itself. */
function release(scope: Construct): Helm {
  const program = join(mkdtempSync(join(tmpdir(), 'helm-')), 'helm');
  writeFileSync(program, `#!/bin/sh\ncat <<'END'\n${YAML}\nEND\n`, { mode: 0o755 });
  return new Helm(scope, 'legacy', { chart: 'acme/legacy', helmExecutable: program });
}

test.each([
  ['an included YAML file', include],
  ['a Helm chart', release],
])('adds to an object of %s, in its namespace and with its labels', (_, define) => {
  const chart = chartOf();
  PodExtensions.of(define(chart), { kind: 'Deployment', name: 'legacy-web' }).add(configuration());
  expect(podOf(chart).containers[0].volumeMounts).toHaveLength(1);
  expect(podOf(chart, 'CronJob').containers[0].volumeMounts).toBeUndefined();
  expect(rendered(chart, 'ConfigMap').metadata).toMatchObject({
    namespace: 'legacy',
    labels: { 'helm.sh/chart': 'legacy-1.2.3' },
  });
});

test('returns the same extensions for the same object, which see the ids of both calls', () => {
  const chart = chartOf();
  const legacy = include(chart);
  const extensions = PodExtensions.of(legacy, { kind: 'Deployment' }).add(configuration());
  const object = legacy.apiObjects.find(({ kind }) => kind === 'Deployment')!;
  expect(PodExtensions.of(object)).toBe(extensions);
  expect(() => PodExtensions.of(object).add(configuration())).toThrow(
    "[shop/legacy/legacy-web-deployment-legacy/PodExtensions] Duplicate 'id' 'app-config' of an extension. Set " +
      "another 'mountPath' for one of them, or combine their sources in one extension.",
  );
});

test('refuses other options in a second call', () => {
  const web = deployment(chartOf(), { containers: [container(), container({ name: 'proxy' })] });
  PodExtensions.of(web, { container: 'proxy' });
  expect(() => PodExtensions.of(web, { container: 'proxy' })).not.toThrow();
  expect(() => PodExtensions.of(web, { container: 'web' })).toThrow(
    "[shop/web] 'container' differs from the first call of 'PodExtensions.of' for the same workload. Set 'container' " +
      'in the first call.',
  );
  expect(() => PodExtensions.of(web, { isolated: true })).toThrow("'isolated' differs");
});

test('refuses missing arguments and unknown options', () => {
  expect(() => PodExtensions.of(undefined as any)).toThrow("Required argument 'scope' is missing.");
  expect(() => PodExtensions.of(chartOf(), { contaner: 'web' } as any)).toThrow(
    "[shop] Unknown prop 'contaner'. Did you mean 'container'?",
  );
});

test('renders the same manifest in any order of extensions and of changes of the owner', () => {
  const steps: ((web: kplus.Deployment) => unknown)[] = [
    web => PodExtensions.of(web).add(configuration()),
    web => PodExtensions.of(web).add(logs()),
    web => web.addContainer({ name: 'late', image: 'acme/late:1.0.0' }),
    web => ApiObject.of(web).addJsonPatch(JsonPatch.replace('/spec/template/spec/containers/0/image', 'acme/web:2')),
  ];
  const manifests = [steps, [...steps].reverse()].map(order => {
    const chart = chartOf();
    const web = new kplus.Deployment(chart, 'web', { containers });
    order.forEach(step => step(web));
    return [chart.toJson(), chart.toJson()].map(objects =>
      JSON.stringify(objects.sort((a, b) => (a.kind + a.metadata.name < b.kind + b.metadata.name ? -1 : 1))),
    );
  });
  expect(new Set(manifests.flat()).size).toBe(1);
  expect(manifests[0][0]).toContain('acme/late:1.0.0');
});

test('annotates the workload with its waivers', () => {
  const chart = chartOf();
  const web = deployment(chart);
  PodExtensions.of(web, { waivers: [Waiver.pinnedImage('the team moves this tag')] }).add(
    extension('moving', { sidecars: [{ name: 'moving', image: 'acme/moving:latest' }] }),
  );
  expect(rendered(chart).metadata.annotations).toEqual({
    'waiver.cdk8s-storage-patterns/pinned-image': 'the team moves this tag',
  });
});

test('refuses a workload of this library', () => {
  const chart = chartOf();
  const api = new AppWorkload(chart, 'api', { image: 'acme/api:1.0.0', port: 8080 });
  expect(() => PodExtensions.of(api)).toThrow(
    "[shop/api] Deployment 'shop-api' belongs to a workload of this library. Call 'add' of the workload.",
  );
});

test('adds plain sidecars on clusters without native ones', () => {
  const chart = chartOf(KubernetesVersion.V1_28);
  PodExtensions.of(deployment(chart)).add(logs());
  expect(podOf(chart).containers.map(({ name }: any) => name)).toEqual(['web', 'logs-fluent-bit']);
  expect(podOf(chart).initContainers).toBeUndefined();
});
