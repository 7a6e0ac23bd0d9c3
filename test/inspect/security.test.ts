import { podOf } from '../../src/inspect/pods';
import { readYaml } from '../../src/inspect/read-yaml';
import { isPrivileged, isWindows } from '../../src/inspect/security';
import { messagesOf } from '../safety/rules/fixtures';

const manifest = (pod: string, image = 'acme/app:1.0.0', context = '') => `
apiVersion: v1
kind: Pod
metadata: {name: app}
spec: {${pod}containers: [{name: app, image: "${image}", securityContext: {${context}}, ports: [{containerPort: 80}]}]}
`;
const podIn = (yaml: string) => podOf(readYaml(yaml, 'a.yaml').objects[0])!;
const affinity = (values: string) =>
  'affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: ' +
  `[{key: kubernetes.io/os, operator: In, values: [${values}]}]}]}}}, `;

test.each([
  ['os: {name: windows}, ', undefined, true],
  ['os: {name: linux}, nodeSelector: {kubernetes.io/os: windows}, ', undefined, false],
  ['nodeSelector: {kubernetes.io/os: windows}, ', undefined, true],
  ['nodeSelector: {beta.kubernetes.io/os: windows}, ', undefined, true],
  ['nodeSelector: {kubernetes.io/os: linux}, ', undefined, false],
  [affinity('windows'), undefined, true],
  [affinity('linux, windows'), undefined, false],
  ['', 'mcr.microsoft.com/windows/servercore/iis:ltsc2022', true],
  ['', 'acme/windows-exporter:1.0.0', false],
])('{%s} with the image %s is a pod of Windows: %p', (pod, image, expected) => {
  expect(isWindows(podIn(manifest(pod, image)))).toBe(expected);
});

const LINUX_RULES = [
  'drop-capabilities',
  'no-privilege-escalation',
  'read-only-root-filesystem',
  'run-as-non-root',
  'seccomp-profile',
] as const;

test.each(LINUX_RULES)('%s accepts a pod of Windows, to which its fix does not apply', rule => {
  expect(messagesOf(rule, manifest(''))).toHaveLength(1);
  expect(messagesOf(rule, manifest('os: {name: windows}, '))).toEqual([]);
});

test('a privileged container is reported once, because dropping capabilities has no effect', () => {
  const yaml = manifest('', undefined, 'privileged: true');
  expect(isPrivileged(podIn(yaml).containers[0])).toBe(true);
  expect(messagesOf('drop-capabilities', yaml)).toEqual([]);
  expect(messagesOf('seccomp-profile', yaml)).toEqual([]);
  expect(messagesOf('no-privilege-escalation', yaml)).toEqual(["Container 'app' is privileged."]);
});

test.each([
  ['', 0],
  ['runAsUser: 0', 0],
  ['runAsNonRoot: true', 1],
  ['runAsUser: 1000', 1],
])('a port below 1024 with {%s} has %i findings, because root can bind it', (context, count) => {
  expect(messagesOf('unprivileged-port', manifest('', undefined, context))).toHaveLength(count);
});
