import { parseSize, SizeGrammar, SizeSetting } from '../facts/images/size-grammar';

/** A number with an optional unit, each in a group. Which units an engine reads is up to its grammar. */
const SIZE = '["\']?(\\d+(?:\\.\\d+)?)\\s*((?:[KMGT]i?)?B?)\\b';

/** Returns the bytes that a command line sets, or `undefined` if it sets none. The last option counts. */
export function optionBytes(command: string, setting: SizeSetting, grammar: SizeGrammar): number | undefined {
  const name = pattern(setting.option ?? setting.name);
  return lastBytes(
    command,
    new RegExp(`(?:^|[\\s"'])(?:-c ?|--)?${name}(?:\\s*=\\s*|\\s+)${SIZE}`, 'gi'),
    setting,
    grammar,
  );
}

/** Returns the bytes that a configuration file sets, or `undefined` if it sets none. The last line counts. */
export function fileBytes(content: string, setting: SizeSetting, grammar: SizeGrammar): number | undefined {
  return lastBytes(
    content,
    new RegExp(`^[ \\t]*${pattern(setting.name)}[ \\t]*(?:=[ \\t]*)?${SIZE}`, 'gmi'),
    setting,
    grammar,
  );
}

/** Matches a name with hyphens or underscores, which engines do not tell apart. */
function pattern(name: string): string {
  return name.replace(/\./g, '\\.').replace(/[-_]/g, '[-_]');
}

function lastBytes(
  text: string,
  expression: RegExp,
  { unitlessKib }: SizeSetting,
  grammar: SizeGrammar,
): number | undefined {
  const [, amount, unit] = [...text.matchAll(expression)].pop() ?? [];
  const kib = amount === undefined ? undefined : parseSize(grammar, `${amount}${unit}`, unitlessKib);
  return kib === undefined ? undefined : kib * 1024;
}
