import { readYaml } from '../../src/inspect/read-yaml';
import { MANIFESTS } from '../corpus/manifests';
import { generator, mutate, Random } from '../yaml/mutations';

/** The documents of the corpus. */
export const DOCUMENTS: readonly string[] = MANIFESTS.flatMap(({ text }) => text.split(/^---\n/m)).filter(
  text => readYaml(text, '').objects.length > 0,
);

const OBJECTS: readonly object[] = DOCUMENTS.flatMap(text => readYaml(text, '').objects.map(({ content }) => content));

/** Names that every object of JavaScript has, and names with a meaning in Kubernetes. */
const KEYS = [
  ...['__proto__', 'constructor', 'toString', 'valueOf', 'hasOwnProperty', 'length', 'then', ''],
  ...['hostPath', 'emptyDir', 'configMap', 'secret', 'persistentVolumeClaim', 'containers', 'initContainers'],
];

const LONG = 'a'.repeat(2000);

/** Values of types and sizes that no field expects. */
const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    false,
    0,
    -1,
    1.5,
    1e300,
    '',
    ' ',
    '/',
    '..',
    '$(A)',
    '${A}',
    '{{x}}',
    '\u0000',
    '\u202e',
    '::error::',
  ],
  ...[
    [],
    [null],
    [[]],
    {},
    { a: null },
    [{}],
    ['a', 1],
    '1Gi',
    '-1',
    '1e99',
    '0777',
    LONG,
    `${LONG} x`,
    '/'.repeat(2000),
  ],
  ...KEYS,
];

/** Returns the JSON of an object of the corpus in which up to four values or keys are hostile. */
function hostileObject(random: Random): string {
  const object: any = JSON.parse(JSON.stringify(OBJECTS[random(OBJECTS.length)]));
  for (let changes = 1 + random(4); changes > 0; changes--) {
    changeObject(object, random);
  }
  // as own properties: a literal key `__proto__` would set the prototype
  return JSON.stringify(object).replaceAll('"\\u0000proto":', '"__proto__":');
}

function changeObject(root: any, random: Random): void {
  let parent = root;
  for (;;) {
    const keys = Object.keys(parent);
    if (keys.length === 0) {
      return;
    }
    const key = keys[random(keys.length)];
    const value = parent[key];
    if (typeof value !== 'object' || value === null || random(8) === 0) {
      replaceValue(parent, key, random);
      return;
    }
    parent = value;
  }
}

function replaceValue(parent: any, key: string, random: Random): void {
  const action = random(4);
  if (action === 0) {
    delete parent[key];
  } else if (action === 1 && !Array.isArray(parent)) {
    const name = KEYS[random(KEYS.length)];
    parent[name === '__proto__' ? '\u0000proto' : name] = parent[key];
  } else {
    parent[key] = structuredClone(VALUES[random(VALUES.length)]);
  }
}

/** Returns inputs, the same ones for a seed: changed text and hostile objects by turns. */
export function inputs(count: number, seed: number): string[] {
  const random = generator(seed);
  const texts = mutate(DOCUMENTS, Math.ceil(count / 2), seed);
  return texts.flatMap(text => [text, `${hostileObject(random)}\n`]).slice(0, count);
}
