import { cpSync, mkdirSync, mkdtempSync, readdirSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, dirname, join } from 'path';
import { goProxy, mavenRepository, NAME, NpmRegistry, VERSION, wheel } from './packages';
import { requireTool, run } from './run';

/** The steps with which users of a language install the package and run a program. */
export interface Language {
  readonly name: string;
  /** Returns the path of a program's source. */
  file(program: string): string;
  /** Builds the programs in a folder against the packaged library. */
  build(folder: string): Promise<void>;
  /** Runs a built program and returns its output. */
  run(folder: string, program: string, env?: Record<string, string>): string;
  /** Runs the next steps that `init` prints: installs, tests and synthesizes an app. */
  begin(app: string): void;
  /** Stops what `build` started. */
  end?(): void;
}

class TypeScript implements Language {
  public readonly name = 'TypeScript';
  private registry?: NpmRegistry;
  public readonly file = (program: string) => `${program}.ts`;

  public async build(folder: string): Promise<void> {
    requireTool('npm', ['--version'], 'Install Node.js, https://nodejs.org');
    this.registry = await NpmRegistry.start();
    const install = ['npm', 'install', '--registry', this.registry.url, '--no-audit', '--no-fund'];
    run(folder, ['npm', 'init', '--yes']);
    run(folder, [...install, NAME, 'cdk8s', 'cdk8s-plus-28', 'constructs']);
    run(folder, [...install, '--save-dev', 'typescript@~6.0', '@types/node@20']);
    run(folder, [
      'npx',
      'tsc',
      '--strict',
      '--module',
      'node16',
      '--target',
      'es2022',
      '--types',
      'node',
      ...readdirSync(folder).filter(name => name.endsWith('.ts')),
    ]);
  }

  public run(folder: string, program: string, env?: Record<string, string>): string {
    return run(folder, ['node', `${program}.js`], env);
  }

  public begin(app: string): void {
    run(app, ['npm', 'install', '--registry', this.registry!.url]);
    run(app, ['npm', 'test']);
    run(app, ['npm', 'run', 'synth']);
  }

  public end(): void {
    this.registry?.stop();
  }
}

class Python implements Language {
  public readonly name = 'Python';
  public readonly file = (program: string) => `${program}.py`;

  public async build(folder: string): Promise<void> {
    requireTool('python3', ['-m', 'venv', '--help'], 'Install Python 3.10 or later with venv, https://www.python.org');
    run(folder, ['python3', '-m', 'venv', '.venv']);
    run(folder, ['.venv/bin/pip', 'install', '--quiet', wheel()]);
  }

  public run(folder: string, program: string, env?: Record<string, string>): string {
    return run(folder, ['.venv/bin/python', `${program}.py`], { PYTHONIOENCODING: 'utf-8', ...env });
  }

  public begin(app: string): void {
    run(app, ['python3', '-m', 'venv', '.venv']);
    run(app, ['.venv/bin/pip', 'install', '--quiet', '--find-links', dirname(wheel()), '-r', 'requirements.txt']);
    run(app, ['.venv/bin/python', '-m', 'unittest']);
    // many users run tests with pytest, which collects classes by their name
    run(app, ['.venv/bin/pip', 'install', '--quiet', 'pytest']);
    run(app, ['.venv/bin/python', '-m', 'pytest', '--quiet']);
    run(app, ['.venv/bin/python', 'main.py']);
  }
}

class Java implements Language {
  public readonly name = 'Java';
  private settings: string[] = [];
  public readonly file = (program: string) => `src/main/java/${program}/Main.java`;

  public async build(folder: string): Promise<void> {
    requireTool('javac', ['-version'], 'Install a JDK, 11 or later, https://adoptium.net');
    requireTool('mvn', ['--version'], 'Install Maven, https://maven.apache.org');
    this.settings = mavenRepository();
    run(folder, ['mvn', ...this.settings, `-D${NAME}.version=${VERSION}`, 'compile', 'dependency:copy-dependencies']);
  }

  public run(folder: string, program: string, env?: Record<string, string>): string {
    return run(
      folder,
      ['java', '-cp', ['target/classes', 'target/dependency/*'].join(delimiter), `${program}.Main`],
      env,
    );
  }

  public begin(app: string): void {
    run(app, ['mvn', ...this.settings, 'test']);
    run(app, ['mvn', ...this.settings, 'compile', 'exec:java']);
  }
}

class Go implements Language {
  public readonly name = 'Go';
  private env: Record<string, string> = {};
  public readonly file = (program: string) => `${program}/main.go`;

  public async build(folder: string): Promise<void> {
    requireTool('go', ['version'], 'Install Go 1.25 or later, https://go.dev');
    this.env = goProxy();
    run(folder, ['go', 'mod', 'init', 'shop']);
    run(folder, ['go', 'get', `github.com/${NAME}/${NAME}-go/cdk8sstoragepatterns@v${VERSION}`], this.env);
    run(folder, ['go', 'mod', 'tidy'], this.env);
    mkdirSync(join(folder, 'bin'));
    run(folder, ['go', 'build', '-o', 'bin', './...'], this.env);
  }

  public run(folder: string, program: string, env?: Record<string, string>): string {
    return run(folder, [join(folder, 'bin', program)], env);
  }

  public begin(app: string): void {
    run(app, ['go', 'mod', 'tidy'], this.env);
    run(app, ['go', 'test', './...'], this.env);
    run(app, ['go', 'run', '.'], this.env);
  }
}

export const LANGUAGES: Language[] = [new TypeScript(), new Python(), new Java(), new Go()];

/** Copies the programs of a language to a folder outside of the repository. */
export function workspace(language: { readonly name: string }): string {
  const folder = mkdtempSync(join(tmpdir(), `${language.name.toLowerCase()}-`));
  cpSync(join(__dirname, language.name.toLowerCase()), folder, { recursive: true });
  cpSync(join(__dirname, 'files'), folder, { recursive: true });
  return folder;
}
