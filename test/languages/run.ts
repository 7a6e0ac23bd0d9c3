import { execFileSync } from 'child_process';

/** Runs a program and returns its output. Fails with its whole output. */
export function run(cwd: string, command: string[], env: Record<string, string> = {}): string {
  const [program, ...args] = command;
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
      // jsii prints a banner if the version of Node.js is no longer maintained
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', ...env },
    });
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error(`${command.join(' ')}: ${[message, stdout, stderr].filter(Boolean).join('\n')}`);
  }
}

/** Fails if a toolchain is missing, instead of skipping its language. */
export function requireTool(program: string, args: string[], remedy: string): void {
  try {
    execFileSync(program, args, { stdio: 'pipe' });
  } catch (error) {
    throw new Error(
      `'${program} ${args.join(' ')}' does not run: ${(error as Error).message.split('\n')[0]}. ${remedy}.`,
    );
  }
}
