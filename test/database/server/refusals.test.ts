import { Size } from 'cdk8s';
import {
  DatabaseCredentials,
  DatabaseEngine,
  DatabaseStorage,
  PostgresVersion,
  SecretSource,
  StatefulDatabase,
  StatefulDatabaseProps,
} from '../../../src';
import { synth } from '../../synth';

// what is refused of a workload is refused of a database, by the same checks
test.each<[string, Partial<StatefulDatabaseProps>, string]>([
  [
    "a label's value",
    { metadata: { labels: { a: 'b c' } } },
    "The label 'a' has the value 'b c'. Use at most 63 letters, digits, '-', '_' and '.', beginning and ending " +
      'with a letter or digit',
  ],
  [
    "a label's key",
    { metadata: { labels: { 'a b': 'c' } } },
    "The key of a label 'a b' is not one. Write it as 'name' or 'example.com/name', with at most 63 letters, " +
      "digits, '-', '_' and '.' in the name",
  ],
  [
    "an exporter's image that moves",
    { metrics: { image: 'acme/exporter:latest' } },
    "Image 'acme/exporter:latest' has the tag 'latest', which moves. Pin it, for example 'acme/exporter:1.4.2'",
  ],
  [
    'a Secret to pull images with',
    { imagePullSecrets: [SecretSource.fromName('No Name')] },
    "The Secret to pull images with 'No Name' is not an object's name. Use at most 253 lower-case letters, " +
      "digits, '-' and '.', beginning and ending with a letter or digit",
  ],
])('%s is refused of a database too', (_, props, sentence) => {
  expect(() =>
    synth(
      chart =>
        new StatefulDatabase(chart, 'orders', {
          engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
          storage: DatabaseStorage.provisioned(Size.gibibytes(1)),
          memory: Size.gibibytes(1),
          credentials: DatabaseCredentials.fromSecret(SecretSource.fromName('orders')),
          ...props,
        }),
    ),
  ).toThrow(`[test/orders] ${sentence}`);
});
