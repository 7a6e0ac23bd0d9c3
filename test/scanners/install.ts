import { execFileSync } from 'child_process';
import { createHash } from 'crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { homedir } from 'os';
import { join } from 'path';
import { strictSchemas } from '../schemas/strict';

const CACHE = join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'cdk8s-storage-patterns', 'scanners');

const run = (program: string, args: string[], cwd: string, env: Record<string, string> = {}) =>
  execFileSync(program, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 28,
  });

/** Builds a program from the module of its name beside this file; where nothing has changed, Go has little to do. */
export function goProgram(name: string, programPackage: string, env?: Record<string, string>): string {
  mkdirSync(CACHE, { recursive: true });
  const program = join(CACHE, name);
  run('go', ['build', '-o', program, programPackage], join(__dirname, name), env);
  return program;
}

/** Installs the locked packages into a virtual environment, one for each lock. */
export function pythonProgram(name: string): string {
  const requirements = join(__dirname, name, 'requirements.txt');
  const lock = createHash('sha256').update(readFileSync(requirements)).digest('hex').slice(0, 10);
  const environment = join(CACHE, `${name}-${lock}`);
  const installed = join(environment, 'installed');
  if (!existsSync(installed)) {
    run('python3', ['-m', 'venv', '--clear', environment], __dirname);
    run(
      join(environment, 'bin', 'python'),
      ['-m', 'pip', 'install', '--quiet', '--no-deps', '--requirement', requirements],
      __dirname,
    );
    writeFileSync(installed, '');
  }
  return join(environment, 'bin', name);
}

/** A folder with a strict schema for each kind, in the layout that kubeconform and kubesec look for. */
export function schemaFolder(version: string, kinds: ReadonlySet<string>): string {
  const wanted = createHash('sha256')
    .update([...kinds].sort().join())
    .digest('hex')
    .slice(0, 10);
  const folder = join(CACHE, `schemas-${version}-${wanted}`);
  if (!existsSync(folder)) {
    const { Dir: source } = JSON.parse(
      run('go', ['mod', 'download', '-json', `k8s.io/kubernetes@v${version}`], __dirname, { GOFLAGS: '-mod=mod' }),
    );
    const { definitions } = JSON.parse(readFileSync(join(source, 'api', 'openapi-spec', 'swagger.json'), 'utf8'));
    const schemas = strictSchemas(definitions, kinds);
    mkdirSync(folder, { recursive: true });
    for (const [kind, definition] of Object.entries(schemas.kinds)) {
      const [apiVersion, name] = kind.split(' ');
      const suffix = apiVersion
        .replace(/\.k8s\.io/, '')
        .replace('/', '-')
        .replace(/\..*-/, '-');
      writeFileSync(
        join(folder, `${name.toLowerCase()}-${suffix}.json`),
        JSON.stringify({ $ref: `#/definitions/${definition}`, definitions: schemas.definitions }),
      );
    }
  }
  return folder;
}
