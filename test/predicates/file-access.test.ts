import { podWith } from './fixtures';
import { Access, canAccess, effectiveMode } from '../../src/predicates/file-access';

test('an fsGroup lets the owner and the group read a file', () => {
  expect(effectiveMode(podWith({ pod: 'securityContext: {fsGroup: 1}' }).pod, 0o400)).toBe(0o440);
  expect(effectiveMode(podWith({ pod: 'securityContext: {fsGroup: 1}' }).pod, 0o004)).toBe(0o444);
  expect(effectiveMode(podWith({}).pod, 0o400)).toBe(0o400);
});

test.each<[access: Access, mode: number, securityContext: string, expected: boolean | undefined]>([
  ['read', 0o400, 'runAsUser: 0', true],
  ['read', 0o040, 'runAsUser: 0', false],
  ['read', 0o400, 'runAsUser: 1000', false],
  ['read', 0o400, 'runAsNonRoot: true', false],
  ['read', 0o400, '', undefined],
  ['read', 0o444, '', true],
  ['read', 0o440, 'runAsUser: 1000, runAsGroup: 1000', false],
  ['read', 0o440, 'runAsUser: 1000, runAsGroup: 0', true],
  ['read', 0o440, 'runAsUser: 1000, runAsGroup: 1000, supplementalGroups: [0]', true],
  // without a group, the group of the image decides
  ['read', 0o440, 'runAsUser: 1000', undefined],
  ['read', 0o400, 'runAsUser: 1000, fsGroup: 1000', true],
  // a member of the group has the rights of the group only
  ['read', 0o404, 'runAsUser: 1000, runAsGroup: 0', false],
  ['execute', 0o644, '', false],
  ['execute', 0o555, '', true],
  ['execute', 0o744, 'runAsUser: 0', true],
  ['execute', 0o744, 'runAsUser: 1000', false],
  ['execute', 0o744, '', undefined],
  // the kubelet does not add execute permission
  ['execute', 0o744, 'runAsUser: 1000, fsGroup: 1000', false],
  ['execute', 0o754, 'runAsUser: 1000, fsGroup: 1000', true],
])('whether a container can %s a file of mode 0%o with {%s}', (access, mode, securityContext, expected) => {
  const { pod, container } = podWith({ pod: `securityContext: {${securityContext}}` });
  expect(canAccess(pod, container, mode, access)).toBe(expected);
});

test('the user of a container precedes that of the pod', () => {
  const { pod, container } = podWith({
    pod: 'securityContext: {runAsUser: 0}',
    container: 'securityContext: {runAsUser: 1000}',
  });
  expect(canAccess(pod, container, 0o400, 'read')).toBe(false);
});
