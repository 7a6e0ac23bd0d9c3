import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'fs';
import { basename, join, resolve } from 'path';
import { Argument, Command, Option } from 'commander';

const root = join(__dirname, '..', '..');

/** What a language needs after `init`, in the app's directory. */
const NEXT_STEPS: Record<string, string[]> = {
  typescript: ['npm install', 'npm test', 'npm run synth'],
  python: [
    'python3 -m venv .venv && .venv/bin/pip install -r requirements.txt',
    '.venv/bin/python -m unittest',
    '.venv/bin/python main.py',
  ],
  java: ['mvn test', 'mvn compile exec:java'],
  go: ['go mod tidy', 'go test ./...', 'go run .'],
};

/** `init DIR`: begins an app. */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description('begin an app: a chart, its configuration and a test')
    .addArgument(
      new Argument('<directory>', 'a new directory, named as the app: lower-case letters, digits and hyphens'),
    )
    .addOption(
      new Option('--language <language>', 'what it is written in')
        .choices(Object.keys(NEXT_STEPS))
        .default('typescript'),
    )
    .action((directory: string, { language }: { language: string }, command: Command) => {
      const name = basename(resolve(directory));
      if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
        command.error(
          `error: an app cannot be named '${name}'. name the directory with lower-case letters, digits and ` +
            'hyphens, from a letter on',
        );
      }
      if (existsSync(directory) && readdirSync(directory).length > 0) {
        command.error(`error: '${directory}' is not empty. name a directory that is new`);
      }
      writeApp(directory, language, name);
      process.stdout.write(
        `${directory} is there. next, in that ` +
          `directory:\n\n${NEXT_STEPS[language].map(step => `  ${step}\n`).join('')}\nthen kubectl apply -f dist/\n`,
      );
    });
}

function writeApp(directory: string, language: string, name: string): void {
  const { version, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const values: Record<string, string> = { name, version, ...peerDependencies };
  mkdirSync(directory, { recursive: true });
  for (const template of ['common', language]) {
    cpSync(join(root, 'templates', template), directory, { recursive: true });
  }
  // npm would leave a `.gitignore` out of the package
  renameSync(join(directory, 'gitignore'), join(directory, '.gitignore'));
  for (const file of readdirSync(directory, { recursive: true, encoding: 'utf8' }).map(path => join(directory, path))) {
    if (statSync(file).isFile()) {
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/\{\{([\w-]+)\}\}/g, (_, key) => values[key]),
      );
    }
  }
}
