import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { chartOf, container, deployment, podOf } from './fixtures';
import { IPodExtension, PodExtensionContext, PodExtensions } from '../../src';

/** An extension that records its context. */
class Recorder implements IPodExtension {
  public readonly id = 'recorder';
  public context!: PodExtensionContext;

  public bind(_: unknown, context: PodExtensionContext) {
    this.context = context;
    return { mounts: [], env: {}, podAnnotations: { recorder: 'here' } };
  }
}

function contextOf(object: ApiObject): PodExtensionContext {
  const recorder = new Recorder();
  PodExtensions.of(object).add(recorder);
  return recorder.context;
}

const job = (metadata?: object) =>
  new ApiObject(chartOf(), 'clean', {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name: 'clean' },
    spec: { template: { metadata, spec: { restartPolicy: 'Never', containers: [container()] } } },
  });

test('extensions get the name, namespace, labels, user and grace period of the workload', () => {
  const web = deployment(chartOf(undefined, { namespace: 'shop', labels: { team: 'web' } }), {
    securityContext: { runAsUser: 1000, runAsGroup: 2000 },
    terminationGracePeriodSeconds: 90,
  });
  const context = contextOf(web);
  expect(context).toMatchObject({
    workloadName: 'web',
    namespace: 'shop',
    labels: { team: 'web' },
    podLabels: { app: 'web' },
    runAsUser: 1000,
    runAsGroup: 2000,
  });
  expect(context.shutdownTimeout.toSeconds()).toBe(90);
});

test('an invalid namespace is refused, because the objects of extensions are in it', () => {
  expect(() => contextOf(deployment(chartOf(undefined, { namespace: 'my_shop' })))).toThrow(
    "[shop/web] Namespace 'my_shop' is not a valid DNS label.",
  );
});

test('the user of the container takes precedence, and the defaults are those of Kubernetes', () => {
  const containers = [container({ securityContext: { runAsUser: 33 } })];
  const context = contextOf(deployment(chartOf(), { containers, securityContext: { runAsUser: 1000 } }));
  expect([context.runAsUser, context.runAsGroup]).toEqual([33, 10001]);
  expect(context.shutdownTimeout.toSeconds()).toBe(30);
});

test('the selector has precedence over the labels of the pods', () => {
  expect(contextOf(deployment(chartOf(), {}, { labels: { app: 'web', version: '2' } })).podLabels).toEqual({
    app: 'web',
  });
  expect(contextOf(job({ labels: { app: 'clean' } })).podLabels).toEqual({ app: 'clean' });
});

test('Kubernetes labels the pods of a Job with its name', () => {
  expect(contextOf(job()).podLabels).toEqual({ 'batch.kubernetes.io/job-name': 'clean' });
});

test('refuses to select pods without labels', () => {
  const pod = new ApiObject(chartOf(), 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'web' },
    spec: { containers: [container()] },
  });
  const context = contextOf(pod);
  expect(context.workloadName).toBe('web');
  expect(() => context.podLabels).toThrow(
    "[shop/pod] The pods of Pod 'web' have no labels, so no object of an extension can select them. Set a label in " +
      "the 'metadata' of its pod template.",
  );
});

const several = [container({ name: 'proxy' }), container()];
const mounts = (options: object, metadata?: object) => {
  const chart = chartOf();
  const recorder: IPodExtension = {
    id: 'env',
    bind: () => ({ env: { ADDED: kplus.EnvValue.fromValue('yes') } }),
  };
  PodExtensions.of(deployment(chart, { containers: several }, metadata), options).add(recorder);
  return podOf(chart).containers.flatMap(({ name, env }: any) => (env ? [name] : []));
};

test('adds to the first container, the default container or the named one', () => {
  const annotated = (name: string) => ({
    labels: { app: 'web' },
    annotations: { 'kubectl.kubernetes.io/default-container': name },
  });
  expect(mounts({})).toEqual(['proxy']);
  expect(mounts({}, annotated('web'))).toEqual(['web']);
  expect(mounts({}, annotated('missing'))).toEqual(['proxy']);
  expect(mounts({ container: 'proxy' }, annotated('web'))).toEqual(['proxy']);
});

test('refuses an unknown container', () => {
  expect(() => mounts({ container: 'app' })).toThrow(
    "[shop/web] 'container' is 'app', but Deployment 'web' has no such container. Use 'proxy' or 'web'.",
  );
});

test('refuses an object without a pod template', () => {
  const object = new ApiObject(chartOf(), 'web', { apiVersion: 'apps/v1', kind: 'Deployment', spec: {} });
  expect(() => PodExtensions.of(object)).toThrow(
    "Deployment 'shop-web' has no pod template. Pass an object with containers, for example a Deployment.",
  );
});

test('refuses a workload that cannot be rendered yet', () => {
  const web = new kplus.Deployment(chartOf(), 'web');
  expect(() => PodExtensions.of(web)).toThrow(
    /^\[shop\/web\/Resource\] Deployment 'shop-web' cannot be rendered: .*Complete it, for example/s,
  );
});
