import { isDeepStrictEqual } from 'util';
import { everyPod } from './every-pod';
import { restrictedViolations } from './pod-security';
import { read } from './source-files';
import { CURL_IMAGE } from '../../src/api-client/api-access';
import { DNS_PODS, DNS_PORT, NAMESPACE_LABEL } from '../../src/facts/network';

interface Pod {
  readonly name: string;
  readonly labels: Record<string, string>;
  readonly spec: any;
}

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());
const objects = everyPod();

const pods: readonly Pod[] = objects.flatMap(object => {
  const { spec } = object;
  const template = (spec?.jobTemplate?.spec ?? spec)?.template;
  return template === undefined
    ? []
    : [{ name: `${object.kind}/${object.metadata.name}`, labels: template.metadata.labels, spec: template.spec }];
});

const containersOf = ({ spec }: Pod): any[] => [...(spec.initContainers ?? []), ...spec.containers];

const policies = objects.filter(({ kind }) => kind === 'NetworkPolicy').map(({ spec }) => spec);

function isClosed({ labels }: Pod): boolean {
  return policies.some(
    ({ podSelector, policyTypes }) =>
      policyTypes.length === 2 &&
      Object.entries(podSelector.matchLabels).every(([key, value]) => labels[key] === value),
  );
}

const accounts = new Map(
  objects
    .filter(({ kind }) => kind === 'ServiceAccount')
    .map(({ metadata, automountServiceAccountToken }) => [metadata.name, automountServiceAccountToken]),
);

/** The containers that call the API server are those of curl, which have nothing else to do. */
const onlyClientsHaveTokens = (pod: Pod) => {
  const tokens: string[] = (pod.spec.volumes ?? [])
    .filter(({ projected }: any) => projected?.sources.some((source: any) => 'serviceAccountToken' in source))
    .map(({ name }: any) => name);
  return containersOf(pod).every(
    ({ image, volumeMounts = [] }) =>
      volumeMounts.some(({ name }: any) => tokens.includes(name)) === (image === CURL_IMAGE),
  );
};

/** The variables with a Secret, which programs that read no file need. */
const SECRET_VARIABLES =
  /^(?:.*_(?:PASSWORD|USER|USERNAME|URL)|DATA_SOURCE_(?:USER|PASS)|PGPASSWORD|PGUSER|REDIS_PASSWORD|REDIS_USER)$/;

const everyContainer = (check: (container: any, pod: Pod) => boolean) => (pod: Pod) =>
  containersOf(pod).every(container => check(container, pod));

/** The rules of the benchmarks for pods, by the first cell of their row in docs/safe-defaults.md. */
const RULES: Record<string, (pod: Pod) => boolean> = {
  'CIS 5.1.5': ({ spec }) => spec.serviceAccountName !== undefined && spec.serviceAccountName !== 'default',
  'CIS 5.1.6': pod =>
    pod.spec.automountServiceAccountToken === false &&
    accounts.get(pod.spec.serviceAccountName) === false &&
    onlyClientsHaveTokens(pod),
  'CIS 5.2.2': everyContainer(({ securityContext }) => securityContext.privileged === undefined),
  'CIS 5.2.3 to 5.2.5': ({ spec }) => ['hostPID', 'hostIPC', 'hostNetwork'].every(field => spec[field] === undefined),
  'CIS 5.2.6': everyContainer(({ securityContext }) => securityContext.allowPrivilegeEscalation === false),
  'CIS 5.2.7': everyContainer(({ securityContext }, { spec }) => {
    const { runAsNonRoot, runAsUser } = { ...spec.securityContext, ...securityContext };
    return runAsNonRoot === true && runAsUser > 0;
  }),
  'CIS 5.2.8 to 5.2.10': everyContainer(
    ({ securityContext: { capabilities } }) => capabilities.drop.includes('ALL') && capabilities.add === undefined,
  ),
  'CIS 5.2.11': everyContainer(({ securityContext }) => securityContext.windowsOptions === undefined),
  'CIS 5.2.12': ({ spec }) => (spec.volumes ?? []).every(({ hostPath }: any) => hostPath === undefined),
  'CIS 5.2.13': everyContainer(({ ports = [] }) => ports.every(({ hostPort }: any) => hostPort === undefined)),
  'CIS 5.3.2': isClosed,
  'CIS 5.4.1': everyContainer(({ env = [], envFrom = [] }) =>
    [...envFrom.filter(({ secretRef }: any) => secretRef !== undefined), ...env]
      .filter(({ valueFrom, secretRef }: any) => secretRef !== undefined || valueFrom?.secretKeyRef !== undefined)
      .every(({ name = '' }: any) => SECRET_VARIABLES.test(name)),
  ),
  'CIS 5.7.2': everyContainer(({ securityContext }, { spec }) =>
    ['RuntimeDefault'].includes((securityContext.seccompProfile ?? spec.securityContext.seccompProfile)?.type),
  ),
  'CIS 5.7.3': pod => pod.spec.securityContext !== undefined && containersOf(pod).every(c => c.securityContext),
  'NSA immutable file systems': everyContainer(
    ({ securityContext }) => securityContext.readOnlyRootFilesystem === true,
  ),
  'NSA resource policies': everyContainer(
    ({ resources: { requests, limits } }) =>
      requests.cpu !== undefined && limits.memory !== undefined && limits['ephemeral-storage'] !== undefined,
  ),
  'NSA image tags': everyContainer(({ image }) => /:[^:]*\d/.test(image) && !/:latest\b/.test(image)),
};

test('the program has pods of each kind', () => {
  expect(pods.length).toBeGreaterThan(80);
  for (const kind of [
    'CronJob/.*-backup',
    'CronJob/.*-trial',
    'CronJob/.*-restore',
    'Job/.*-credentials',
    'DaemonSet/',
  ]) {
    expect(pods.map(({ name }) => name)).toContainEqual(expect.stringMatching(`^${kind}`));
  }
  expect(new Set(pods.map(({ name }) => name.split('/')[0])).size).toBe(5);
});

test('every pod conforms to the Pod Security Standard "restricted"', () => {
  expect(objects.flatMap(object => restrictedViolations(object))).toEqual([]);
});

/** The ports of servers that a policy cannot name: a bucket or log store, the API server, a database elsewhere. */
const REMOTE_PORTS = [[443], [443, 6443, 8443, 16443], [5432]];

test('every policy names its ports, and its peers unless they are outside of the cluster', () => {
  const rules: any[] = policies.flatMap(({ egress }) => egress ?? []);
  const open = rules.filter(({ to }) => to === undefined).map(({ ports = [] }) => ports.map(({ port }: any) => port));
  expect(open.filter(ports => !REMOTE_PORTS.some(remote => isDeepStrictEqual(remote, ports)))).toEqual([]);
  const named = rules.filter(({ to }) => to !== undefined);
  expect(named.length).toBeGreaterThan(policies.length);
  expect(named.filter(({ to, ports = [] }) => to.length === 0 || ports.length === 0)).toEqual([]);
  expect(named.flatMap(({ to }) => to).filter(({ ipBlock }) => ipBlock && /\/0$/.test(ipBlock.cidr))).toEqual([]);
});

describe('every pod', () => {
  const rulesOf = ({ labels }: Pod): any[] =>
    policies
      .filter(({ podSelector }) => isDeepStrictEqual({ ...labels, ...podSelector.matchLabels }, labels))
      .flatMap(({ egress }) => egress ?? []);
  const isDns = ({ ports = [] }: any) => ports.some(({ port }: any) => [DNS_PORT, 5353].includes(port));
  /** The Job that creates a Secret calls the API server by its address. */
  const needsNoNames = ({ name }: Pod) => /^Job\/.*-credentials-/.test(name);

  test('resolves names at the DNS of the cluster only, with IPv4 and IPv6', () => {
    const peers = (pod: Pod) =>
      rulesOf(pod)
        .filter(isDns)
        .flatMap(({ to }) => to ?? ['anyone']);
    const expected = [
      ...DNS_PODS.map(({ namespace, podLabels }) => ({
        namespaceSelector: { matchLabels: { [NAMESPACE_LABEL]: namespace } },
        podSelector: { matchLabels: podLabels },
      })),
      { ipBlock: { cidr: '169.254.0.0/16' } },
      { ipBlock: { cidr: 'fe80::/10' } },
    ].map(peer => JSON.stringify(peer));
    for (const pod of pods) {
      const found = [...new Set(peers(pod).map(peer => JSON.stringify(peer)))].sort();
      expect([pod.name, found]).toEqual([pod.name, needsNoNames(pod) ? [] : [...expected].sort()]);
    }
  });

  test('can reach blocks of both families, or none', () => {
    const blocks = (pod: Pod): string[] =>
      rulesOf(pod).flatMap(({ to = [] }) => to.flatMap(({ ipBlock }: any) => ipBlock?.cidr ?? []));
    for (const pod of pods) {
      const families = new Set(blocks(pod).map(cidr => cidr.includes(':')));
      expect([pod.name, families.size]).not.toEqual([pod.name, 1]);
    }
  });

  test('starts only if each Secret and each key that it reads exists', () => {
    const references = JSON.stringify(pods).match(/"optional":(?:true|false)/g) ?? [];
    expect(references).toEqual([]);
    expect(JSON.stringify(pods)).toMatch(/"secretKeyRef".*"secretName"/);
  });
});

test.each(Object.entries(RULES))('every pod follows %s', (_, follows) => {
  expect(pods.filter(pod => !follows(pod)).map(({ name }) => name)).toEqual([]);
});

test.each(Object.entries(RULES))('%s is a rule that a pod can violate', (name, follows) => {
  const bare: Pod = {
    name: 'Pod/bare',
    labels: {},
    spec: {
      hostPID: true,
      hostNetwork: true,
      securityContext: name === 'CIS 5.7.3' ? undefined : {},
      volumes: [{ name: 'a', hostPath: { path: '/' } }],
      containers: [
        {
          image: 'app:latest',
          ports: [{ containerPort: 80, hostPort: 80 }],
          env: [{ name: 'token', valueFrom: { secretKeyRef: { name: 'a', key: 'a' } } }],
          resources: { requests: {}, limits: {} },
          securityContext: {
            privileged: true,
            windowsOptions: { hostProcess: true },
            capabilities: { drop: [], add: ['SYS_ADMIN'] },
          },
        },
      ],
    },
  };
  expect(follows(bare)).toBe(false);
});

test('the page lists the rules of the benchmarks', () => {
  const rows = [...read('docs/safe-defaults.md').matchAll(/^\| ((?:CIS|NSA) [^|]*?) \|/gm)].map(([, cell]) => cell);
  expect(rows).toEqual(Object.keys(RULES));
});
