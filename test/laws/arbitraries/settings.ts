import { Size } from 'cdk8s';
import { ContainerResources, Cpu, DnsPolicy, ImagePullPolicy } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { annotations, hostile, labels, name as anyName, optional, plainText, props, Vary, word } from './values';
import { resources } from './workload';
import {
  KubernetesVersion,
  PodResourceClaim,
  PodSettings,
  SecretSource,
  ServiceAccountOptions,
  TaintEffect,
  Toleration,
  Waiver,
  WorkloadDefaultsOptions,
} from '../../../src';

const AFFINITY = {
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: [{ matchExpressions: [{ key: 'pool', operator: 'In', values: ['apps'] }] }],
    },
  },
};
const podResources: fc.Arbitrary<ContainerResources> = optional({
  // at least the sum of what the containers have
  cpu: fc.constant({ request: Cpu.units(8), limit: Cpu.units(16) }),
  memory: fc.constant({ request: Size.gibibytes(8), limit: Size.gibibytes(16) }),
});

function tolerations(vary: Vary): fc.Arbitrary<Toleration[]> {
  const effect = fc.constantFrom(...Object.values(TaintEffect));
  const valid = props({ key: vary(word, anyName) }, { value: vary(word, plainText), effect });
  return fc.array(vary<Toleration>(valid, optional({ value: word, effect })), { maxLength: 2 });
}

/** Settings of pods. */
export function podSettings(vary: Vary): fc.Arbitrary<PodSettings> {
  const name = vary(word, anyName);
  const address = vary(fc.constantFrom('10.1.2.3', '10.1.2.4', '2001:db8::1'), hostile);
  const host = vary(fc.constantFrom('db.example.com', 'db'), hostile);
  return optional({
    scheduling: optional({
      nodeSelector: vary(fc.dictionary(word, word, { maxKeys: 2 }), labels),
      affinity: fc.constant(AFFINITY),
      tolerations: tolerations(vary),
      priorityClassName: name,
      runtimeClassName: name,
      schedulerName: name,
    }),
    hostAliases: fc.array(fc.record({ ip: address, hostnames: fc.array(host, { minLength: 1, maxLength: 2 }) }), {
      maxLength: 2,
    }),
    dns: props(
      { nameservers: fc.uniqueArray(address, { minLength: 1, maxLength: 2 }) },
      {
        policy: fc.constantFrom(...Object.values(DnsPolicy)),
        searches: fc.array(host, { maxLength: 2 }),
        options: vary(fc.constant({ ndots: '2' }), fc.dictionary(anyName, plainText)),
      },
    ),
    podLabels: vary(fc.dictionary(word, word, { maxKeys: 2 }), labels),
    imagePullPolicy: vary(
      fc.constant(ImagePullPolicy.IF_NOT_PRESENT),
      fc.constantFrom(...Object.values(ImagePullPolicy)),
    ),
    serviceAccount: vary<ServiceAccountOptions>(
      fc.oneof(
        word.map(existingName => ({ existingName })),
        fc.constant({ annotations: { 'iam.example.com/role': 'shop' } }),
      ),
      optional({ existingName: anyName, annotations }),
    ),
    extendedResources: vary(
      fc.constantFrom<Record<string, number>>({ 'nvidia.com/gpu': 1 }, { 'example.com/a': 2, 'example.com/b': 1 }),
      fc.dictionary(anyName, fc.constantFrom(0, 0.5, 1)),
    ),
    resourceClaims: vary(
      fc.constantFrom<PodResourceClaim[]>(
        [{ name: 'gpu', resourceClaimName: 'shared' }],
        [{ name: 'gpu', resourceClaimTemplateName: 'gpu' }],
      ),
      fc.array(props({ name: anyName }, { resourceClaimName: anyName, resourceClaimTemplateName: anyName })),
    ),
    podResources: vary(podResources, resources),
    userNamespace: fc.boolean(),
  });
}

/** Removes the settings that a version of Kubernetes does not have. */
export function settingsOf<T extends PodSettings>(settings: T, minimum: KubernetesVersion): T {
  const { V1_34, V1_36, V1_37 } = KubernetesVersion;
  const since = { resourceClaims: V1_34, userNamespace: V1_36, podResources: V1_37 };
  const missing = Object.entries(since).filter(([, version]) => !minimum.isAtLeast(version));
  return { ...settings, ...Object.fromEntries(missing.map(([prop]) => [prop, undefined])) };
}

/** Defaults of all workloads of a chart. */
export function workloadDefaults(vary: Vary): fc.Arbitrary<WorkloadDefaultsOptions> {
  const more = optional({
    imageRegistry: vary(fc.constantFrom('registry.example.com/mirror', 'localhost:5000'), hostile),
    imagePullSecrets: vary(word, anyName).map(secret => [SecretSource.fromName(secret)]),
    labels: vary(fc.constant({ team: 'shop' }), labels),
    annotations: vary(fc.constant({ 'example.com/team': 'shop' }), annotations),
    replicas: vary(fc.nat(4), fc.constantFrom(-1, 0.5, NaN)),
    resources: fc.constant({ memory: { limit: Size.gibibytes(2) } }),
    waivers: fc.constant<Waiver[]>([Waiver.noServiceLinks('because of this test')]),
  });
  return fc.tuple(podSettings(vary), more).map(([settings, options]) => ({ ...settings, ...options }));
}
