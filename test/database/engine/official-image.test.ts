import {
  DatabaseEngine,
  MariadbVersion,
  MongodbVersion,
  MysqlVersion,
  PostgresVersion,
  RedisVersion,
  ValkeyVersion,
} from '../../../src';
import { creating, objectsOf, podSpec, postgres } from '../fixtures';

test.each([
  ['postgres', DatabaseEngine.postgres({ version: PostgresVersion.of('latest') }), '17.11-trixie'],
  ['mysql', DatabaseEngine.mysql({ version: MysqlVersion.of('latest') }), '8.4.11-oraclelinux9'],
  ['mariadb', DatabaseEngine.mariadb({ version: MariadbVersion.of('latest') }), '11.8.8-noble'],
  ['mongodb', DatabaseEngine.mongodb({ version: MongodbVersion.of('latest') }), '8.0.29-noble'],
  ['redis', DatabaseEngine.redis({ version: RedisVersion.of('latest') }), '8.2.9-bookworm'],
  ['valkey', DatabaseEngine.valkey({ version: ValkeyVersion.of('latest') }), '8.1.11-trixie'],
])('refuses the tag latest of %s', (name, engine, example) => {
  expect(creating({ engine })).toThrow(
    `[test/orders] Version 'latest' of ${name} does not name the patch release and the base of the image. Such a ` +
      `tag moves, and a new release could fail to read the data. Use a full tag, for example '${example}', or set ` +
      "'image' to an image that is built on the official one.",
  );
});

test.each(['17', '17.11'])('refuses version %s, whose release or base moves', tag => {
  expect(creating({ engine: postgres(tag) })).toThrow(
    `[test/orders] Version '${tag}' of postgres does not name the patch release and the base of the image.`,
  );
});

test('refuses a major version whose paths are unknown', () => {
  expect(creating({ engine: postgres('19.1-trixie') })).toThrow(
    "[test/orders] Unsupported version '19.1-trixie' of postgres. Supported: 14, 15, 16, 17, 18. Use one of these, " +
      "or describe the image with 'DatabaseEngine.custom'.",
  );
});

test.each([
  [postgres('17.11-ubi9'), "'ubi9' in version '17.11-ubi9' of postgres. Supported: bookworm, trixie, alpine."],
  [
    DatabaseEngine.mariadb({ version: MariadbVersion.of('11.8.8-ubi9') }),
    "'ubi9' in version '11.8.8-ubi9' of mariadb. Supported: noble.",
  ],
  [
    DatabaseEngine.mongodb({ version: MongodbVersion.of('8.0.29-windowsservercore') }),
    "'windowsservercore' in version '8.0.29-windowsservercore' of mongodb. Supported: jammy, noble.",
  ],
])('refuses a base whose user is unknown: %#', (engine, message) => {
  expect(creating({ engine })).toThrow(
    `[test/orders] Unsupported base ${message} Use one of these, or describe the image with 'DatabaseEngine.custom'.`,
  );
});

test('knows the group of Alpine images of Redis, which differs from that of Debian images', () => {
  const group = (tag: string) =>
    podSpec(objectsOf({ engine: DatabaseEngine.redis({ version: RedisVersion.of(tag) }) })).securityContext.fsGroup;
  expect([group('8.2.9-bookworm'), group('8.2.9-alpine3.23')]).toEqual([999, 1000]);
});
