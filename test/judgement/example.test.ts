import { readFileSync } from 'fs';
import { join } from 'path';
import { parse } from 'yaml';
import { namesExample } from './example';
import type { Source } from './findings';

test.each([
  ['charts/kubernetes+examples/web/app.yaml', true],
  ['charts/acme+kubernetes-training-answers/app.yaml', true],
  ['charts/acme+shop/src/test/resources/app.yaml', true],
  ['charts/acme+shop/deploy/kafka-example.yaml', true],
  ['charts/acme+shop/docs/app.yaml', true],
  ['charts/acme+shop/deploy/app.yaml', false],
  ['charts/acme+testlink/deploy/latest.yaml', false],
  ['charts/acme+docker/democratic-csi/docstore.yaml', false],
])('the path %s is that of an example: %p', (path, isExample) => {
  expect(namesExample(path)).toBe(isExample);
});

test('the quote of a README names an example', () => {
  const sources = parse(readFileSync(join(__dirname, 'sources.yaml'), 'utf8')) as Source[];
  const quotes = sources.flatMap(({ example }) => example ?? []);
  expect(quotes.length).toBeGreaterThan(0);
  expect(quotes.filter(quote => !namesExample(quote))).toEqual([]);
});
