import { comparable, harmless, NAMES } from './prototype-names';
import { readYaml } from '../../src/inspect/read-yaml';
import { MANIFESTS } from '../corpus/manifests';
import { auditAll } from '../fuzz/audit-all';
import { generator } from '../yaml/mutations';

/** Objects with a name that every object of JavaScript has, wherever a manifest can have a name. */
const everywhere = (key: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${key}, namespace: ${key}, labels: {${key}: a}, annotations: {${key}: a}}
spec:
  selector: {matchLabels: {${key}: ${key}}}
  template:
    metadata: {labels: {${key}: ${key}}, annotations: {${key}: a}}
    spec:
      nodeSelector: {${key}: a}
      affinity:
        nodeAffinity:
          requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [
            {key: ${key}, operator: ${key}, values: [${key}]}]}]}
      containers:
        - name: ${key}
          image: fluent/fluent-bit:3.2.1
          command: [${key}]
          env: [{name: ${key}, value: $(${key})}]
          volumeMounts:
            - {name: ${key}, mountPath: /${key}, mountPropagation: ${key}}
            - {name: c, mountPath: /fluent-bit/etc}
        - {name: b, image: acme/b, resources: {limits: {${key}: ${key}}}}
        - {name: d, image: "postgres:17", env: [{name: ${key}, value: ${key}}]}
      volumes:
        - {name: ${key}, ${key}: {${key}: ${key}}}
        - {name: c, configMap: {name: ${key}, items: [{key: ${key}, path: fluent-bit.conf}]}}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: a}
spec:
  jobTemplate:
    spec:
      template:
        spec:
          containers:
            - {name: a, image: "postgres:17", command: [sh, -c, "${key} pg_dump a > /b/a.sql"], volumeMounts: [
                {name: b, mountPath: /b}]}
          volumes: [{name: b, emptyDir: {}}]
---
{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: ${key}, labels: {a: a}}, spec: {containers: [{name: a}]}}
---
{apiVersion: v1, kind: ConfigMap, metadata: {name: ${key}, namespace: ${key}}, data: {a: b}}
---
{apiVersion: ${key}/v1, kind: ${key}, metadata: {name: a}, spec: {template: {spec: {containers: []}}}}
---
{apiVersion: argoproj.io/v1alpha1, kind: ${key}, metadata: {name: a}}
---
{apiVersion: v1, kind: ${key}, metadata: {name: a, annotations: {waiver.cdk8s-storage-patterns/${key}: a b c}}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: a, namespace: ${key}}
spec: {podSelector: {matchExpressions: [{key: ${key}, operator: Exists}]}}
`;

// the lines of these formats end within a name, and pictures shorten names that are too wide
const SHORTENED = ['map text', 'map narrow', 'map svg', 'map html'];

/** Returns what the audit and the map report of manifests with a name, in all formats or in one of each in turn. */
function outputsOf(
  name: string,
  replacement: string,
  manifests: (replacement: string) => string,
  turn?: number,
): object {
  const outputs = Object.entries(auditAll(readYaml(manifests(replacement), 'a.yaml'), turn));
  expect(outputs.filter(([, output]) => output.includes('[native code]'))).toEqual([]);
  const kept = Object.fromEntries(outputs.filter(([format]) => !SHORTENED.includes(format)));
  return JSON.parse(comparable(name, JSON.stringify(kept)));
}

test.each(NAMES)('reads the name %s in every field like another name', name => {
  expect(outputsOf(name, name, everywhere)).toEqual(outputsOf(name, harmless(name), everywhere));
});

const DOCUMENTS = MANIFESTS.flatMap(({ text }) => readYaml(text, '').objects.map(({ content }) => content));

/** Puts a name in the place of a key or a value, in a copy of the document. */
type Place = (name: string) => unknown;

function placesOf(value: unknown, put: (replacement: unknown) => unknown = identity): Place[] {
  if (typeof value !== 'object' || value === null) {
    return [put];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, i) => placesOf(item, replacement => put(replaced(value, i, replacement))));
  }
  const entries = Object.entries(value);
  return entries.flatMap(([key, child], i) => {
    const withEntry = (entry: [string, unknown]) => put(Object.fromEntries(replaced(entries, i, entry)));
    return [
      (name: string) => withEntry([name, child]),
      ...placesOf(child, replacement => withEntry([key, replacement])),
    ];
  });
}

function replaced<T>(list: readonly T[], index: number, replacement: T): T[] {
  return list.map((item, i) => (i === index ? replacement : item));
}

function identity(value: unknown): unknown {
  return value;
}

const text = (documents: readonly unknown[]) => documents.map(document => JSON.stringify(document)).join('\n---\n');

/** The documents at a time, and how often; more rounds reach more places. */
const COUNT = 15;
const ROUNDS = Number(process.env.PROTOTYPE_ROUNDS ?? 1);

test.each(NAMES.map((name, i) => [name, i] as const))(
  'reads the name %s in any place of the corpus like another name',
  (name, turn) => {
    const random = generator(1 + turn + NAMES.length * Number(process.env.PROPERTY_SEED ?? 20));
    for (let round = 0; round < ROUNDS; round++) {
      const start = random(DOCUMENTS.length);
      const places = Array.from({ length: COUNT }, (_, i) => {
        const all = placesOf(DOCUMENTS[(start + i) % DOCUMENTS.length]);
        return all[random(all.length)];
      });
      const manifests = (replacement: string) => text(places.map(place => place(replacement)));
      const outputs = (replacement: string) => outputsOf(name, replacement, manifests, turn + round);
      expect(outputs(name)).toEqual(outputs(harmless(name)));
    }
  },
);
