import { auditWith, messagesOf, podOfKind } from './fixtures';

test.each(['no-host-access', 'kernel-protection'] as const)('%s only informs about agents of the node', rule => {
  const pod = 'hostNetwork: true, hostPID: true, securityContext: {sysctls: [{name: net.core.somaxconn, value: "1"}]}';
  const severities = (kind: string) =>
    auditWith(rule, podOfKind(kind, { pod })).findings.map(({ severity }) => severity);
  expect(new Set(severities('DaemonSet'))).toEqual(new Set(['info']));
  expect(new Set(severities('Deployment'))).toEqual(new Set(['warning']));
});

const debugged = (fields: string) =>
  podOfKind('Pod', { pod: `ephemeralContainers: [{name: debug, image: busybox, ${fields}}]` });

test.each([
  ['no-privilege-escalation', 'securityContext: {privileged: true}', "Container 'debug' is privileged."],
  [
    'drop-capabilities',
    'securityContext: {capabilities: {add: [SYS_PTRACE]}}',
    "Container 'debug' adds the Linux capability SYS_PTRACE.",
  ],
  [
    'kernel-protection',
    'securityContext: {procMount: Unmasked}',
    "Container 'debug' sees the files in /proc that the container runtime hides.",
  ],
  [
    'no-host-access',
    'securityContext: {windowsOptions: {hostProcess: true}}',
    "Container 'debug' runs as a process of its node.",
  ],
] as const)('%s checks debug containers', (rule, fields, message) => {
  expect(messagesOf(rule, debugged(fields))).toContain(message);
  expect(messagesOf(rule, debugged('stdin: true')).join()).not.toContain('debug');
});
