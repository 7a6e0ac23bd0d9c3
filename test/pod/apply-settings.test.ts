import { Size } from 'cdk8s';
import { Cpu, DnsPolicy, ImagePullPolicy } from 'cdk8s-plus-28';
import { expectRefusal } from './fixtures';
import { KubernetesVersion, PodSettings, TaintEffect, Waiver } from '../../src';
import { kind, podOf, synth, workload } from '../synth';

const podWith = (settings: PodSettings, minimum = KubernetesVersion.V1_37) =>
  podOf(synth(chart => workload(chart, settings), minimum));

test('sets the scheduling of the pods', () => {
  const affinity = { nodeAffinity: {} };
  expect(
    podWith({
      scheduling: {
        nodeSelector: { pool: 'apps' },
        affinity,
        tolerations: [{}, { key: 'gpu', effect: TaintEffect.NO_SCHEDULE }, { key: 'team', value: 'shop' }],
        priorityClassName: 'high',
        runtimeClassName: 'gvisor',
        schedulerName: 'packer',
      },
    }),
  ).toMatchObject({
    nodeSelector: { pool: 'apps' },
    affinity,
    tolerations: [
      { operator: 'Exists' },
      { key: 'gpu', operator: 'Exists', effect: 'NoSchedule' },
      { key: 'team', operator: 'Equal', value: 'shop' },
    ],
    priorityClassName: 'high',
    runtimeClassName: 'gvisor',
    schedulerName: 'packer',
  });
});

test('sets the name resolution', () => {
  const hostAliases = [{ ip: '10.0.0.7', hostnames: ['license.internal'] }];
  const dns = { policy: DnsPolicy.NONE, nameservers: ['10.0.0.10'], searches: ['corp'], options: { ndots: '2' } };
  expect(podWith({ hostAliases, dns })).toMatchObject({
    hostAliases,
    dnsPolicy: 'None',
    dnsConfig: { nameservers: ['10.0.0.10'], searches: ['corp'], options: [{ name: 'ndots', value: '2' }] },
  });
});

test('sets the pull policy of all containers', () => {
  const pod = podOf(
    synth(chart =>
      workload(chart, {
        imagePullPolicy: ImagePullPolicy.ALWAYS,
        waivers: [Waiver.of('image-pull-policy', 'the tags are replaced')],
      })
        .addSidecar({ name: 'proxy', image: 'acme/proxy:1.0.0' })
        .addInitContainer({ name: 'migrate', likeApp: true, command: ['migrate'] }),
    ),
  );
  const policies = [...pod.containers, ...pod.initContainers].map(({ imagePullPolicy }: any) => imagePullPolicy);
  expect(policies).toEqual(['Always', 'Always', 'Always']);
});

test('labels the pods, not the other objects', () => {
  const deployment = kind(
    synth(chart => workload(chart, { podLabels: { team: 'ml' } })),
    'Deployment',
  );
  expect(deployment.spec.template.metadata.labels.team).toBe('ml');
  expect(deployment.metadata.labels.team).toBeUndefined();
});

test('requests extended resources, device claims and resources of the pod', () => {
  const pod = podWith({
    extendedResources: { 'nvidia.com/gpu': 2 },
    resourceClaims: [{ name: 'gpu', resourceClaimTemplateName: 'large-gpu' }],
    podResources: { cpu: { request: Cpu.units(1) }, memory: { limit: Size.gibibytes(1) } },
  });
  expect(pod.containers[0].resources).toMatchObject({
    requests: { 'nvidia.com/gpu': '2' },
    limits: { 'nvidia.com/gpu': '2' },
    claims: [{ name: 'gpu' }],
  });
  expect(pod.resourceClaims).toEqual([{ name: 'gpu', resourceClaimTemplateName: 'large-gpu' }]);
  expect(pod.resources).toEqual({ requests: { cpu: '1' }, limits: { memory: '1Gi' } });
});

test('annotates the ServiceAccount, or uses an existing one', () => {
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/llm' };
  const objects = synth(chart => workload(chart, { serviceAccount: { annotations } }));
  expect(kind(objects, 'ServiceAccount').metadata.annotations).toEqual(annotations);

  const existing = synth(chart => workload(chart, { serviceAccount: { existingName: 'shared' } }));
  expect(kind(existing, 'ServiceAccount')).toBeUndefined();
  expect(podOf(existing).serviceAccountName).toBe('shared');
});

test('mounts a token of the ServiceAccount with the waiver', () => {
  const waivers = [Waiver.noServiceAccountToken('discovers its targets')];
  expect(podOf(synth(chart => workload(chart, { waivers }))).automountServiceAccountToken).toBe(true);
});

test('uses what the minimum cluster version has', () => {
  expect(podWith({ userNamespace: true }).hostUsers).toBe(false);
  expect(podWith({}).securityContext.supplementalGroupsPolicy).toBe('Strict');
  expect(podWith({}, KubernetesVersion.V1_34).securityContext.supplementalGroupsPolicy).toBeUndefined();
});

test.each<[PodSettings, string]>([
  [
    { podLabels: { 'app.kubernetes.io/name': 'mine' } },
    "'podLabels' sets 'app.kubernetes.io/name', which the selector of the workload matches.",
  ],
  [
    { scheduling: { tolerations: [{ value: 'shop' }] } },
    "'scheduling.tolerations[0]' has the value 'shop' without a key. Set 'key' too.",
  ],
  [{ scheduling: { nodeselector: {} } as never }, "Unknown prop 'nodeselector' in 'scheduling'."],
  [{ extendedResources: { gpu: 1 } }, "'gpu' in 'extendedResources' has no domain"],
  [{ extendedResources: { 'nvidia.com/gpu': 0.5 } }, "Invalid value 0.5 for 'nvidia.com/gpu' in 'extendedResources'."],
  [
    { userNamespace: true },
    "'userNamespace' requires Kubernetes 1.36, but the minimum cluster version is 1.30. Raise it with " +
      "'KubernetesVersion.setMinimum(app, KubernetesVersion.V1_36)'.",
  ],
  [{ podResources: {} }, "'podResources' requires Kubernetes 1.37"],
  [{ resourceClaims: [{ name: 'gpu' }] }, "'resourceClaims' requires Kubernetes 1.34"],
  [
    { serviceAccount: { existingName: 'a', annotations: {} } },
    "'serviceAccount' sets both 'existingName' and 'annotations'",
  ],
])('refuses the settings %#', (settings, error) => {
  expectRefusal(settings, error);
});
