import { ChildProcess, spawn } from 'child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createServer } from 'net';
import { homedir, tmpdir } from 'os';
import { join } from 'path';
import { run } from './run';

const root = join(__dirname, '..', '..');
export const NAME = 'cdk8s-storage-patterns';
export const VERSION: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/** The package's dependencies of other languages: what `npx projen package:dependencies` makes of them. */
const DEPENDENCIES = ['constructs', 'cdk8s', 'cdk8s-plus-28'].map(name => join(root, 'node_modules', name));

/** A folder of packages, or the command that makes them. */
function packaged(folder: string, command: string): string {
  if (!existsSync(folder)) {
    throw new Error(`there is no ${folder}. make it with 'npx projen ${command}'`);
  }
  return folder;
}

function only(folder: string, ending: string): string {
  const files = readdirSync(packaged(folder, 'package-all')).filter(name => name.endsWith(ending));
  if (files.length !== 1) {
    throw new Error(`${folder} has ${files.length} files ${ending}. make one with 'npx projen package-all'`);
  }
  return join(folder, files[0]);
}

export const npmPackage = () => only(join(root, 'dist', 'js'), '.tgz');
export const wheel = () => only(join(root, 'dist', 'python'), '.whl');

/** What the registries of Python and Go show of the package. */
export const README: Record<string, () => string> = {
  python: () =>
    run(root, ['tar', '-xzOf', only(join(root, 'dist', 'python'), '.tar.gz'), '--wildcards', '*/README.md']),
  go: () =>
    readFileSync(join(packaged(join(root, 'dist', 'go'), 'package-all'), 'cdk8sstoragepatterns', 'README.md'), 'utf8'),
};

/** A Maven repository with the packages, and the options that have Maven read it. */
export function mavenRepository(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'maven-'));
  for (const dist of [
    packaged(join(root, 'dist', 'java'), 'package-all'),
    ...DEPENDENCIES.map(module => packaged(join(module, 'dist', 'java'), 'package:dependencies')),
  ]) {
    cpSync(dist, join(folder, 'repository'), { recursive: true });
  }
  // Maven never asks again for a version that it has
  rmSync(join(homedir(), '.m2', 'repository', 'io', 'github', NAME, NAME, VERSION), { recursive: true, force: true });
  const settings = join(folder, 'settings.xml');
  writeFileSync(
    settings,
    `<settings>
  <profiles>
    <profile>
      <id>packaged</id>
      <activation><activeByDefault>true</activeByDefault></activation>
      <repositories>
        <repository><id>packaged</id><url>file://${join(folder, 'repository')}</url></repository>
      </repositories>
    </profile>
  </profiles>
</settings>
`,
  );
  return ['--batch-mode', '--quiet', '--settings', settings];
}

/** A file-system module proxy with the packages, and the environment that has Go read it. */
export function goProxy(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'go-'));
  const modules = [
    packaged(join(root, 'dist', 'go'), 'package-all'),
    ...DEPENDENCIES.map(module => packaged(join(module, 'dist', 'go'), 'package:dependencies')),
  ].map(dist => join(dist, readdirSync(dist)[0]));
  const proxy = join(folder, 'proxy');
  run(join(__dirname, 'module-proxy'), ['go', 'run', '.', proxy, ...modules]);
  return {
    GOPROXY: `file://${proxy},${run(folder, ['go', 'env', 'GOPROXY']).trim()}`,
    // made here, so unknown to the checksum database, and no business of the modules that are cached already
    GONOSUMDB: 'github.com/cdk8s-storage-patterns,github.com/cdk8s-team,github.com/aws/constructs-go',
    GOMODCACHE: join(folder, 'modules'),
    GOFLAGS: '-modcacherw',
  };
}

/** An npm registry of its own with the package, in front of the one that npm is configured for. */
export class NpmRegistry {
  public static async start(): Promise<NpmRegistry> {
    const folder = mkdtempSync(join(tmpdir(), 'npm-'));
    const port = await freePort();
    const npm = (key: string) => run(folder, ['npm', 'config', 'get', key]).trim();
    writeFileSync(
      join(folder, 'config.yaml'),
      JSON.stringify({
        storage: './storage',
        uplinks: { upstream: { url: npm('registry') } },
        packages: { [NAME]: { access: '$all', publish: '$all' }, '**': { access: '$all', proxy: 'upstream' } },
        log: { type: 'stdout', format: 'json', level: 'error' },
      }),
    );
    cpSync(join(__dirname, 'registry'), folder, { recursive: true });
    run(folder, ['npm', 'ci', '--no-audit', '--no-fund']);
    const program = join(folder, 'node_modules', '.bin', 'verdaccio');
    const server = spawn(program, ['--config', 'config.yaml', '--listen', `127.0.0.1:${port}`], {
      cwd: folder,
      stdio: 'ignore',
      env: { NODE_EXTRA_CA_CERTS: npm('cafile'), ...process.env },
    });
    const registry = new NpmRegistry(server, `http://127.0.0.1:${port}/`);
    await registry.answers();
    // npm publishes with a token alone, and the registry takes any
    run(folder, [
      'npm',
      'publish',
      npmPackage(),
      '--registry',
      registry.url,
      '--no-provenance',
      `--//127.0.0.1:${port}/:_authToken=any`,
    ]);
    return registry;
  }

  private constructor(
    private readonly server: ChildProcess,
    public readonly url: string,
  ) {}

  private async answers(): Promise<void> {
    const end = Date.now() + 60_000;
    while (
      !(await fetch(`${this.url}-/ping`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      if (Date.now() > end || this.server.exitCode !== null) {
        throw new Error(
          "Verdaccio, the npm registry of the test, does not answer. run 'npx verdaccio' in " +
            'test/languages/registry to see why',
        );
      }
      await new Promise(resolve => setTimeout(resolve, 250));
    }
  }

  public stop(): void {
    this.server.kill();
  }
}

function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
