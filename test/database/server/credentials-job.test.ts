import { DatabaseCredentials, GeneratedCredentialsOptions, Waiver } from '../../../src';
import { kind } from '../../synth';
import { objectsOf, podSpec } from '../fixtures';

const withGenerated = (options: GeneratedCredentialsOptions = {}) =>
  objectsOf({ credentials: DatabaseCredentials.fromGeneratedSecret(options) });
const objects = withGenerated();

test('creates a Job that can create Secrets, but not read or change them', () => {
  expect(kind(objects, 'Role').rules).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }]);
  expect(JSON.stringify(kind(objects, 'Job'))).not.toMatch(/"(get|list|update|patch|PUT|PATCH)"/);
});

test('gives the Job a token that expires, and mounts no other', () => {
  const { serviceAccountName, automountServiceAccountToken, volumes } = kind(objects, 'Job').spec.template.spec;
  expect([serviceAccountName, automountServiceAccountToken]).toEqual(['test-orders-credentials', false]);
  expect(volumes.find(({ name }: any) => name === 'account').projected.sources[0]).toEqual({
    serviceAccountToken: { path: 'token', expirationSeconds: 1800 },
  });
});

test('names the Job after its content, so that a manifest can be applied again', () => {
  const name = (options?: GeneratedCredentialsOptions) => kind(withGenerated(options), 'Job').metadata.name;
  expect(name()).toMatch(/^test-orders-credentials-[0-9a-f]{10}$/);
  expect(name()).toBe(name());
  expect(name({ image: 'mirror.example.com/curl:8.16.0' })).not.toBe(name());
});

test('ends the Job after an hour, and keeps it, because GitOps tools would create a deleted Job again', () => {
  const { activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished } = kind(objects, 'Job').spec;
  expect({ activeDeadlineSeconds, backoffLimit, ttlSecondsAfterFinished }).toEqual({
    activeDeadlineSeconds: 3600,
    backoffLimit: 6,
    ttlSecondsAfterFinished: undefined,
  });
});

test('generates no password when the app is synthesized', () => {
  expect(withGenerated()).toEqual(withGenerated());
  expect(objects.filter(object => object.kind === 'Secret')).toEqual([]);
});

test('gives the database no token', () => {
  expect(podSpec(objects).automountServiceAccountToken).toBe(false);
});

test('annotates the Job with the waivers of the database that it needs', () => {
  const waived = objectsOf({
    credentials: DatabaseCredentials.fromGeneratedSecret(),
    waivers: [Waiver.seccompProfile('set by the cluster'), Waiver.healthCheck('checked by an operator')],
  });
  expect(kind(objects, 'Job').metadata.annotations).toBeUndefined();
  expect(kind(waived, 'Job').metadata.annotations).toEqual({
    'waiver.cdk8s-storage-patterns/seccomp-profile': 'set by the cluster',
  });
});
