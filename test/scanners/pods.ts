/** Arbitrary pods with security settings, most of which some level of the Pod Security Standards forbids. */
import * as fc from 'fast-check';
import { BASELINE_CAPABILITIES, KERNEL_SETTINGS_OF_PODS, SELINUX_TYPES } from '../../src/facts/pod-security';

/** An optional value, which is omitted most of the time. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });

const from = <T>(...values: T[]) => fc.constantFrom(...values);

const PROFILE = fc.record({ type: from('RuntimeDefault', 'Localhost', 'Unconfined') }, { requiredKeys: ['type'] });

const capabilities = from('ALL', 'NET_RAW', 'SYS_ADMIN', 'BPF', ...BASELINE_CAPABILITIES);

const SE_LINUX = fc.record(
  {
    type: from('spc_t', 'kernel_t', ...SELINUX_TYPES),
    user: from('', 'sys_u'),
    role: from('', 'sys_r'),
    level: from('s0'),
  },
  { requiredKeys: [] },
);

const common = {
  runAsUser: rarely(from(0, 1000)),
  runAsNonRoot: rarely(fc.boolean()),
  seccompProfile: rarely(PROFILE),
  appArmorProfile: rarely(PROFILE),
  seLinuxOptions: rarely(SE_LINUX),
  windowsOptions: rarely(fc.record({ hostProcess: fc.boolean() })),
};

const podSecurity = fc.record({
  ...common,
  sysctls: rarely(
    fc.array(
      fc.record({ name: from('kernel.msgmax', 'net.core.somaxconn', ...KERNEL_SETTINGS_OF_PODS), value: from('1') }),
      { maxLength: 2 },
    ),
  ),
});

const containerSecurity = fc.record({
  ...common,
  privileged: rarely(fc.boolean()),
  allowPrivilegeEscalation: rarely(fc.boolean()),
  procMount: rarely(from('Default', 'Unmasked')),
  capabilities: rarely(
    fc.record(
      { add: fc.array(capabilities, { maxLength: 2 }), drop: fc.array(from('ALL', 'NET_RAW'), { maxLength: 2 }) },
      { requiredKeys: [] },
    ),
  ),
});

const HANDLER = from(
  { httpGet: { port: 8080, host: '10.0.0.1' } },
  { tcpSocket: { port: 8080, host: 'example.com' } },
  { httpGet: { port: 8080, host: '' } },
  { httpGet: { port: 8080 } },
);

const settings = {
  securityContext: fc.option(containerSecurity, { nil: undefined }),
  ports: rarely(
    fc.array(fc.record({ containerPort: from(8080, 9090), hostPort: rarely(from(0, 80)) }), { maxLength: 1 }),
  ),
  livenessProbe: rarely(HANDLER),
  startupProbe: rarely(HANDLER),
  lifecycle: rarely(fc.record({ preStop: HANDLER })),
};

const container = (name: string) => fc.record({ name: fc.constant(name), image: from('acme/app:1'), ...settings });

const VOLUME = from(
  { emptyDir: {} },
  { hostPath: { path: '/srv/data' } },
  { hostPath: { path: '/var/run/docker.sock' } },
  { nfs: { server: 'nfs', path: '/' } },
  { secret: { secretName: 'tls' } },
);

/** The spec and the annotations of a pod. */
export const POD = fc.record({
  annotations: rarely(
    from(
      { 'container.apparmor.security.beta.kubernetes.io/app': 'unconfined' },
      { 'container.apparmor.security.beta.kubernetes.io/app': 'runtime/default' },
      { 'container.apparmor.security.beta.kubernetes.io/app': 'localhost/app' },
    ),
  ),
  spec: fc.record({
    hostNetwork: rarely(fc.boolean()),
    hostPID: rarely(fc.boolean()),
    hostIPC: rarely(fc.boolean()),
    securityContext: fc.option(podSecurity, { nil: undefined }),
    initContainers: rarely(fc.tuple(container('init'))),
    containers: fc.tuple(container('app')),
    ephemeralContainers: rarely(fc.tuple(container('debug'))),
    volumes: rarely(VOLUME.map(volume => [{ name: 'data', ...volume }])),
  }),
});
