import { spawnSync } from 'child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import type { Recorded } from './record';
import { Inventory } from '../../src/inspect/inventory';
import { readYaml } from '../../src/inspect/read-yaml';
import { reportOf } from '../../src/safety/formats/report';
import { toText } from '../../src/safety/formats/text';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { templateText } from '../words/source-texts';

const ROOT = join(__dirname, '..', '..');

/** A call that refuses something or warns of it. */
interface MessageSite {
  readonly place: string;
  readonly template: string;
}

/** Every call of `fail` and `warn` in the sources. */
function sites(): MessageSite[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.ts') && file !== join('checks', 'fail.ts'))
    .sort()
    .flatMap(file => sitesOf(join('src', file)));
}

function sitesOf(file: string): MessageSite[] {
  const source = ts.createSourceFile(file, readFileSync(join(ROOT, file), 'utf8'), ts.ScriptTarget.Latest, true);
  const found: MessageSite[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ['fail', 'warn'].includes(node.expression.getText())) {
      const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
      const [, problem, remedy] = node.arguments.map(argument => templateText(argument) ?? '`x`');
      found.push({ place: `${file}:${line}`, template: `${problem} ${remedy}` });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The messages that the unit tests see, by the call that they come from. */
function recorded(): Map<string, string[]> {
  const file = join(mkdtempSync(join(process.env.TMPDIR ?? '/tmp', 'messages-')), 'messages.jsonl');
  // only the runner of Jest replaces modules
  const options = ['--silent', '--runner', 'jest-runner', '--setupFiles', './test/messages/record.ts'];
  const { status, error } = spawnSync('npx', ['jest', ...options], {
    cwd: ROOT,
    env: { ...process.env, MESSAGES_FILE: file },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (error || status === null) {
    throw new Error(`The tests did not run: ${error?.message}`);
  }
  const messages = new Map<string, string[]>();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const { site, text } = JSON.parse(line) as Recorded;
    messages.set(site, [...(messages.get(site) ?? []), text]);
  }
  return messages;
}

function heading(title: string): string {
  return `\n=== ${title} ===\n`;
}

/** The message that is read best: neither generated nor huge. */
function sample(messages: readonly string[]): string {
  const written = messages.filter(text => /^[\x20-\x7e\n]*$/.test(text));
  return [...(written.length > 0 ? written : messages)].sort((a, b) => a.length - b.length)[0];
}

function printRefusals(): number {
  const messages = recorded();
  process.stdout.write(heading('Errors and warnings'));
  let unseen = 0;
  for (const { place, template } of sites()) {
    const seen = messages.get(place);
    unseen += seen ? 0 : 1;
    process.stdout.write(`${place}\n  ${seen ? sample(seen) : `(in no test) ${template}`}\n`);
  }
  return unseen;
}

function printFindings(): void {
  process.stdout.write(heading('Findings'));
  const corpus = join(ROOT, 'test', 'corpus');
  for (const rule of RULES) {
    const file = readdirSync(corpus)
      .filter(name => name.startsWith(`${rule.id}.`) && !name.includes('.fine.'))
      .sort()[0];
    const { objects } = readYaml(readFileSync(join(corpus, file), 'utf8'), file);
    process.stdout.write(`${toText(reportOf(audit(new Inventory(objects), { rules: [rule] })))}\n`);
  }
}

function printCommand(): void {
  process.stdout.write(heading('Command'));
  const calls = [
    ['--help'],
    ['audit', '--help'],
    ['map', '--help'],
    ['rules', '--help'],
    ['init', '--help'],
    ['rules'],
    ['audit', 'no-such-file.yaml'],
    ['audit', '--rule', 'pinned-images', 'README.md'],
    ['audit', '--waive', 'pinned-image', 'README.md'],
    ['audit', '--waive', 'pinned-image=because', 'README.md'],
    ['map', 'README.md'],
    ['init', 'cobol', 'shop'],
  ];
  for (const args of calls) {
    const { stdout, stderr } = spawnSync('npx', ['tsx', 'src/cli/main.ts', ...args], { cwd: ROOT, encoding: 'utf8' });
    process.stdout.write(`$ cdk8s-storage-patterns ${args.join(' ')}\n${stdout}${stderr}\n`);
  }
}

printFindings();
printCommand();
const unseen = printRefusals();
process.stdout.write(`\n${unseen} errors and warnings are in no test.\n`);
