import { everyPod } from './every-pod';
import { Inventory } from '../../src/inspect/inventory';
import { at, record } from '../../src/inspect/json';
import { objectsOf } from '../../src/inspect/manifest';
import { rareFieldsOf } from '../../src/inspect/pod-fields';
import { readYaml } from '../../src/inspect/read-yaml';
import { RULES } from '../../src/safety/rules';
import { MANIFESTS } from '../corpus/manifests';

/** The field with the volumes of a type that no field of the pod names. */
const FIELDS_OF_TYPES: ReadonlyMap<string, string> = new Map([['volumeClaimTemplate', 'volumeClaimTemplates']]);

const SOURCE = { file: 'pods.yaml', locate: () => undefined };
const READ = [
  ...MANIFESTS.flatMap(({ text, name }) => readYaml(text, name).objects),
  ...everyPod().flatMap(object => objectsOf(object, SOURCE)),
];
const ALL = new Inventory(READ);
const POD_OBJECTS = [...new Set(ALL.pods.map(({ object }) => object))];
const LIMITED = RULES.flatMap(rule => (rule.fields ? [[rule.id, rule, rule.fields] as const] : []));

function without(fields: readonly string[], value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(item => without(fields, item));
  }
  return typeof value !== 'object' || value === null
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .filter(([key]) => !fields.some(field => key.split('/')[0] === (FIELDS_OF_TYPES.get(field) ?? field)))
          .map(([key, item]) => [key, without(fields, item)]),
      );
}

/** Returns pods without the fields. Only a field that Kubernetes does not know lets the rule look at them. */
function stripped(fields: readonly string[]): Inventory {
  const objects = POD_OBJECTS.map(object => ({ ...object, content: record(without(fields, object.content)) }));
  for (const { object, at: path, spec, annotations } of new Inventory(objects).pods) {
    const names = [...Object.keys(annotations).map(key => key.split('/')[0]), ...Object.keys(spec)];
    expect(fields.filter(field => names.includes(field))).toEqual([]);
    Object.assign(record(at(object.content, ...path)), {
      unknown: Object.fromEntries(fields.map(field => [field, 1])),
    });
  }
  return new Inventory(objects);
}

test.each(LIMITED)('%s finds nothing in pods without its fields', (_, rule, fields) => {
  const inventory = stripped(fields);
  expect(inventory.pods.every(pod => rareFieldsOf(pod).has(fields[0]))).toBe(true);
  expect([...rule.check(inventory), ...rule.exceptions!(inventory)]).toEqual([]);
});

test.each(LIMITED)('%s finds something in pods with its fields', (_, rule) => {
  expect([...rule.check(ALL), ...rule.exceptions!(ALL)]).not.toEqual([]);
});
