import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import * as patterns from '../../src';
import { POD_DEFAULTS } from '../../src/pod/harden';

const root = join(__dirname, '..', '..');
const pages = ['README.md', ...readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md')).map(name => `docs/${name}`)];
const text = (page: string) => readFileSync(join(root, page), 'utf8');

// what a sample without imports may use
const PRELUDE = `
import { ApiObject, App, Chart, Duration, JsonPatch, Size } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Construct } from 'constructs';
import * as patterns from 'cdk8s-storage-patterns';
`;

test('every sample of README and docs compiles', () => {
  const exported = Object.keys(patterns).filter(name => !/^_/.test(name));
  const types = ['ICapability', 'CapabilityBindOptions', 'PodContribution'];
  const samples = new Map<string, string>();
  for (const page of pages) {
    [...text(page).matchAll(/^```ts\n([\s\S]*?)^```$/gm)].forEach(([, code], i) => {
      const prelude = `${PRELUDE}${exported.map(name => `const ${name} = patterns.${name};\n`).join('')}${types.map(name => `type ${name} = patterns.${name};\n`).join('')}
declare const chart: Chart; declare const api: patterns.Workload; declare const orders: patterns.IDatabase;\n`;
      samples.set(join(root, 'test', `sample-${page.replace(/\W/g, '-')}-${i}.ts`), code.includes('import ') ? code : `${prelude}{\n${code}}\n`);
    });
  }
  expect(samples.size).toBeGreaterThan(5);
  const { config } = ts.readConfigFile(join(root, 'test', 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, join(root, 'test'));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = file => samples.has(file) || fileExists(file);
  host.getSourceFile = (file, ...rest) => {
    const sample = samples.get(file);
    return sample === undefined ? getSourceFile.call(host, file, ...rest) : ts.createSourceFile(file, sample, ts.ScriptTarget.ES2022);
  };
  const loose = { noUnusedLocals: false, noUnusedParameters: false, isolatedModules: false };
  const program = ts.createProgram([...samples.keys()], { ...options, ...loose }, host);
  const problems = ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
  expect(problems).toEqual([]);
}, 60_000);

test('no sample escapes the compiler by its tag', () => {
  pages.forEach(page => expect(text(page)).not.toMatch(/^```(ts|typescript) .*$/m));
});

test('every rule and waiver is in the list of safe defaults', () => {
  const page = text('docs/safe-defaults.md');
  const waivers = Object.getOwnPropertyNames(patterns.Waiver).filter(name => typeof (patterns.Waiver as any)[name] === 'function');
  const rules = waivers.map(name => (patterns.Waiver as any)[name]('').rule);
  for (const rule of [...rules, ...Object.keys(POD_DEFAULTS)]) {
    expect(page).toContain(`| \`${rule}\` |`);
  }
  for (const waiver of waivers) {
    expect(page).toContain(`\`Waiver.${waiver}\``);
  }
});

test('every link between pages leads somewhere', () => {
  for (const page of [...pages, 'CONTRIBUTING.md']) {
    for (const [, target] of text(page).matchAll(/\]\((?!https?:)([^)#]+)[^)]*\)/g)) {
      expect(() => readdirSync(join(root, page, '..', target, '..'))).not.toThrow();
      expect(readdirSync(join(root, page, '..', target, '..'))).toContain(target.split('/').pop());
    }
  }
});
