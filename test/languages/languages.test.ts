import { existsSync, mkdtempSync, readFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { LANGUAGES, workspace } from './languages';
import { npmPackage } from './packages';
import { run } from './run';
import { isRejected, manifests, runOnSource, runSamples, samplePrograms, translate, writeProgram } from './samples';
import { WRITERS } from '../../projenrc/samples/pages';

const samples = samplePrograms();
const translations = translate(samples, WRITERS);

/** The programs in TypeScript, and their manifests and errors, on the source tree. */
const source = workspace({ name: 'TypeScript' });
runSamples(source, samples);
const manifest = runOnSource(source, 'shop');
const error = runOnSource(source, 'refused').trim();

/** The command of the packaged library, as npm installs it. */
const installed = mkdtempSync(join(tmpdir(), 'command-'));
run(installed, ['npm', 'install', '--no-audit', '--no-fund', npmPackage()]);
function init(language: string): string {
  const app = join(mkdtempSync(join(tmpdir(), 'app-')), 'first-app');
  run(installed, ['npx', 'cdk8s-storage-patterns', 'init', app, '--language', language.toLowerCase()]);
  return app;
}

/** The manifests of the app in TypeScript, from the source tree. */
const firstApp = (() => {
  const app = init('TypeScript');
  runOnSource(app, 'main');
  return manifests(join(app, 'dist'));
})();

test('the program has all three patterns, both kinds of database, waivers, extensions and a custom rule', () => {
  for (const part of [
    'kind: StatefulSet',
    'kind: Deployment',
    'image: docker.io/otel/',
    'stock.example.com',
    'waiver.cdk8s-storage-patterns/',
    'name: cache-warmer',
    'claimName: uploads',
    '"ruleId": "acme-owner-label"',
  ]) {
    expect(manifest).toContain(part);
  }
});

test('rejects a sample only if the sample shows an error', () => {
  const refused = samples.filter(({ name }) => existsSync(join(source, `${name}.refusal`)));
  expect(refused).toEqual(samples.filter(isRejected));
});

describe.each(LANGUAGES.map(language => [language.name, language] as const))('%s', (name, language) => {
  const folder = workspace(language);
  beforeAll(async () => {
    const writer = WRITERS.find(({ title }) => title === name);
    const texts = writer ? translations.get(writer)! : samples.map(({ typescript }) => typescript);
    texts.forEach((text, i) => writeProgram(join(folder, language.file(samples[i].name)), text));
    await language.build(folder);
  });
  afterAll(() => language.end?.());

  test('gives the same manifest, byte for byte', () => {
    expect(language.run(folder, 'shop')).toBe(manifest);
  });

  test('prints the same error', () => {
    expect(error).toMatch(/^\[shop\/api\] .*'ghcr\.io\/acme\/api'/);
    // the message in Java also has the stack trace of JavaScript
    expect(language.run(folder, 'refused').split('\n')[0]).toBe(error);
  });

  test('creates an app whose test passes', () => {
    const app = init(name);
    language.begin(app);
    expect(manifests(join(app, 'dist'))).toEqual(firstApp);
  });

  test.each(samples.map(sample => [sample.place, sample] as const))(
    'the sample at %s gives the same manifests, or the same error',
    (_place, { name: program }) => {
      const CDK8S_OUTDIR = join(folder, 'out', program);
      const refusal = join(source, `${program}.refusal`);
      if (existsSync(refusal)) {
        expect(() => language.run(folder, program, { CDK8S_OUTDIR })).toThrow(readFileSync(refusal, 'utf8'));
        return;
      }
      language.run(folder, program, { CDK8S_OUTDIR });
      expect(manifests(CDK8S_OUTDIR)).toEqual(manifests(join(source, program)));
    },
  );
});
