import { ApiObject } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-28';
import { chartOf, container, deployment, emptyDir, extension, podOf } from './fixtures';
import { PodAdditions, PodExtensions, PodExtensionsOptions, PodVolume, Waiver } from '../../src';

function add(additions: PodAdditions, pod: object = {}, options: PodExtensionsOptions = {}): any {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, pod), options).add(extension('cache', additions));
  return podOf(chart);
}

const user = { securityContext: { runAsUser: 1000 } };
const claimOf = (accessMode?: PersistentVolumeAccessMode): PodAdditions => ({
  mounts: [{ path: '/data', volume: PodVolume.fromClaimName('data', { accessMode }) }],
});
const claimed = claimOf(PersistentVolumeAccessMode.READ_WRITE_MANY);

test('refuses a violation of a rule, with the fix and the waiver', () => {
  expect(() => add(claimed, user)).toThrow(
    "[shop/web] Container 'web' runs as user 1000, and cannot write to its volumes without 'fsGroup: 1000'. Set " +
      "'fsGroup' and 'fsGroupChangePolicy: OnRootMismatch' in the 'securityContext' of the pod. Or set 'waivers: " +
      "[Waiver.of('volumes-belong-to-the-group', reason)]' in the options of 'PodExtensions.of'.",
  );
});

test('accepts a violation that is waived, in the options or by an annotation of the workload', () => {
  const reason = 'the driver creates files for all users';
  const waivers = [Waiver.of('volumes-belong-to-the-group', reason)];
  expect(add(claimed, user, { waivers }).volumes).toHaveLength(1);
  const web = deployment(chartOf(), user);
  web.metadata.addAnnotation('waiver.cdk8s-storage-patterns/volumes-belong-to-the-group', reason);
  expect(() => PodExtensions.of(web).add(extension('data', claimed))).not.toThrow();
});

test('accepts violations of the workload itself', () => {
  const limits = { 'ephemeral-storage': '1Mi' };
  const pod = {
    containers: [container({ image: 'acme/web', resources: { limits } })],
    volumes: [{ name: 'scratch', emptyDir: { sizeLimit: '1Gi' } }],
  };
  expect(add({ mounts: [{ path: '/cache', volume: emptyDir('cache') }] }, pod).volumes).toHaveLength(2);
});

test('containers like the app share its findings', () => {
  const { initContainers } = add({ initContainers: [{ name: 'migrate', command: ['migrate'], likeApp: true }] });
  expect(initContainers[0].securityContext).toEqual({
    allowPrivilegeEscalation: false,
    capabilities: { drop: ['ALL'] },
    readOnlyRootFilesystem: true,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

test.each([undefined, PersistentVolumeAccessMode.READ_WRITE_ONCE, PersistentVolumeAccessMode.READ_WRITE_ONCE_POD])(
  'refuses an existing claim of one node with the access mode %s in pods that overlap',
  accessMode => {
    expect(() => add(claimOf(accessMode))).toThrow(
      /^\[shop\/web\] .* claim 'data'.* \S+\. Set 'strategy\.type: Recreate'/,
    );
    expect(() => add(claimOf(accessMode))).toThrow(
      "If the claim has another access mode, set 'accessMode' in 'PodVolume.fromClaimName'. Or set 'waivers: ",
    );
  },
);

test('accepts an existing claim of one node in pods that do not overlap, and one of many nodes in any', () => {
  const chart = chartOf();
  const spec = { ...deployment(chart).toJson().spec, replicas: 1, strategy: { type: 'Recreate' } };
  const object = new ApiObject(chart, 'one', { apiVersion: 'apps/v1', kind: 'Deployment', spec });
  expect(() => PodExtensions.of(object).add(extension('data', claimOf()))).not.toThrow();
  expect(() => add(claimed)).not.toThrow();
});
