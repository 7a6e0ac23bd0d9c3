import { execFileSync } from 'child_process';
import { accessSync, constants, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { delimiter, join } from 'path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';
import type { Program } from './runs';

const ROOT = join(__dirname, '..', '..');
const OURS = 'cdk8s-storage-patterns';
/** This library, with its class of apps. */
export const SINGLE_PASS = 'SinglePassApp';
export const PLUS = 'cdk8s-plus-28';

/** The temporary folder with the compiled programs, their input and their output. */
export class Workshop {
  public readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-storage-patterns-bench-'));
  private readonly apps = this.compile('apps');
  private outputs = 0;

  /** Compiles a program of this folder, so that its run does not include the compiler. */
  private compile(name: string): string {
    const { outputText } = transpileModule(readFileSync(join(__dirname, `${name}.ts`), 'utf8'), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
    });
    // the file must find the installed modules and the compiled package
    const folder = join(ROOT, 'dist', 'bench');
    mkdirSync(folder, { recursive: true });
    const file = join(folder, `${name}.js`);
    writeFileSync(file, outputText);
    return file;
  }

  /** A program that synthesizes apps with this library, and the same one with cdk8s-plus-28. */
  public synthesis(charts: number, apps: number, { warm = false, libraries = [OURS, PLUS] } = {}): Program[] {
    return libraries.map(library => ({
      name: library,
      command: [
        process.execPath,
        this.apps,
        library,
        join(this.folder, `out-${this.outputs++}`),
        String(charts),
        String(apps),
        ...(warm ? ['warm'] : []),
      ],
    }));
  }

  /** Programs that synthesize charts: with this library and each class of apps, and with cdk8s-plus-28. */
  public charts(charts: number, apps = 1, warm = true): Program[] {
    return this.synthesis(charts, apps, { warm, libraries: [OURS, SINGLE_PASS, PLUS] });
  }

  /** The command of this library. */
  public command(...args: readonly string[]): Program {
    return { name: OURS, command: [process.execPath, join(ROOT, 'lib', 'cli', 'main.js'), ...args], statuses: [0, 1] };
  }

  /** Writes a file and returns its path. */
  public write(name: string, content: string): string {
    const path = join(this.folder, name);
    mkdirSync(join(path, '..'), { recursive: true });
    writeFileSync(path, content);
    return path;
  }

  /** Runs a program, and returns the manifests that it writes to its output folder. */
  public manifestsOf(program: Program): string {
    execFileSync(program.command[0], program.command.slice(1), { stdio: 'pipe' });
    const folder = program.command[3];
    return readdirSync(folder)
      .map(file => readFileSync(join(folder, file), 'utf8'))
      .join('---\n');
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

/** Returns the path of an installed program: from a variable, or from the search path. */
export function findProgram(name: string, variable: string): string | undefined {
  const candidates = (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name));
  return [process.env[variable], ...candidates].find(path => path !== undefined && isExecutable(path));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
