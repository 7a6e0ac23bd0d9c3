import { execFileSync } from 'child_process';

/** Runs a program to its end and returns what it prints; fails with all that it said. */
export function run(cwd: string, command: string[], env: Record<string, string> = {}): string {
  const [program, ...args] = command;
  try {
    return execFileSync(program, args, {
      cwd,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 2 ** 28,
      // jsii prints a banner where Node is past its end of life
      env: { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20', ...env },
    });
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    throw new Error(`${command.join(' ')}: ${[message, stdout, stderr].filter(Boolean).join('\n')}`);
  }
}

/** Says which toolchain is missing, for a language that cannot be tried is not a language that works. */
export function requireTool(program: string, args: string[], remedy: string): void {
  try {
    execFileSync(program, args, { stdio: 'pipe' });
  } catch (error) {
    throw new Error(
      `'${program} ${args.join(' ')}' does not run: ${(error as Error).message.split('\n')[0]}. ${remedy}`,
    );
  }
}
