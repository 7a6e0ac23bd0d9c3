import { writeFileSync } from 'fs';
import { join } from 'path';
import { checkSync } from 'recheck';
import { Expression, expressionsOfSource } from './regular-expressions';
import { read, ROOT } from './source-files';

/**
 * The expressions that are known to be linear, with their flags: matching takes a time that grows evenly with the
 * string. `npx projen lint:expressions` checks all expressions, which takes minutes, and writes the file.
 */
const FILE = 'test/laws/linear-expressions.txt';

/** Returns the lines of the file. */
export function linearExpressions(): ReadonlySet<string> {
  return new Set(read(FILE).split('\n').filter(Boolean));
}

/** Returns an expression as a line of the file. */
export function toLine({ source, flags }: Expression): string {
  return `/${source.replaceAll('\n', '\\n')}/${flags}`;
}

/** Returns the reason why an expression is not known to be linear; `undefined` if it is linear. */
export function slownessOf({ source, flags }: Expression): string | undefined {
  const result = checkSync(source, flags, { timeout: 20_000, attackTimeout: 5000 });
  if (result.status === 'vulnerable') {
    return `${result.complexity.summary}: ${result.attack.pattern}`;
  }
  return result.status === 'safe' ? undefined : result.error.kind;
}

/** The expressions that recheck does not find linear, with the reason why they cannot stop a program. */
export const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  [
    String.raw`/(?<=\[[^\]]*)\[:\^?(?:alnum|alpha|blank|cntrl|digit|graph|lower|print|punct|space|upper|xdigit):\]/g`,
    'matches a pattern of 1,000 characters at most, which the author of the program writes',
  ],
  [String.raw`/\[(?:[^\]\\]|\\.)*\]/g`, 'the same'],
  [String.raw`/\[\^?\]|\[(?:[^\]\\]|\\.)*(?:\[|&&|--|~~)/`, 'the same'],
  [
    String.raw`/\bserver\s+(?:--?\S+\s+\S+\s+){0,9}(\/[^\s{"'$]+)|^MINIO_VOLUMES=(\/[^\s{"'$]+)/m`,
    'reads at most 20 words behind each word',
  ],
]);

function main(): void {
  const linear: string[] = [];
  const known = process.argv.includes('--all') ? new Set<string>() : linearExpressions();
  const checked = new Set<string>();
  for (const expression of expressionsOfSource()) {
    const line = toLine(expression);
    if (!checked.has(line)) {
      checked.add(line);
      const isKnown = known.has(line) || EXCEPTIONS.has(line);
      const slowness = isKnown ? undefined : slownessOf(expression);
      if (slowness === undefined && !EXCEPTIONS.has(line)) {
        linear.push(line);
      } else if (slowness !== undefined) {
        console.error(`${expression.place} ${line} ${slowness}`);
        process.exitCode = 1;
      }
    }
  }
  writeFileSync(join(ROOT, FILE), `${linear.sort().join('\n')}\n`);
}

if (require.main === module) {
  main();
}
