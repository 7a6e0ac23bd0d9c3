import { join } from 'path';
import { LANGUAGES, workspace } from './languages';
import { run } from './run';

/** What the program prints when it runs in TypeScript on the source tree. */
const manifest = run(__dirname, [join('..', '..', 'node_modules', '.bin', 'tsx'), '--tsconfig', '../tsconfig.json', 'typescript/shop.ts']);
const REFUSAL = '[shop/api] image \'ghcr.io/acme/api\' has no tag or digest. pin it, for example \'ghcr.io/acme/api:1.4.2\'';

test('the program has all three patterns, both kinds of database, a waiver and a capability of its own', () => {
  for (const part of ['kind: StatefulSet', 'kind: Deployment', 'image: docker.io/otel/', 'stock.example.com', 'waiver.cdk8s-storage-patterns/', 'name: cache-warmer']) {
    expect(manifest).toContain(part);
  }
});

describe.each(LANGUAGES.map(language => [language.name, language] as const))('%s', (_, language) => {
  const folder = workspace(language);
  beforeAll(() => language.build(folder));
  afterAll(() => language.end?.());

  test('gives the same manifest, byte for byte', () => {
    expect(language.run(folder, 'shop')).toBe(manifest);
  });

  test('says path, value and remedy of what is refused', () => {
    // Java's message has the stack of the JavaScript below the sentence
    expect(language.run(folder, 'refused').split('\n')[0]).toBe(REFUSAL);
  });
});
