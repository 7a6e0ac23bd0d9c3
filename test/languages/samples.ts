import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import * as cdk8s from 'cdk8s';
import { run } from './run';
import { PAGES, samplesOf } from '../../projenrc/samples/pages';
import { readSamples } from '../../projenrc/samples/read';
import { Sample } from '../../projenrc/samples/syntax';
import { Writer } from '../../projenrc/samples/writer';
import * as patterns from '../../src';

const root = join(__dirname, '..', '..');

/** A program with a sample of the README or docs. */
export interface SampleProgram {
  readonly place: string;
  readonly name: string;
  readonly typescript: string;
  readonly sample: Sample;
}

/** The code that defines each variable that samples assume. */
const ASSUMED: Record<string, string> = {
  app: '',
  chart: '',
  api: "const api = new AppWorkload(chart, 'api', { image: 'ghcr.io/acme/api:1.4.2', port: 8080 });\n",
  orders: `const orders = new StatefulDatabase(chart, 'orders', {
  engine: DatabaseEngine.postgres({ version: PostgresVersion.V17 }),
  storage: DatabaseStorage.provisioned(Size.gibibytes(20)),
  memory: Size.gibibytes(1),
  credentials: DatabaseCredentials.fromGeneratedSecret(),
});
`,
};

/** The samples as programs, without those that declare a class, because the class is a part of the other programs. */
export function samplePrograms(): SampleProgram[] {
  const sources = samplesOf(PAGES);
  const programs = new Map(
    readSamples(sources)
      .filter(({ statements }) => !statements.some(({ kind }) => kind === 'class'))
      .map(sample => [
        sample.place,
        sample.complete ? sources.get(sample.place)! : whole(sample, sources.get(sample.place)!),
      ]),
  );
  return readSamples(programs).map((sample, i) => ({
    place: sample.place,
    name: `sample${i}`,
    typescript: programs.get(sample.place)!,
    sample,
  }));
}

function whole({ free }: Sample, code: string): string {
  const names = [
    ...new Set([code, ...free.map(({ name }) => ASSUMED[name])].join('\n').match(/\b[A-Z]\w+(?=[.({ ])/g)),
  ];
  return `import { ${[...new Set(['App', 'Chart', ...names.filter(name => name in cdk8s)])].join(', ')} } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { ${names.filter(name => name in patterns).join(', ')} } from 'cdk8s-storage-patterns';

const app = new App();
const chart = new Chart(app, 'sample', { namespace: 'shop' });
${free.map(({ name }) => ASSUMED[name]).join('')}${code}
app.synth();
`;
}

/** Writes the programs in a language, each to the path that `file` returns. */
export function writePrograms(
  folder: string,
  file: (name: string) => string,
  programs: readonly SampleProgram[],
  writer?: Writer,
): void {
  for (const { name, typescript, sample } of programs) {
    const path = join(folder, file(name));
    mkdirSync(join(path, '..'), { recursive: true });
    const text = writer ? writer.write(sample) : typescript;
    writeFileSync(path, writer?.language === 'java' ? `package ${name};\n\n${text}` : text);
  }
}

/** Whether a sample shows the error that it throws, as a comment. */
export const isRejected = ({ typescript }: SampleProgram) => /^\/\/ \[/m.test(typescript);

/** Runs a program in TypeScript against the source tree, and returns its output. */
export function runOnSource(folder: string, program: string): string {
  const tsx = [join(root, 'node_modules', '.bin', 'tsx'), '--tsconfig', join(root, 'test', 'tsconfig.json')];
  return run(folder, [...tsx, `${program}.ts`], { NODE_PATH: join(root, 'node_modules') });
}

/** Runs all samples against the source tree. Each writes its manifests to a folder, or its error to a file. */
export function runSamples(folder: string, samples: readonly SampleProgram[]): void {
  writePrograms(folder, name => `${name}.ts`, samples);
  const calls = samples.map(
    ({ name }) => `process.env.CDK8S_OUTDIR = '${name}';
try { require('./${name}'); } catch (error: any) { require('fs').writeFileSync('${name}.refusal', error.message); }
`,
  );
  writeFileSync(join(folder, 'all.ts'), calls.join(''));
  runOnSource(folder, 'all');
}

/** The manifests in a folder, by file. */
export function manifests(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .sort()
      .map(file => [file, readFileSync(join(folder, file), 'utf8')]),
  );
}
