import { mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { parseAllDocuments } from 'yaml';
import { goProxy, NAME, VERSION } from './packages';
import { run } from './run';

const root = join(__dirname, '..', '..');
const contentOf = (page: string) => readFileSync(join(root, page), 'utf8');

/** How a reader of the README gets from its first sample to a manifest. */
interface Reader {
  readonly title: string;
  readonly language: string;
  readonly page: string;
  /** The file of the sample. */
  readonly file: string;
  /** The commands before the install line, for a new project. */
  readonly create?: string;
  /** Runs the program. */
  readonly run: string;
  readonly env?: () => Record<string, string>;
}

/** For registries that lack the Go packages of cdk8s. */
let proxy: Record<string, string> | undefined;

const READERS: Reader[] = [
  { title: 'TypeScript', language: 'typescript', page: 'README.md', file: 'main.ts', run: 'npx --yes tsx main.ts' },
  {
    title: 'Python',
    language: 'python',
    page: 'docs/python/README.md',
    file: 'main.py',
    create: 'python3 -m venv .venv',
    run: 'python main.py',
    env: () => ({ PATH: ['.venv/bin', process.env.PATH].join(delimiter) }),
  },
  {
    title: 'Java',
    language: 'java',
    page: 'docs/java/README.md',
    file: 'src/main/java/Main.java',
    run: 'mvn --batch-mode --quiet compile exec:java -Dexec.mainClass=Main',
  },
  {
    title: 'Go',
    language: 'go',
    page: 'docs/go/README.md',
    file: 'main.go',
    create: 'go mod init shop',
    run: 'go run .',
    env: () => (proxy ??= goProxy()),
  },
];

/** The line that the README states for a language. */
function installLine(title: string): string {
  const row = contentOf('README.md')
    .split('\n')
    .find(line => line.startsWith(`| ${title}`))!;
  return /`([^`]+)`/.exec(row)![1];
}

/** An empty folder next to a clone of the repository. */
function emptyFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'readme-'));
  symlinkSync(root, join(parent, NAME));
  const folder = join(parent, 'shop');
  mkdirSync(join(folder, 'config'), { recursive: true });
  writeFileSync(join(folder, 'config', 'application.yaml'), 'port: 8080\n');
  return folder;
}

/** Writes the project file of `init`, which has the dependency that the page for Java states. */
function writePom(folder: string): void {
  const pom = contentOf('templates/java/pom.xml').replace('{{name}}', 'shop').replace('{{version}}', VERSION);
  const [, dependency] = /```xml\n([\s\S]*?)```/.exec(contentOf('docs/getting-started.md'))!;
  const flat = (xml: string) => xml.replace(/^ +/gm, '');
  expect(flat(pom)).toContain(flat(dependency));
  writeFileSync(join(folder, 'pom.xml'), pom);
}

test.each(READERS)('the README leads from an empty folder to a manifest in $title', reader => {
  const folder = emptyFolder();
  const env = reader.env?.() ?? {};
  const shell = (line: string) => run(folder, ['sh', '-c', line], env);
  const [, sample] = /^```(?:ts|python|java|go)\n([\s\S]*?)^```$/m.exec(contentOf(reader.page))!;
  mkdirSync(join(folder, reader.file, '..'), { recursive: true });
  writeFileSync(join(folder, reader.file), sample);
  if (reader.title === 'Java') {
    writePom(folder);
  }
  if (reader.create) {
    shell(reader.create);
  }
  shell(installLine(reader.title));
  shell(reader.run);

  const objects = parseAllDocuments(readFileSync(join(folder, 'dist', 'shop.k8s.yaml'), 'utf8')).map(document =>
    document.toJS(),
  );
  expect(objects.map(({ kind }) => kind).sort()).toEqual([
    'ConfigMap',
    'Deployment',
    'Ingress',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'Service',
    'ServiceAccount',
  ]);
  expect(objects.find(({ kind }) => kind === 'ConfigMap')).toMatchObject({
    immutable: true,
    data: { 'application.yaml': 'port: 8080\n' },
  });
  expect(objects.find(({ kind }) => kind === 'Deployment').spec.replicas).toBe(2);
});

test.each(READERS)('getting started leads from init to a tested manifest in $title', ({ language, env }) => {
  const folder = join(emptyFolder(), '..');
  const printed = run(folder, [
    'node',
    join(NAME, 'lib', 'cli', 'main.js'),
    'init',
    'first-app',
    '--language',
    language,
  ]);
  const [change, ...commands] = [...printed.matchAll(/^ {2}(.*)$/gm)].map(([, command]) => command);
  expect(change).toBe('cd first-app');
  expect(commands.pop()).toBe('kubectl apply -f dist/');
  expect(commands).toHaveLength(3);
  const app = join(folder, 'first-app');
  commands.forEach(command => run(app, ['sh', '-c', command], env?.()));
  expect(readFileSync(join(app, 'dist', 'first-app.k8s.yaml'), 'utf8')).toContain('first-app works');
});

test('the README installs the command', () => {
  const folder = emptyFolder();
  const prefix = join(folder, 'global');
  const [install] = /npm install --global [^`]+/.exec(contentOf('README.md'))!;
  run(folder, ['sh', '-c', install], { npm_config_prefix: prefix });
  const manifest = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec: {volumes: [{name: cache, emptyDir: {}}]}\n';
  writeFileSync(join(folder, 'pod.yaml'), manifest);
  const audit = `cat pod.yaml | ${NAME} audit --rule empty-dir-size-limit - || true`;
  expect(run(folder, ['sh', '-c', audit], { PATH: [join(prefix, 'bin'), process.env.PATH].join(delimiter) })).toMatch(
    /^stdin:4:\d+ warning empty-dir-size-limit Pod web/,
  );
});

test('the README builds the packages with scripts that exist', () => {
  const { scripts } = JSON.parse(contentOf('package.json'));
  const [build] = /^npm ci && npm run .*$/m.exec(contentOf('README.md'))!;
  const named = [...build.matchAll(/npm run ([\w:]+)|(package:\w+)/g)].map(([, script, target]) => script ?? target);
  expect(named).toEqual(['compile', 'package:js', 'package:python', 'package:java', 'package:go']);
  named.forEach(script => expect(scripts).toHaveProperty(script));
});
