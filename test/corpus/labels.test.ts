import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { parseAllDocuments } from 'yaml';
import { schemaProblems } from '../schemas/kubernetes';

const manifests = readdirSync(__dirname)
  .filter(name => name.endsWith('.yaml'))
  .sort()
  .map(name => {
    const text = readFileSync(join(__dirname, name), 'utf8');
    const labels = text
      .split('\n')
      .filter(line => line.startsWith('# expect: '))
      .map(line => line.slice('# expect: '.length));
    return { name, text, labels };
  });
const pitfalls = manifests.filter(({ name }) => !name.endsWith('.fine.yaml'));

test('the corpus has at least 60 manifests', () => {
  expect(manifests.length).toBeGreaterThanOrEqual(60);
});

test.each(manifests)('$name begins with its labels', ({ name, text, labels }) => {
  expect(labels.length).toBeGreaterThan(0);
  expect(
    text
      .split('\n')
      .slice(0, labels.length)
      .every(line => /^# expect: [a-z]+(-[a-z]+)*$/.test(line)),
  ).toBe(true);
  expect(new Set(labels).size).toBe(labels.length);
  if (!name.startsWith('article-')) {
    expect(labels).toEqual([name.endsWith('.fine.yaml') ? 'nothing' : name.split('.')[0]]);
  }
});

test.each(manifests)('$name is a manifest that Kubernetes takes', ({ text }) => {
  const documents = parseAllDocuments(text, { version: '1.1' });
  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(documents.flatMap(document => schemaProblems('1.34', document.toJS()))).toEqual([]);
});

test('no two manifests are the same', () => {
  const bodies = manifests.map(({ text }) => text.replace(/^#.*\n/gm, ''));
  expect(bodies.filter((body, i) => bodies.indexOf(body) !== i)).toEqual([]);
});

test('what the three patterns get is a pitfall of the corpus too', () => {
  const known = new Set(pitfalls.filter(({ name }) => !name.startsWith('article-')).flatMap(({ labels }) => labels));
  expect(pitfalls.flatMap(({ labels }) => labels).filter(label => !known.has(label))).toEqual([]);
});
