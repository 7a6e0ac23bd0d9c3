import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import * as cdk8s from 'cdk8s';
import { run } from './run';
import { PAGES, readPages, samplesOf } from '../../projenrc/samples/pages';
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
  return [...sources.keys()]
    .map(place => readPages().get(place)!)
    .filter(({ statements }) => !statements.some(({ kind }) => kind === 'class'))
    .map((sample, i) => {
      const code = sources.get(sample.place)!;
      return { place: sample.place, name: `sample${i}`, typescript: sample.complete ? code : whole(sample, code) };
    });
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

/** Translates the programs to each of the languages. */
export function translate(programs: readonly SampleProgram[], writers: readonly Writer[]): Map<Writer, string[]> {
  const samples = readSamples(new Map(programs.map(({ place, typescript }) => [place, typescript])));
  const textOf = (writer: Writer, sample: Sample, name: string) =>
    writer.language === 'java' ? `package ${name};\n\n${writer.write(sample)}` : writer.write(sample);
  return new Map(writers.map(writer => [writer, samples.map((sample, i) => textOf(writer, sample, programs[i].name))]));
}

/** Writes a program and the directory that it is in. */
export function writeProgram(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
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
  samples.forEach(({ name, typescript }) => writeProgram(join(folder, `${name}.ts`), typescript));
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
