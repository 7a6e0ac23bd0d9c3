import { auditWith, PodOptions, podOfKind } from './rules/fixtures';
import type { Severity } from '../../src/safety/rule';
import { RuleId, RULES } from '../../src/safety/rules';

const waiverOf = (id: RuleId) => `annotations: {waiver.cdk8s-storage-patterns/${id}: the vendor requires it}`;
const LOW_PORT = 'ports: [{containerPort: 80}]';
const SYSCTL = 'securityContext: {sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: "0"}]}';
const ADDED = 'securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}';
const OWN_TOKEN = 'serviceAccountName: agent, automountServiceAccountToken: true';
const NODE_LOGS = 'hostPath: {path: /var/log}';
const CLAIM = 'persistentVolumeClaim: {claimName: data}';

/** Violations that a rule accepts. */
const EXCEPTIONS: [RuleId, string, string, PodOptions][] = [
  ['unprivileged-port', 'a pod that may bind all ports', 'Deployment', { pod: SYSCTL, container: LOW_PORT }],
  ['unprivileged-port', 'a container that may bind all ports', 'Pod', { container: `${ADDED}, ${LOW_PORT}` }],
  ['health-check', 'a Job', 'Job', {}],
  ['health-check', 'a CronJob', 'CronJob', {}],
  ['health-check', 'a pod that ends', 'Pod', { pod: 'restartPolicy: OnFailure' }],
  ['no-host-path', 'an agent of the node', 'DaemonSet', { volume: NODE_LOGS }],
  ['network-policy', 'a pod in the network of its node', 'DaemonSet', { pod: 'hostNetwork: true' }],
  ['no-service-account-token', 'a pod that requests a token of its own account', 'Deployment', { pod: OWN_TOKEN }],
  ['no-service-account-token', 'a pod of an account outside the manifests', 'Pod', { pod: 'serviceAccountName: ci' }],
  ['update-keeps-capacity', 'a pod with a claim', 'Deployment', { spec: 'strategy: {type: Recreate}', volume: CLAIM }],
];

test.each(EXCEPTIONS)('%s accepts %s, and a waiver of it is used', (id, _, kind, options) => {
  expect(auditWith(id, podOfKind(kind, options)).findings).toEqual([]);
  expect(auditWith(id, podOfKind(kind, { ...options, metadata: waiverOf(id) }))).toMatchObject({
    findings: [],
    unusedWaivers: [],
  });
});

test.each(['initContainers: [{name: copy, image: "acme/copy:1", volumeMounts: [{name: data, mountPath: /copy}]}]', ''])(
  'a waiver of mount-hides-image-files is used for a volume that is filled first: {%s}',
  pod => {
    const filled = podOfKind('Pod', {
      pod,
      metadata: waiverOf('mount-hides-image-files'),
      volume: pod ? 'emptyDir: {sizeLimit: 1Mi}' : 'image: {reference: "acme/plugins:1"}',
    }).replace('mountPath: /data', 'mountPath: /app');
    expect(auditWith('mount-hides-image-files', filled)).toMatchObject({ findings: [], unusedWaivers: [] });
  },
);

test('a waiver is unused if the object contains nothing that the rule could report', () => {
  const metadata = waiverOf('unprivileged-port');
  const pod = podOfKind('Pod', { metadata, pod: SYSCTL, container: 'ports: [{containerPort: 8080}]' });
  expect(auditWith('unprivileged-port', pod).unusedWaivers).toMatchObject([{ ruleId: 'unprivileged-port' }]);
});

describe('the severities', () => {
  const severityOf = (id: string) => RULES.find(rule => rule.id === id)!.severity;

  test.each([
    'backup-fails-loudly',
    'claim-has-one-writer',
    'claims-are-retained',
    'data-directory-mount',
    'state-on-claim',
    'rollout-releases-claim',
  ])('%s is an error, because data is lost', id => {
    expect(severityOf(id)).toBe('error');
  });

  test('no rule of hygiene is an error', () => {
    expect(RULES.filter(({ profile, severity }) => profile === 'hygiene' && severity === 'error')).toEqual([]);
  });

  const deployment = (pod: string, container = '') =>
    podOfKind('Deployment', { pod, container, volume: 'persistentVolumeClaim: {claimName: data}' });

  test.each<[id: RuleId, severity: Severity, manifest: string, reason: string]>([
    ['volumes-belong-to-the-group', 'info', deployment('securityContext: {fsGroup: 1}'), 'the start is slow'],
    ['volumes-belong-to-the-group', 'error', deployment('securityContext: {runAsUser: 1}'), 'the app cannot write'],
    ['run-as-non-root', 'warning', deployment(''), 'the app can be root'],
    [
      'run-as-non-root',
      'error',
      deployment('securityContext: {runAsNonRoot: true}').replace('acme/app:1', 'postgres:17.6'),
      'the pod does not start',
    ],
    [
      'grace-covers-the-stop',
      'error',
      deployment('', 'lifecycle: {preStop: {sleep: {seconds: 30}}}'),
      'the app gets no signal',
    ],
    ['grace-covers-the-stop', 'info', deployment('').replace('acme/app:1', 'postgres:17.6'), 'the server recovers'],
  ])('a finding of %s is of severity %s in %j, because %s', (id, severity, manifest) => {
    expect(auditWith(id, manifest).findings.map(finding => finding.severity)).toEqual([severity]);
  });
});
