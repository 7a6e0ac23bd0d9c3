import { mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { readInput } from '../../src/cli/input';
import { Inventory } from '../../src/inspect/inventory';

async function read(files: Record<string, string>, options = {}) {
  const directory = mkdtempSync(join(tmpdir(), 'input-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
  }
  const input = await readInput([directory], options);
  const relative = (path = '') => path.replace(directory, '').replace(/^\//, '');
  return {
    ...input,
    names: input.objects.map(({ kind, name, source }) => `${kind} ${name} ${relative(source.file)}`),
    rootsOf: input.objects.map(({ root }) => root && relative(root)),
    messages: input.problems.map(
      ({ file, message }) => `${relative(file)}: ${message.replaceAll(`${directory}/`, '')}`,
    ),
  };
}

const pod = (name: string, claim = 'data') => `apiVersion: v1
kind: Pod
metadata: {name: ${name}}
spec: {containers: [{name: app, image: app}], volumes: [{name: a, persistentVolumeClaim: {claimName: ${claim}}}]}
`;
const claim = (mode: string) => `apiVersion: v1
kind: PersistentVolumeClaim
metadata: {name: data}
spec: {accessModes: [${mode}], resources: {requests: {storage: 1Gi}}}
`;
const patch = 'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: a}\nspec: {replicas: 2}\n';

test('counts the patches of kustomizations, whole or not, and skips their configuration', async () => {
  const { names, patches, problems, passedOver } = await read({
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': pod('a'),
    'live/Kustomization': 'resources: [../base]\npatches: [{path: whole.yaml}]\npatchesJson6902: [{path: ops.yaml}]\n',
    'live/whole.yaml': pod('a'),
    'live/ops.yaml': '- {op: remove, path: /spec/x}\n- {op: remove, path: /spec/y}\n',
    'live/partial.yaml': patch,
    'live/values.yaml': 'replicas: 3\n',
  });
  expect({ names, patches, problems, passedOver }).toEqual({
    names: ['Pod a base/pod.yaml'],
    patches: 3,
    problems: [],
    passedOver: [{ count: 1, reason: 'files without Kubernetes objects' }],
  });
});

test('reads the Kustomizations of Flux as objects', async () => {
  const flux = 'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: apps}\n';
  const { names, rootsOf } = await read({ 'a/kustomization.yaml': flux });
  expect(names).toEqual(['Kustomization apps a/kustomization.yaml']);
  expect(rootsOf).toEqual([undefined]);
});

test('reports the templates of a chart once, and reads its other files', async () => {
  const { names, messages } = await read({
    'chart/Chart.yaml': 'apiVersion: v2\nname: a\n',
    'chart/values.yaml': 'a: 1\n',
    'chart/templates/a.yaml': pod('{{ .Release.Name }}'),
    'chart/templates/sub/b.yaml': '{{- if .Values.b }}\na: {{ b }}\n{{- end }}\n',
    'chart/templates/plain.yaml': pod('plain'),
    'other/c.yaml': pod('c'),
  });
  expect(names).toEqual(['Pod plain chart/templates/plain.yaml', 'Pod c other/c.yaml']);
  expect(messages).toEqual([
    "chart/Chart.yaml: The chart has 2 templates to render first. Audit the output of 'helm template chart', or use " +
      "'--render'.",
  ]);
});

test('puts kustomizations that contain each other into one root, and charts with their dependencies', async () => {
  const { names, rootsOf } = await read({
    'base/kustomization.yaml': 'resources: [pod.yaml]\n',
    'base/pod.yaml': pod('a'),
    'live/kustomization.yaml': 'resources: [../base/, claim.yaml]\n',
    'live/claim.yaml': claim('ReadWriteOnce'),
    'other/kustomization.yaml': 'resources: [pod.yaml]\n',
    'other/pod.yaml': pod('b'),
    'chart/Chart.yaml': '',
    'chart/crds/pod.yaml': pod('c'),
    'chart/charts/sub/Chart.yaml': '',
    'chart/charts/sub/templates/pod.yaml': pod('d'),
    'plain.yaml': pod('e'),
  });
  const roots = Object.fromEntries(names.map((name, i) => [name.split(' ')[1], rootsOf[i]]));
  expect(roots).toEqual({ a: 'live', data: 'live', b: 'other', c: 'chart', d: 'chart', e: undefined });
});

test('makes each folder with another definition of a workload a root, so that its pods mount its claim', async () => {
  const { objects } = await read({
    'examples/one/claim.yaml': claim('ReadWriteOnce'),
    'examples/one/pod.yaml': pod('app'),
    'examples/two/claim.yaml': claim('ReadWriteMany'),
    'examples/two/pod.yaml': pod('app'),
    'examples/three/pod.yaml': pod('other', 'missing'),
  });
  const inventory = new Inventory(objects);
  const modes = inventory.pods.map(({ object, volumes }) => {
    const found = inventory.find('PersistentVolumeClaim', volumes[0].source.claimName as string, object);
    return [object.name, (found?.content as any)?.spec.accessModes[0]];
  });
  expect(modes).toEqual([
    ['app', 'ReadWriteOnce'],
    ['other', undefined],
    ['app', 'ReadWriteMany'],
  ]);
});

test('links everything else, also from folder to folder', async () => {
  const { rootsOf } = await read({
    'a/pod.yaml': pod('a'),
    'b/claim.yaml': claim('ReadWriteOnce'),
    'c/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n',
    'd/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n',
  });
  expect(rootsOf).toEqual([undefined, undefined, undefined, undefined]);
});
