import { ApiObject, App, Chart, JsonPatch } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { Controller, JobOptions } from '../../src';
import { JobObject } from '../../src/objects/job-object';
import { controlled } from '../controllers/fixtures';
import { synth } from '../synth';

function nameOf(spec: object, patch?: JsonPatch): string {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  const object = new JobObject(chart, 'job', { apiVersion: 'batch/v1', kind: 'Job', spec } as any);
  if (patch) {
    object.addJsonPatch(patch);
  }
  return object.toJson().metadata.name;
}

const base = { template: { spec: { containers: [{ name: 'a', args: ['x', 'y'] }], restartPolicy: 'Never' } } };

test('the name ends in a hash of the spec', () => {
  expect(nameOf(base)).toMatch(/^test-job-[0-9a-f]{10}$/);
  expect(nameOf(base)).toBe(nameOf(base));
});

test('the hash does not depend on the order of keys, even if cdk8s keeps it', () => {
  const reordered = { template: { spec: { restartPolicy: 'Never', containers: [{ args: ['x', 'y'], name: 'a' }] } } };
  expect(nameOf(reordered)).toBe(nameOf(base));
  process.env.CDK8S_DISABLE_SORT = '1';
  try {
    expect(nameOf(reordered)).toBe(nameOf(base));
  } finally {
    delete process.env.CDK8S_DISABLE_SORT;
  }
});

test.each<[string, object]>([
  ['the pods', { template: { spec: { ...base.template.spec, restartPolicy: 'OnFailure' } } }],
  [
    'the order of a list',
    { template: { spec: { ...base.template.spec, containers: [{ name: 'a', args: ['y', 'x'] }] } } },
  ],
  ['completions', { ...base, completions: 2 }],
  ['completionMode', { ...base, completionMode: 'Indexed' }],
])('the hash changes with %s', (_, spec) => expect(nameOf(spec)).not.toBe(nameOf(base)));

test.each([
  'activeDeadlineSeconds',
  'backoffLimit',
  'maxFailedIndexes',
  'parallelism',
  'podReplacementPolicy',
  'suspend',
  'ttlSecondsAfterFinished',
])('the hash does not change with %s, which an existing Job can change', field => {
  expect(nameOf({ ...base, [field]: 1 })).toBe(nameOf(base));
});

test('a JSON patch changes the hash and the name', () => {
  const image = JsonPatch.add('/spec/template/spec/containers/0/image', 'acme/app:1.0.0');
  expect(nameOf(base, image)).not.toBe(nameOf(base));
  expect(nameOf(base, JsonPatch.add('/metadata/name', 'other'))).toMatch(/^other-[0-9a-f]{10}$/);
});

test('charts render Jobs of the same name', () => {
  const name = (id: string) => {
    const chart = new Chart(new App(), id);
    return controlled(chart, Controller.job(), { metadata: { name: 'migrate' } }) && chart.toJson()[0].metadata.name;
  };
  expect(name('dev')).toBe(name('prod'));
});

test('only the Job has the hash, so that its other objects remain', () => {
  const rendered = (value: string, options: JobOptions = {}) =>
    synth(chart => controlled(chart, Controller.job(options), { env: { A: EnvValue.fromValue(value) } }));
  const [job, ...others] = rendered('a');
  const [changed, ...unchanged] = rendered('b');
  expect(changed.metadata.name).not.toBe(job.metadata.name);
  expect(unchanged).toEqual(others);
  expect(rendered('a', { backoffLimit: 1 })[0].metadata.name).toBe(job.metadata.name);
});

test('the construct has the name without the hash', () => {
  synth(chart => expect(ApiObject.of(controlled(chart, Controller.job())).name).toBe('test-app'));
});
