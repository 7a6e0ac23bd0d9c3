import type { Chart } from 'cdk8s';
import { eventually, report, TestNamespace } from './cluster';
import {
  AppWorkload,
  DatabaseBinding,
  DatabaseClient,
  DatabaseClientOptions,
  DatabaseEndpoint,
  HealthCheck,
  IDatabase,
} from '../../src';
import { ODD_PASSWORDS } from '../odd-passwords';

const KEYS = ODD_PASSWORDS.map((_, i) => `p${i}`);

/** The passwords that a URL carries without encoding. Only a Secret of them can be part of a variable with a URL. */
const URL_SAFE = KEYS.filter((_, i) => /^[A-Za-z0-9._~-]+$/.test(ODD_PASSWORDS[i]));

/** A database outside of the test, whose Secret has a password with a key. */
class Elsewhere implements IDatabase {
  public readonly endpoint: DatabaseEndpoint;

  constructor(key: string) {
    this.endpoint = {
      name: key,
      type: 'postgresql',
      host: 'db.example.com',
      port: 5432,
      user: 'app',
      database: 'app',
      secretName: 'odd-passwords',
      passwordKey: key,
      urlSafe: URL_SAFE.includes(key),
    };
  }

  public client(options: DatabaseClientOptions = {}): DatabaseClient {
    return new DatabaseClient(this, options);
  }
}

/** Prints what each client receives, as base64. */
const PRINT = `
show() { printf '%s %s ' "$1" "$2"; base64 | tr -d '\\n'; echo; }
for key in ${KEYS.join(' ')}; do
  eval "printf '%s' \\"\\$DB_$key\\"" | show variable $key
  show file $key < /files/$key/password
  show binding $key < "$SERVICE_BINDING_ROOT/$key/password"
done
for key in ${URL_SAFE.join(' ')}; do eval "printf '%s' \\"\\$URL_$key\\"" | show url $key; done
echo END
exec sleep infinity`;

function define(chart: Chart): void {
  const app = new AppWorkload(chart, 'app', {
    image: 'docker.io/library/busybox:1.36',
    replicas: 1,
    command: ['sh', '-ec', PRINT],
    healthCheck: HealthCheck.command(['true']),
  });
  KEYS.forEach(key => {
    const url = URL_SAFE.includes(key) ? { url: `URL_${key}` } : {};
    const database = new Elsewhere(key);
    app
      .add(database.client({ id: `v-${key}`, binding: DatabaseBinding.variables({ password: `DB_${key}`, ...url }) }))
      .add(database.client({ id: `f-${key}`, binding: DatabaseBinding.files(`/files/${key}`) }))
      .add(database.client({ id: `b-${key}`, binding: DatabaseBinding.serviceBinding() }));
  });
}

test('apps receive odd passwords unchanged, as variables, files, service bindings and in URLs', async () => {
  const namespace = TestNamespace.create('clients');
  try {
    const stringData = Object.fromEntries(KEYS.map((key, i) => [key, ODD_PASSWORDS[i]]));
    namespace.applyObjects([{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'odd-passwords' }, stringData }]);
    namespace.apply(define);
    namespace.rolledOut('deployment/test-app', 300);
    const log = () => namespace.kubectl('logs', 'deployment/test-app');
    await eventually('everything is printed', () => /^END$/m.test(log()));
    const printed = [...log().matchAll(/^(\w+) (p\d+) (\S+)$/gm)].map(([, form, key, value]) => [
      `${form} ${key}`,
      Buffer.from(value, 'base64').toString(),
    ]);
    const expected = KEYS.flatMap((key, i) =>
      ['variable', 'file', 'binding'].map(form => [`${form} ${key}`, ODD_PASSWORDS[i]]),
    );
    const urls = URL_SAFE.map(key => [
      `url ${key}`,
      `postgresql://app:${ODD_PASSWORDS[KEYS.indexOf(key)]}@db.example.com:5432/app`,
    ]);
    report(`${KEYS.length} passwords in three forms, and ${urls.length} in URLs, received unchanged`);
    expect(printed).toEqual([...expected, ...urls]);
  } finally {
    namespace.delete();
  }
});
