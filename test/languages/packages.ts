import { ChildProcess, spawn } from 'child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { createServer } from 'net';
import { homedir, tmpdir } from 'os';
import { join } from 'path';
import { run } from './run';

const root = join(__dirname, '..', '..');
export const NAME = 'cdk8s-storage-patterns';
export const VERSION: string = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;

/** The dependencies whose Java and Go packages `npx projen package:dependencies` generates. */
const DEPENDENCIES = ['constructs', 'cdk8s', 'cdk8s-plus-28'].map(name => join(root, 'node_modules', name));

/** Returns a folder of packages, or fails with the command that creates it. */
function packaged(folder: string, command: string): string {
  if (!existsSync(folder)) {
    throw new Error(`Folder ${folder} does not exist. Run 'npx projen ${command}'.`);
  }
  return folder;
}

function only(folder: string, ending: string): string {
  const files = readdirSync(packaged(folder, 'package-all')).filter(name => name.endsWith(ending));
  if (files.length !== 1) {
    throw new Error(
      `Folder ${folder} has ${files.length} files ${ending}. Delete it, and run 'npx projen package-all'.`,
    );
  }
  return join(folder, files[0]);
}

export const npmPackage = () => only(join(root, 'dist', 'js'), '.tgz');
export const wheel = () => only(join(root, 'dist', 'python'), '.whl');

/** The README that the registries of Python and Go show. */
export const README: Record<string, () => string> = {
  python: () =>
    run(root, ['tar', '-xzOf', only(join(root, 'dist', 'python'), '.tar.gz'), '--wildcards', '*/README.md']),
  go: () =>
    readFileSync(join(packaged(join(root, 'dist', 'go'), 'package-all'), 'cdk8sstoragepatterns', 'README.md'), 'utf8'),
};

/** Creates a Maven repository with the packages, and returns the options that make Maven use it. */
export function mavenRepository(): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'maven-'));
  for (const dist of [
    packaged(join(root, 'dist', 'java'), 'package-all'),
    ...DEPENDENCIES.map(module => packaged(join(module, 'dist', 'java'), 'package:dependencies')),
  ]) {
    cpSync(dist, join(folder, 'repository'), { recursive: true });
  }
  // Maven does not read a version again that it has cached
  rmSync(join(homedir(), '.m2', 'repository', 'io', 'github', NAME, NAME, VERSION), { recursive: true, force: true });
  const settings = join(folder, 'settings.xml');
  const url = `file://${join(folder, 'repository')}`;
  writeFileSync(
    settings,
    `<settings>
  <profiles>
    <profile>
      <id>packaged</id>
      <activation><activeByDefault>true</activeByDefault></activation>
      <repositories><repository><id>packaged</id><url>${url}</url></repository></repositories>
    </profile>
  </profiles>
</settings>
`,
  );
  return ['--batch-mode', '--quiet', '--settings', settings];
}

/** Creates a module proxy with the packages, and returns the environment that makes Go use it. */
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
    // these modules are not in the checksum database, and must not be cached with others
    GONOSUMDB: 'github.com/cdk8s-storage-patterns,github.com/cdk8s-team,github.com/aws/constructs-go',
    GOMODCACHE: join(folder, 'modules'),
    GOFLAGS: '-modcacherw',
  };
}

/** A local npm registry with the package, in front of the configured one. */
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
    // npm publishes only with a token, and the registry accepts any
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
          "Verdaccio, the npm registry of the test, does not answer. Run 'npm ci' and 'npm exec verdaccio' in " +
            'test/languages/registry to see why.',
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
