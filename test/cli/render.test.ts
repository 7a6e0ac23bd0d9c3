import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, dirname, join } from 'path';
import { readInput } from '../../src/cli/input';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: NAME}\nspec: {containers: [{name: a, image: a}]}\n';
const FILES = {
  'base/kustomization.yaml': 'resources: [pod.yaml]\n',
  'base/pod.yaml': POD,
  'live/kustomization.yaml': 'resources: [../base, ../shared.yaml]\ncomponents: [../tls]\n',
  'tls/kustomization.yaml': 'kind: Component\n',
  'chart/Chart.yaml': 'name: a\n',
  'chart/templates/pod.yaml': POD.replace('NAME', '{{ .Release.Name }}'),
  'chart/charts/sub/Chart.yaml': 'name: b\n',
  'shared.yaml': POD.replace('NAME', 'shared'),
  'plain.yaml': POD.replace('NAME', 'plain'),
};

/** Reads the files with programs that are shell scripts, and no others. */
async function render(programs: Record<string, string>, files: Record<string, string> = FILES) {
  const directory = mkdtempSync(join(tmpdir(), 'input-'));
  const contents = [
    ...Object.entries(files).map(([name, content]) => [join('input', name), content]),
    ...Object.entries(programs).map(([name, script]) => [join('bin', name), `#!/bin/sh\n${script}\n`]),
  ];
  for (const [name, content] of contents) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), content);
    chmodSync(join(directory, name), 0o755);
  }
  const { PATH } = process.env;
  process.env.PATH = join(directory, 'bin');
  try {
    const { objects, problems } = await readInput([join(directory, 'input')], { render: true });
    return {
      names: objects.map(({ name }) => name),
      messages: problems.map(({ message }) => message.replaceAll(`${directory}/input/`, '')),
    };
  } finally {
    process.env.PATH = PATH;
  }
}

/** Prints a pod that is named after the arguments. */
const print = (prefix: string) => `
name="${prefix}"
for word in "$@"; do name="$name-\${word##*/}"; done
echo "apiVersion: v1"; echo "kind: Pod"; echo "metadata: {name: $name}"
echo "spec: {containers: [{name: a, image: a}]}"`;

test('renders the outermost kustomizations and charts in place of their files', async () => {
  expect(delimiter).toBe(':');
  expect(await render({ kustomize: print('kustomize'), kubectl: print('kubectl'), helm: print('helm') })).toEqual({
    names: ['kustomize-build-live', 'helm-template-chart-chart', 'plain'],
    messages: [],
  });
});

test('renders kustomizations with kubectl if kustomize is not installed', async () => {
  const { names } = await render({ kubectl: print('kubectl'), helm: print('helm') });
  expect(names).toEqual(['kubectl-kustomize-live', 'helm-template-chart-chart', 'plain']);
});

test('reports what cannot be rendered, and audits the rest', async () => {
  const failing = 'echo "Error: values are missing" >&2\necho "see the chart" >&2\nexit 1';
  expect(await render({ helm: failing })).toEqual({
    names: ['plain'],
    messages: [
      "The folder cannot be rendered, because neither 'kustomize' nor 'kubectl' is installed. Install one of them, " +
        "or omit '--render'.",
      "'helm template chart chart' failed: Error: values are missing. Run it to see the whole output.",
    ],
  });
});

test('starts no program without a kustomization or chart', async () => {
  expect(await render({ helm: 'exit 1' }, { 'plain.yaml': FILES['plain.yaml'] })).toEqual({
    names: ['plain'],
    messages: [],
  });
});
