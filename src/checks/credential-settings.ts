import { isRandom, namesCredential } from './credential-names';
import { asksForReplacement } from './placeholder';

/** A setting in a file that names a credential, and where its name is. */
export interface CredentialSetting {
  readonly name: string;
  readonly index: number;
  /** Whether its value only tells readers to replace it. */
  readonly isPlaceholder: boolean;
}

/** The notation of settings in the language of a file. */
export type SettingSyntax = 'settings' | 'script' | 'code' | 'prose';

/** Languages in which most names belong to variables and parameters. */
const CODE = /\.(?:c|cc|cpp|cs|go|groovy|h|java|js|jsx|kts?|lua|mjs|cjs|php|pl|py|rb|rs|scala|swift|tsx?|vcl|vrl)$/i;
const PROSE = /\.(?:adoc|html?|md|mdx|rst|svg|tex)$/i;
const SCRIPT = /\.(?:bash|bat|cmd|dockerfile|ps1|sh|sql|zsh)$|(?:^|\/)(?:Dockerfile|Makefile)$/i;

/** Returns how a file writes settings, by its name. A file without a known ending contains settings. */
export function syntaxOf(path: string, text: string): SettingSyntax {
  if (SCRIPT.test(path) || text.startsWith('#!')) {
    return /^#!\S*\/(?:env +)?(?:lua|node|perl|php|python|ruby)/.test(text) ? 'code' : 'script';
  }
  return CODE.test(path) ? 'code' : PROSE.test(path) ? 'prose' : 'settings';
}

/** The words at the end of a name that can announce a credential. */
const WORD = new RegExp(
  [
    'pass(?:word|wd|phrase|code)?|pwd?|secrets?|token|credentials?|key|authtok(?!en)|auth|cookie|psk|pat(?![a-z])',
    '|salt|pepper|nonce|sig',
  ].join(''),
  'gi',
);

/** The rest of a name behind such a word: `_1`, `_DATA`, `_hash`. */
const REST = new RegExp(
  [
    String.raw`(?:[-_.]?(?:data|base|id|value|hash|digest|(?:double[-_])?sha\d{1,3}(?:[-_]hex)?|\d{1,2})`,
    String.raw`|[-_.](?:old|new|prod|dev|staging|primary|secondary|b64|base64))?`,
  ].join(''),
  'iy',
);

/** The sign between a name and its value, which is not that of a comparison. */
const SIGN = /["']?[ \t]{0,40}(?:=>|:=|[:=](?!=))[ \t]{0,40}/y;

/** The end of the name of an XML element. */
const TAG = />/y;

/** The blanks of directives such as `requirepass hunter2`. */
const BLANKS = /[ \t]{1,40}/y;

/** A quoted value; the quotes can be escaped because the file is a string of another one. */
const QUOTED = /\\?(["'])((?:(?!\1)[^\n\\]|\\[^\n]){0,256})/y;
const BARE = /[^\s"'][^\n]{0,256}/y;
const ELEMENT = /[^<>\n]{1,256}(?=<\/)/y;

/** The characters that can precede the name of a setting on a line. */
const BEFORE = /(?:^|[{,;&?(]|(?:^|\s)-|<|\bexport|\bset|\benv|\blocal|\breadonly|\bENV|\bARG|\bvalue)[ \t]*["'<$]?$/i;

/** A header in an argument of curl. */
const HEADER_BEFORE = /(?:-H|--header)[ \t=]{0,9}\\?["']$/;

/** The beginning of a comment. */
const COMMENT = /^[ \t]*(?:#|\/\/(?:[ \t]|$)|;|--[ \t]|\*|<!--|rem[ \t])/i;

/** Directives without a sign between the name and the value. */
const DIRECTIVE =
  /^(?:requirepass|masterauth|primaryauth|password|insecure-password|bind_password|sslpassword|secret)$/i;

/** The longest name of a setting. */
const LONGEST_NAME = 120;

/** A line of a file, which ends before the index `end`. */
interface Line {
  readonly content: string;
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

/**
 * Returns the first setting that names a credential and has a value on the same line. A value that only tells readers
 * to replace it is returned if there is no other.
 */
export function findCredentialSetting(text: string, syntax: SettingSyntax): CredentialSetting | undefined {
  let placeholder: CredentialSetting | undefined;
  let line: Line | undefined;
  for (const { index, 0: word } of text.matchAll(WORD)) {
    line = line && index < line.end ? line : lineAt(text, index);
    const { content, start, isComment } = line;
    const found = isComment && syntax !== 'prose' ? undefined : settingAt(content, index - start, word, syntax);
    if (found && !found.isPlaceholder) {
      return { ...found, index: start + found.index };
    }
    placeholder ??= found && { ...found, index: start + found.index };
  }
  return placeholder;
}

function lineAt(text: string, index: number): Line {
  const start = text.lastIndexOf('\n', index) + 1;
  const newline = text.indexOf('\n', index);
  const end = newline < 0 ? text.length : newline;
  const content = text.slice(start, end);
  return { content, start, end, isComment: COMMENT.test(content) };
}

/** The setting whose name ends with the word at `index`, and what can follow such a word. */
function settingAt(line: string, index: number, word: string, syntax: SettingSyntax): CredentialSetting | undefined {
  const end = index + word.length + matchAt(REST, line, index + word.length)![0].length;
  // the name goes on
  if (/[\w-]/.test(line[end] ?? '')) {
    return undefined;
  }
  const start = nameStart(line, index);
  const name = line.slice(start, end);
  const value = valueAt(line, start, end, syntax);
  return value !== undefined && isCredential(name, value, syntax)
    ? { name, index: start, isPlaceholder: asksForReplacement(value.text.trim()) }
    : undefined;
}

interface SettingValue {
  readonly text: string;
  readonly isQuoted: boolean;
}

function isCredential(name: string, { text, isQuoted }: SettingValue, syntax: SettingSyntax): boolean {
  const value = text.trim();
  if (!namesCredential(name, value) || (AMBIGUOUS.test(name) && !isOpaque(value)) || isNull(value)) {
    return false;
  }
  if (syntax === 'script' && /\$[\w({]|`/.test(value)) {
    return false;
  }
  return syntax === 'code' || syntax === 'prose'
    ? isQuoted && isRandom(value)
    : isQuoted ||
        !/^[{[<$`(]|^[*&]\w+$|^\w+(?:\.\w+)*\(|^(?![a-z0-9]{6}\.[a-z0-9]{16}$)[a-z_]\w*(?:\.[a-z_]\w*)+$/.test(value);
}

/** Names that can also refer to a Secret by its name. */
const AMBIGUOUS = /(?:^|\.)(?:secrets?|credentials?|auth|key|k)$/i;

/** Whether a value cannot be the name of a Secret: a UUID, or random letters and digits. */
function isOpaque(value: string): boolean {
  return (
    /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value) || /^(?=\D*\d)[A-Za-z0-9+/_]{20,500}={0,2}$/.test(value)
  );
}

/** The null of YAML, and the beginning of a value on the next line. */
function isNull(value: string): boolean {
  return /^(?:~|[|>][-+\d]*)$/.test(value);
}

function nameStart(text: string, index: number): number {
  let start = index;
  while (start > 0 && index - start < LONGEST_NAME && /[\w.-]/.test(text[start - 1])) {
    start--;
  }
  // the dash of a list or an option is no part of the name
  while (text[start] === '-' || text[start] === '.') {
    start++;
  }
  return start;
}

/** The characters before a name that tell whether it is that of a setting. */
const BEFORE_LENGTH = 40;

function valueAt(line: string, start: number, end: number, syntax: SettingSyntax): SettingValue | undefined {
  const before = line.slice(Math.max(0, start - BEFORE_LENGTH), start);
  const sign = matchAt(SIGN, line, end);
  // a variable of a shell without a default, or with another variable as the default
  if (before.endsWith('${') && /^:?[-+=?](?:[$}]|$)/.test(line.slice(end, end + 3))) {
    return undefined;
  }
  // a value in a query ends before a blank
  if (sign && /[?&]$/.test(before) && /[ \t]$/.test(sign[0])) {
    return undefined;
  }
  if (sign) {
    // in a sentence, a colon follows several words
    const isSetting =
      BEFORE.test(before) || HEADER_BEFORE.test(before) || (sign[0].includes('=') && /[\s;&?,:/"'$-]$/.test(before));
    return isSetting ? readValue(line, end + sign[0].length, sign[0], syntax) : undefined;
  }
  if (before.endsWith('<') && matchAt(TAG, line, end)) {
    const element = matchAt(ELEMENT, line, end + 1);
    return element ? { text: element[0], isQuoted: true } : undefined;
  }
  const blanks = matchAt(BLANKS, line, end);
  if (blanks && syntax === 'script' && /(?:^|[ \t])--$/.test(before)) {
    const value = readValue(line, end + blanks[0].length, ' ', syntax);
    return value?.text.startsWith('-') ? undefined : value;
  }
  return blanks && syntax === 'settings' && DIRECTIVE.test(line.slice(start, end)) && /^[ \t]*$/.test(before)
    ? readValue(line, end + blanks[0].length, ' ', syntax)
    : undefined;
}

function readValue(line: string, index: number, sign: string, syntax: SettingSyntax): SettingValue | undefined {
  const quoted = matchAt(QUOTED, line, index);
  if (quoted) {
    return { text: quoted[2], isQuoted: true };
  }
  const bare = matchAt(BARE, line, index)?.[0];
  if (bare === undefined) {
    return undefined;
  }
  // a value of a query, a connection string or a shell ends at a separator; one of YAML and INI with the line
  const end = syntax === 'script' ? /[\s;&|)"'\\]/ : sign.includes('=') ? /[;&"'<>\\]|[ \t]#/ : /[,}\]"'\\]|[ \t]#/;
  const [value] = bare.split(end, 1);
  return { text: value, isQuoted: false };
}

function matchAt(pattern: RegExp, text: string, index: number): RegExpExecArray | null {
  pattern.lastIndex = index;
  return pattern.exec(text);
}
