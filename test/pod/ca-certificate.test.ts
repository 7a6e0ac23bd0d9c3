import { Testing } from 'cdk8s';
import { CaCertificate, SecretSource } from '../../src';

test('projects a certificate of a ConfigMap or Secret', () => {
  expect(CaCertificate.fromConfigMapName('ca')._projection('ca.pem')).toEqual({
    configMap: { name: 'ca', items: [{ key: 'ca.crt', path: 'ca.pem' }] },
  });
  expect(CaCertificate.fromSecret(SecretSource.fromName('ca'), { key: 'root.pem' })._projection('ca.pem')).toEqual({
    secret: { name: 'ca', items: [{ key: 'root.pem', path: 'ca.pem' }] },
  });
});

test('mounts only the certificate', () => {
  expect(CaCertificate.fromConfigMapName('ca')._volume('ca.pem', 0o444)).toEqual({
    configMap: { name: 'ca', items: [{ key: 'ca.crt', path: 'ca.pem' }], defaultMode: 0o444 },
  });
  expect(CaCertificate.fromSecret(SecretSource.fromName('ca'))._volume('ca.pem', 0o440)).toEqual({
    secret: { secretName: 'ca', items: [{ key: 'ca.crt', path: 'ca.pem' }], defaultMode: 0o440 },
  });
});

test.each([
  [CaCertificate.fromConfigMapName('No Name'), "Invalid name 'No Name' for the ConfigMap of 'caCertificate'."],
  [
    CaCertificate.fromSecret(SecretSource.fromName('ca'), { key: 'a/b' }),
    "Invalid key 'a/b' of the Secret of 'caCertificate'. Use at most 253 letters, digits, '-', '_' and '.'",
  ],
])('refuses invalid names: %#', (certificate, error) => {
  expect(() => certificate._check(Testing.chart(), "'caCertificate'")).toThrow(`[test] ${error}`);
});
