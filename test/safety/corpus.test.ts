import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

const corpus = join(__dirname, '..', 'corpus');
const files = readdirSync(corpus)
  .filter(name => name.endsWith('.yaml'))
  .sort()
  .map(name => {
    const text = readFileSync(join(corpus, name), 'utf8');
    const labels = [...text.matchAll(/^# expect: (\S+)$/gm)]
      .map(([, label]) => label)
      .filter(label => label !== 'nothing');
    return { name, text, labels };
  });
const rulesOf = (text: string, name: string) =>
  audit(new Inventory(readYaml(text, name).objects), { rules: RULES }).findings.map(({ rule }) => rule.id);

test.each(files)('the audit finds in $name what its labels say, and nothing else', ({ name, text, labels }) => {
  expect([...new Set(rulesOf(text, name))].sort()).toEqual([...labels].sort());
});

test.each(files.filter(({ name }) => !name.startsWith('article-')))(
  'the pitfall of $name is found once',
  ({ name, text, labels }) => {
    expect(rulesOf(text, name)).toHaveLength(labels.length);
  },
);

test('what is wrong with the three manifests of the article is said once for each place', () => {
  for (const { name, text } of files.filter(file => file.name.startsWith('article-'))) {
    const found = audit(new Inventory(readYaml(text, name).objects), { rules: RULES }).findings.map(
      ({ rule, at }) => `${rule.id} ${at.join('/')}`,
    );
    expect(new Set(found).size).toBe(found.length);
  }
});

test.each(RULES.map(({ id }) => id))('the corpus has a pitfall and a correct twin of %s', id => {
  const pitfall = files.find(({ name, labels }) => !name.startsWith('article-') && labels.includes(id));
  expect(pitfall?.name).toMatch(new RegExp(`^${id}\\.`));
  // a file without any finding that holds the same kinds of objects is its twin
  const kinds = (text: string) => new Set(readYaml(text, '').objects.map(({ kind }) => kind));
  const twins = files.filter(({ labels }) => labels.length === 0);
  expect(twins.some(({ text }) => [...kinds(pitfall!.text)].every(kind => kinds(text).has(kind)))).toBe(true);
});
