import { ApiObject, Cron, JsonPatch } from 'cdk8s';
import { Controller, Waiver } from '../../src';
import { FIELDS, FIELDS_VERSION } from '../../src/facts/kubernetes-fields';
import { fieldProblems, unknownFields } from '../../src/inspect/field-problems';
import { objectsOf } from '../../src/inspect/manifest';
import { apiObjectsBelow } from '../../src/objects/api-objects';
import { fieldLines } from '../schemas/fields';
import { synth, workload } from '../synth';

const patched =
  (path: string, value: unknown, controller = Controller.deployment()) =>
  () =>
    synth(chart => {
      ApiObject.of(workload(chart, { controller })).addJsonPatch(JsonPatch.add(path, value));
    });

test('has the fields of the schemas', () => {
  const unwrapped = FIELDS.trim().replace(/\n +/g, ' ').split('\n');
  expect(unwrapped).toEqual(fieldLines(FIELDS_VERSION));
});

test.each([
  ['/spec/template/spec/nodeselector', {}, 'nodeSelector'],
  ['/spec/template/spec/node_selector', {}, 'nodeSelector'],
  ['/spec/template/spec/containers/0/imagePulPolicy', 'IfNotPresent', 'imagePullPolicy'],
  ['/spec/replica', 3, undefined],
  ['/spec/minReadySecond', 3, undefined],
  ['/spec/minReadysSeconds', 3, 'minReadySeconds'],
  ['/metadata/Labels', {}, 'labels'],
])('compares the field of the patch %s with those of Kubernetes', (path, value, field) => {
  const expectation = expect(patched(path, value));
  if (field === undefined) {
    expectation.not.toThrow();
  } else {
    expectation.toThrow(
      `[test/app] '${path}' of Deployment test-app is not a field of Kubernetes. Did you mean '${field}'?`,
    );
  }
});

test('checks the pods of each kind', () => {
  for (const controller of [Controller.statefulSet(), Controller.daemonSet()]) {
    expect(patched('/spec/template/spec/nodeselector', {}, controller)).toThrow("Did you mean 'nodeSelector'?");
  }
});

test.each([
  ['/spec/template/spec/fieldOfNextYear', true],
  ['/spec/template/spec/nodeSelector', { nodeselector: 'a' }],
  ['/metadata/annotations', { 'example.com/Name': 'a' }],
  ['/spec/template/spec/containers/0/lifecycle/preStop', { sleep: { seconds: 9 } }],
])('accepts the patch %s', (path, value) => expect(patched(path, value)).not.toThrow());

const APP = '/spec/template/spec/containers/0';

test.each<[path: string, value: unknown, problem: string]>([
  ['/spec/replicas', 'three', 'is a string, but must be a whole number. Use a whole number, such as 3.'],
  ['/spec/replicas', 1.5, 'is 1.5, but must be a whole number.'],
  ['/spec/paused', 'no', 'is a string, but must be a boolean. Use a boolean, true or false.'],
  ['/spec/strategy/rollingUpdate/maxSurge', true, 'is true, but must be a whole number or a string.'],
  [
    '/spec/template/spec/nodeSelector',
    ['a'],
    "is a list, but must be an object. Use an object, such as { name: 'a' }.",
  ],
  ['/spec/template/spec/nodeSelector', 'a', 'is a string, but must be an object.'],
  ['/spec/template/spec/securityContext', [], 'is a list, but must be an object.'],
  ['/spec/template/spec/containers', 'app', 'is a string, but must be a list. Use a list, such as [ ... ].'],
  [`${APP}/env`, { A: 'x' }, 'is an object, but must be a list.'],
  [`${APP}/args`, '--verbose', 'is a string, but must be a list.'],
  [`${APP}/resources/limits/memory`, 'lots', 'is a string, but must be a quantity.'],
  ['/metadata/labels', 'a', 'is a string, but must be an object.'],
])('refuses the patch of %s to %j', (path, value, problem) => {
  expect(patched(path, value)).toThrow(`[test/app] '${path}' of Deployment test-app ${problem}`);
});

test.each<[path: string, value: unknown, problem: string]>([
  ['/metadata/labels', { a: 1 }, `'/metadata/labels/a' of Deployment test-app is 1, but must be a string.`],
  [`${APP}/args`, [1], `'${APP}/args/0' of Deployment test-app is 1, but must be a string.`],
  [`${APP}/args`, [null], `'${APP}/args/0' of Deployment test-app is null, but must be a string.`],
  [`${APP}/env`, ['A'], `'${APP}/env/0' of Deployment test-app is a string, but must be an object.`],
  [`${APP}/env`, [{ name: 'A', value: 7 }], `'${APP}/env/0/value' of Deployment test-app is 7, but must be a string.`],
  [
    `${APP}/env`,
    [{ value: 'a' }],
    `'${APP}/env/0/name' of Deployment test-app is not set, but Kubernetes requires it.`,
  ],
  ['/spec/selector', null, `'/spec/selector' of Deployment test-app is not set, but Kubernetes requires it.`],
  [
    '/spec/selector/matchLabels',
    { a: 'b' },
    `'/spec/selector/matchLabels/a' of Deployment test-app is not a label of the pods with the same value, so the ` +
      "API server rejects the object. Set the label in '/spec/template/metadata/labels' as well.",
  ],
])('names the value that is wrong in the patch of %s to %j', (path, value, problem) => {
  expect(patched(path, value)).toThrow(`[test/app] ${problem}`);
});

test.each([
  ['/spec/strategy/rollingUpdate/maxSurge', 2],
  ['/spec/strategy/rollingUpdate/maxSurge', '50%'],
  [`${APP}/resources/requests/cpu`, 1],
  [`${APP}/resources/requests/cpu`, '0.5'],
  [`${APP}/workingDir`, null],
  ['/metadata/annotations', { a: null }],
])('accepts the patch of %s to %j', (path, value) => expect(patched(path, value)).not.toThrow());

test('never prints a string, which can be a credential', () => {
  expect(patched(`${APP}/env`, 'correct-horse-battery')).toThrow('is a string, but must be a list.');
  expect(patched(`${APP}/env`, 'correct-horse-battery')).not.toThrow('correct-horse-battery');
});

test.each(['/spec/template/spec/fieldOfNextYear', '/spec/replica', '/metadata/fieldOfNextYear'])(
  'warns of %s, which can be a field of a newer version',
  path => {
    const emitWarning = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    patched(path, 3)();
    expect(emitWarning.mock.calls).toEqual([
      [
        `[test/app] '${path}' of Deployment test-app is not a field of Kubernetes ${FIELDS_VERSION} or older. ` +
          'Check its name. An API server that does not know the field rejects or drops it.',
        'StoragePatternsWarning',
      ],
    ]);
    emitWarning.mockRestore();
  },
);

test('checks every kind that the library defines', () => {
  const kinds = ['Deployment', 'Service', 'ServiceAccount', 'NetworkPolicy', 'PodDisruptionBudget'];
  for (const kind of kinds) {
    const define = () =>
      synth(chart => {
        const object = apiObjectsBelow(workload(chart)).find(candidate => candidate.kind === kind)!;
        object.addJsonPatch(JsonPatch.add('/metadata/annotations', { a: 1 }));
      });
    expect(define).toThrow(`'/metadata/annotations/a' of ${kind} test-app`);
  }
});

test('has no problem with the objects of all controllers', () => {
  const controllers = [
    Controller.deployment(),
    Controller.statefulSet(),
    Controller.daemonSet(),
    Controller.job(),
    Controller.cronJob({ schedule: Cron.daily(), timeZone: 'Etc/UTC' }),
  ];
  for (const controller of controllers) {
    const props = {
      controller,
      port: undefined,
      healthCheck: undefined,
      waivers: [Waiver.healthCheck('it has none yet')],
    };
    const objects = synth(chart => workload(chart, props)).map(
      content => objectsOf(content, { locate: () => undefined })[0],
    );
    expect(objects.flatMap(object => [...fieldProblems(object), ...unknownFields(object)])).toEqual([]);
  }
});
