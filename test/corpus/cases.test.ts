import { CASES } from './cases';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { isPatch } from '../../src/inspect/whole';
import { audit } from '../../src/safety/run';
import { select } from '../../src/safety/selection';

/** Returns the rule and the object of each finding that the command reports by default. */
function findingsIn(text: string, name: string): string[] {
  const objects = readYaml(text, name).objects.filter(object => !isPatch(object));
  return audit(new Inventory(objects), select({}))
    .findings.map(({ rule, object }) => `${rule.id} ${object.kind}/${object.name}`)
    .sort();
}

test.each(CASES)('the storage profile finds the faults of $name, and nothing else', ({ name, text, expected }) => {
  expect(findingsIn(text, name)).toEqual([...expected].sort());
});

test.each(CASES)('$name begins with its findings and an explanation', ({ name, text, expected }) => {
  const isFine = name.endsWith('.fine.yaml');
  const labels = isFine ? ['# expect: nothing'] : expected.map(value => `# expect: ${value}`);
  expect(text.split('\n').slice(0, labels.length)).toEqual(labels);
  expect(text.split('\n')[labels.length]).toMatch(/^# [A-Z].*\.$/);
  expect(expected.length > 0).toBe(!isFine);
});
