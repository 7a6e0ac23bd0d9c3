import { App, Chart } from 'cdk8s';
import {
  BackupDestination,
  CaCertificate,
  S3BackupDestinationOptions,
  S3Credentials,
  S3ServerSideEncryption,
  SecretSource,
} from '../../../src';

const credentials = S3Credentials.accessKey({ secret: SecretSource.fromName('backups') });

const resolve = (options: Partial<S3BackupDestinationOptions> = {}) =>
  BackupDestination.s3({ bucket: 'backups', region: 'eu-central-1', credentials, ...options })._resolve(
    new Chart(new App(), 'test'),
  );

const variables = (options: Partial<S3BackupDestinationOptions>) =>
  Object.fromEntries(Object.entries(resolve(options).env).map(([name, { value }]) => [name, value]));

test('connects to Amazon S3 on port 443, with the bucket in the host name', () => {
  expect(resolve()).toMatchObject({ root: 's3:backups', egress: [{ ports: [{ port: 443, protocol: 'TCP' }] }] });
  expect(variables({})).toEqual({
    RCLONE_CONFIG_S3_TYPE: 's3',
    RCLONE_CONFIG_S3_PROVIDER: 'AWS',
    RCLONE_CONFIG_S3_REGION: 'eu-central-1',
    RCLONE_CONFIG_S3_FORCE_PATH_STYLE: 'false',
    RCLONE_CONFIG_S3_NO_CHECK_BUCKET: 'true',
  });
});

test('connects to another object store, with its authority, its encryption and a prefix', () => {
  const options = {
    endpoint: 'https://s3.example.com:9000/',
    prefix: 'team/databases',
    caCertificate: CaCertificate.fromConfigMapName('internal-ca'),
    serverSideEncryption: S3ServerSideEncryption.KMS,
    kmsKeyId: 'key-1',
    cidrs: ['10.1.0.0/16'],
  };
  expect(variables(options)).toMatchObject({
    RCLONE_CONFIG_S3_PROVIDER: 'Other',
    RCLONE_CONFIG_S3_ENDPOINT: 'https://s3.example.com:9000',
    RCLONE_CONFIG_S3_FORCE_PATH_STYLE: 'true',
    RCLONE_CONFIG_S3_SERVER_SIDE_ENCRYPTION: 'aws:kms',
    RCLONE_CONFIG_S3_SSE_KMS_KEY_ID: 'key-1',
    RCLONE_CA_CERT: '/run/certificates/destination/ca.crt',
  });
  expect(resolve(options)).toMatchObject({
    root: 's3:backups/team/databases',
    egress: [{ to: [{ ipBlock: { cidr: '10.1.0.0/16' } }], ports: [{ port: 9000, protocol: 'TCP' }] }],
  });
});

test('uses the identity of the pod without a Secret, and opens the metadata servers', () => {
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/backups' };
  const { mounts, setup, egress, serviceAccountAnnotations } = resolve({
    credentials: S3Credentials.podIdentity({ serviceAccountAnnotations: annotations }),
  });
  expect([mounts, setup, serviceAccountAnnotations]).toEqual([
    [],
    ['export RCLONE_CONFIG_S3_ENV_AUTH=true'],
    annotations,
  ]);
  expect(egress).toHaveLength(2);
});

test('reads any character of a key from a file, and has none in a variable of the pod', () => {
  const { setup, env } = resolve();
  expect(setup).toContain('RCLONE_CONFIG_S3_SECRET_ACCESS_KEY="$(cat /run/secrets/destination/secret-access-key)"');
  expect(Object.keys(env).filter(name => name.includes('KEY'))).toEqual([]);
});

test.each<[string, Partial<S3BackupDestinationOptions>, string]>([
  [
    'an invalid bucket',
    { bucket: 'Backups' },
    "'bucket' of the destination is 'Backups', which is not a valid bucket.",
  ],
  ['a prefix with a slash', { prefix: '/a' }, "'prefix' of the destination is '/a', which is not a valid prefix."],
  ['HTTP without a reason', { endpoint: 'http://s3' }, "'endpoint' is 'http://s3', which is not encrypted."],
  ['another scheme', { endpoint: 'ftp://s3' }, "'endpoint' is 'ftp://s3', which is not a URL of HTTPS."],
  ['a key in the URL', { endpoint: 'https://a:b@s3' }, "'endpoint' contains a user, a password"],
  [
    'a reason with HTTPS',
    { endpoint: 'https://s3', unencryptedReason: 'it is in the cluster' },
    "'unencryptedReason' is set, but 'endpoint' is encrypted.",
  ],
  ['a reason without a need', { unencryptedReason: 'it is in the cluster' }, 'connections to Amazon S3 are encrypted.'],
  ['a short reason', { endpoint: 'http://s3', unencryptedReason: 'test' }, 'is too short.'],
  ['a key without its encryption', { kmsKeyId: 'key-1' }, "'kmsKeyId' is 'key-1', but the objects are not encrypted"],
  ['an invalid block', { cidrs: ['10.1.0.0'] }, "'cidrs' of the destination"],
  ['an invalid port', { egressPorts: [0] }, "'egressPorts'"],
])('refuses %s', (_, options, problem) => {
  expect(() => resolve(options)).toThrow(problem);
});
