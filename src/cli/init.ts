import { randomUUID } from 'crypto';
import * as fs from 'fs';
import { basename, dirname, join, relative, resolve } from 'path';
import { Argument, Command, Option } from 'commander';
import { checked, print } from './output';
import { message } from '../checks/message';

const root = join(__dirname, '..', '..');

/** The version of a package that was built from a clone. */
const UNRELEASED = '0.0.0';

const GO_MODULE = 'github.com/cdk8s-storage-patterns/cdk8s-storage-patterns-go/cdk8sstoragepatterns';

/** The commands that follow `init` in the directory of the app. */
interface NextSteps {
  /** Installs the dependencies from the registry. */
  readonly install?: string;
  /** Installs the package from the `dist` folder of a clone, because an unreleased version is in no registry. */
  readonly installFrom: (dist: string) => string;
  readonly run: readonly string[];
}

const NEXT_STEPS: Readonly<Record<string, NextSteps>> = {
  typescript: {
    install: 'npm install',
    installFrom: dist => `npm install ${dist}/js/*.tgz`,
    run: ['npm test', 'npm run synth'],
  },
  python: {
    install: 'python3 -m venv .venv && .venv/bin/pip install -r requirements.txt',
    installFrom: dist => `python3 -m venv .venv && .venv/bin/pip install ${dist}/python/*.whl`,
    run: ['.venv/bin/python -m unittest', '.venv/bin/python main.py'],
  },
  java: {
    installFrom: dist => `mkdir -p ~/.m2/repository && cp -R ${dist}/java/. ~/.m2/repository`,
    run: ['mvn test', 'mvn compile exec:java'],
  },
  go: {
    install: 'go mod tidy',
    installFrom: dist => `go mod edit -replace ${GO_MODULE}=${dist}/go/cdk8sstoragepatterns && go mod tidy`,
    run: ['go test ./...', 'go run .'],
  },
};

/** `init DIR`: creates an app. */
export function initCommand(program: Command): void {
  program
    .command('init')
    .description('Create an app: a chart, its configuration and a test.')
    .addArgument(new Argument('<directory>', 'A new directory, whose name becomes the name of the app.'))
    .addOption(
      new Option('--language <language>', 'The language of the app.')
        .choices(Object.keys(NEXT_STEPS))
        .default('typescript'),
    )
    .action((directory: string, { language }: { language: string }, command: Command) => {
      const name = directory === '' ? '' : basename(resolve(directory));
      if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name)) {
        command.error(
          `error: Invalid app name '${name}'. Name the directory with lowercase letters, digits and hyphens. Begin ` +
            'with a letter, and do not end with a hyphen.',
        );
      }
      checked(command, () => createApp(directory, language, name));
      const steps = [`cd ${directory}`, ...nextSteps(directory, NEXT_STEPS[language]), 'kubectl apply -f dist/'];
      print(`Created ${name}. Next steps:\n\n${steps.map(step => `  ${step}\n`).join('')}`);
    });
}

function nextSteps(directory: string, { install, installFrom, run }: NextSteps): string[] {
  const { version } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'));
  const clone = fs.existsSync(join(root, 'src')) ? relative(directory, root) : 'PATH_OF_THE_CLONE';
  const first = version === UNRELEASED ? installFrom(`${clone}/dist`) : install;
  return [...(first === undefined ? [] : [first]), ...run];
}

/**
 * Creates the directory whole or not at all: an app without placeholders is renamed into its place.
 *
 * @throws Error with a sentence that names the directory, if it is not empty or cannot be created
 */
function createApp(directory: string, language: string, name: string): void {
  let current: fs.Stats | undefined;
  try {
    current = fs.lstatSync(directory, { throwIfNoEntry: false }) && fs.statSync(directory);
    if (current?.isDirectory() && fs.readdirSync(directory).length === 0) {
      fillDirectory(directory, language, name);
      return;
    }
    if (current === undefined) {
      createDirectory(directory, language, name);
      return;
    }
  } catch (cause) {
    const problem = `Directory '${directory}' cannot be created: ${(cause as Error).message}.`;
    throw new Error(message(problem, 'Specify another directory.'), { cause });
  }
  const problem = current.isDirectory()
    ? `Directory '${directory}' is not empty.`
    : `'${directory}' is not a directory.`;
  throw new Error(message(problem, 'Specify a new directory.'));
}

function createDirectory(directory: string, language: string, name: string): void {
  const parent = dirname(resolve(directory));
  createDirectories(parent);
  withApp(parent, language, name, temporary => fs.renameSync(temporary, directory));
}

/** Creates a directory and those above it. The option `recursive` of Node.js does not return in `/proc`. */
function createDirectories(directory: string): void {
  if (!fs.existsSync(directory)) {
    createDirectories(dirname(directory));
    fs.mkdirSync(directory);
  }
}

/** An empty directory can be the working directory of the shell, and is kept. */
function fillDirectory(directory: string, language: string, name: string): void {
  withApp(directory, language, name, temporary =>
    fs.readdirSync(temporary).forEach(entry => fs.renameSync(join(temporary, entry), join(directory, entry))),
  );
}

/** Writes the app to a temporary directory in a parent, which is removed if it is not moved. */
function withApp(parent: string, language: string, name: string, move: (temporary: string) => void): void {
  const temporary = join(parent, `.${name}.${randomUUID()}`);
  try {
    writeApp(temporary, language, name);
    move(temporary);
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true });
  }
}

function writeApp(directory: string, language: string, name: string): void {
  const { version, peerDependencies } = JSON.parse(fs.readFileSync(join(root, 'package.json'), 'utf8'));
  const values: Record<string, string> = { name, version, ...peerDependencies };
  fs.mkdirSync(directory);
  for (const template of ['common', language]) {
    fs.cpSync(join(root, 'templates', template), directory, { recursive: true });
  }
  // npm omits files named `.gitignore` from packages
  fs.renameSync(join(directory, 'gitignore'), join(directory, '.gitignore'));
  for (const file of fs
    .readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .map(path => join(directory, path))) {
    if (fs.statSync(file).isFile()) {
      fs.writeFileSync(
        file,
        fs.readFileSync(file, 'utf8').replace(/\{\{([\w-]+)\}\}/g, (_, key) => values[key]),
      );
    }
  }
}
