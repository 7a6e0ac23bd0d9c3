import { chartOf, container, deployment, emptyDir, extension, podOf } from './fixtures';
import { PodAdditions, PodExtensions, PodExtensionsOptions, PodVolume, Waiver } from '../../src';

function add(additions: PodAdditions, pod: object = {}, options: PodExtensionsOptions = {}): any {
  const chart = chartOf();
  PodExtensions.of(deployment(chart, pod), options).add(extension('cache', additions));
  return podOf(chart);
}

const user = { securityContext: { runAsUser: 1000 } };
const claimed: PodAdditions = { mounts: [{ path: '/data', volume: PodVolume.fromClaimName('data') }] };

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
