import { namesCredential } from './credential-names';
import { findOpaqueToken, replaceOpaqueTokens } from './opaque-tokens';
import { isPlaceholder, isPlaceholderInUrl, isPlaceholderToken } from './placeholder';
import { TOKEN_FORMATS } from './token-formats';

/** A credential in a string, as messages describe it, and its place. */
export interface CredentialForm {
  readonly kind: string;
  readonly index: number;
}

/** Returns the first credential that its form gives away, under any name. */
export function findCredentialForm(text: string): CredentialForm | undefined {
  return (
    findPrivateKey(text) ??
    findToken(text) ??
    findUrl(text) ??
    findIn(text, LINES) ??
    findPair(text) ??
    findPrefixed(text)
  );
}

const PRIVATE_KEY = new RegExp(
  [
    String.raw`-----?[ ]?BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)? ?-{4,5}|PuTTY-User-Key-File-\d:`,
    String.raw`|-----BEGIN OpenVPN (?:Static key V\d|tls-crypt-v2 (?:client|server) key)-----`,
    String.raw`|^untrusted comment: (?!signature)[^\n]{0,60}secret key$`,
  ].join(''),
  'gm',
);

/** The body of a key: without it, a string is about keys. */
const KEY_BODY = /[A-Za-z0-9+/]{12}/;

/** The header of a key, and the rest of the key or of the text. */
const KEY_AND_BODY = /(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)[^-]{1,20000}/g;

/** The base64 of `-----BEGIN`, at the beginning of an encoded file. */
const ENCODED_PEM = /LS0tLS1CRUdJT[A-Za-z0-9+/=]{16,400}/g;

function findPrivateKey(text: string): CredentialForm | undefined {
  for (const { index, 0: header } of text.matchAll(PRIVATE_KEY)) {
    const body = text.slice(index + header.length, index + header.length + 300).split('-----', 1)[0];
    if (KEY_BODY.test(body)) {
      return { kind: 'a private key', index };
    }
  }
  for (const { index, 0: encoded } of text.matchAll(ENCODED_PEM)) {
    if (Buffer.from(encoded, 'base64').toString('latin1').includes('PRIVATE KEY')) {
      return { kind: 'a private key', index };
    }
  }
  return undefined;
}

function findToken(text: string): CredentialForm | undefined {
  for (const [kind, pattern] of TOKEN_FORMATS) {
    const match = pattern.exec(text);
    if (match && !isPlaceholderToken(match[0])) {
      return { kind, index: match.index };
    }
  }
  return undefined;
}

const TOKENS = TOKEN_FORMATS.map(([, pattern]) => new RegExp(pattern, 'g'));

/** Returns a string with three asterisks in the place of each private key, token, and password in a URL. */
export function hideCredentials(text: string): string {
  const withoutTokens = TOKENS.reduce(
    (hidden, pattern) => hidden.replace(pattern, token => (isPlaceholderToken(token) ? token : HIDDEN)),
    text,
  );
  const withoutKeys = replaceOpaqueTokens(withoutTokens, HIDDEN).replace(KEY_AND_BODY, `$1${HIDDEN}`);
  return withoutKeys.replace(/(:\/\/[^\s:/?#@"'<>]{0,200}:)([^\s/?#@"'<>]{1,500})(?=@)/g, (whole, before, password) =>
    isPlaceholder(password) ? whole : `${before}${HIDDEN}`,
  );
}

const HIDDEN = '***';

/** The user and the password of a URL, behind `://`. */
const USER_INFO = /([^\s:/?#@"'<>[\]{}]{0,200}):([^\s/?#@"'<>]{1,500})@/y;

function findUrl(text: string): CredentialForm | undefined {
  for (let index = text.indexOf('://'); index >= 0; index = text.indexOf('://', index + 3)) {
    USER_INFO.lastIndex = index + 3;
    const [, user, password] = USER_INFO.exec(text) ?? [];
    if (password !== undefined && !isPlaceholderInUrl(decoded(password)) && !isTemplate(user)) {
      const scheme = /[a-z0-9+.-]{1,30}$/i.exec(text.slice(Math.max(0, index - 30), index))?.[0] ?? '';
      return { kind: 'a password in a URL', index: index - scheme.length };
    }
  }
  return undefined;
}

function isTemplate(user: string): boolean {
  return /^\$|[{}]/.test(user);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A credential in the line of a file, with the value in the first group. */
type LineFormat = readonly [kind: string, pattern: RegExp, isValue?: (value: string) => boolean];

const LINES: readonly LineFormat[] = [
  [
    'an Authorization header',
    expression(
      String.raw`\bauthorization["']?[ \t]{0,9}[:=, ][ \t]{0,9}\\?["']?`,
      String.raw`(?:Basic|Bearer|Token|ApiKey|Splunk|GenieKey)[ \t]{1,9}([\w+/=.~][\w+/=.~-]{7,4000})`,
    ),
  ],
  [
    'a password of .netrc',
    expression(
      String.raw`\bmachine[ \t]{1,20}\S{1,255}\s{1,40}login[ \t]{1,20}\S{1,255}\s{1,40}`,
      String.raw`password[ \t]{1,20}(\S{1,255})`,
    ),
  ],
  ['a password of .pgpass', /^(?:[\w.-]{1,255}|\*):(?:\d{1,5}|\*):[^:\s]{1,63}:[^:\s]{1,63}:([^:\s]{1,255})$/gm],
  [
    'a password hash',
    expression(
      String.raw`(?:^|[\s:"'=])((?:\$(?:apr1|1|5|6|7|y|2[abxy]|scrypt|argon2id?|pbkdf2[\w-]{0,10})\$|\{S?SHA\})`,
      String.raw`[\w./$+=,-]{12,200}|md5[0-9a-f]{32}(?![0-9a-f])|SCRAM-SHA-\d{1,3}\$\d{3,7}:[\w./$+=:]{20,200})`,
    ),
  ],
  ['a password of PgBouncer', /^"[\w.@-]{1,63}"[ \t]{1,9}"([^"\s]{8,500})"[ \t]*$/gm, isRandomWord],
  ['a password of a data source', /(?:^|[\s"'=])[\w.-]{1,63}:([^\s:@"'/]{1,200})@(?:tcp|udp|unix)\d?\(/gm],
  ['a shared key', /:[ \t]{1,9}(?:PSK|EAP|XAUTH|NTLM)[ \t]{1,9}"([^"\n]{1,500})"/g],
  ['a password of Sentinel', /\bauth-pass[ \t]{1,9}\S{1,100}[ \t]{1,9}["']?([^\s"'-][^\s"']{0,200})/g],
  [
    'a password in SQL',
    expression(
      String.raw`\b(?:identified[ \t]{1,9}(?:with[ \t]{1,9}\S{1,60}[ \t]{1,9})?by|password)[ \t]{1,9}`,
      String.raw`(?:password[ \t]{1,9})?'([^'\n]{1,500})'`,
    ),
  ],
  argument('mysql(?:dump|admin|show|import)?|mariadb(?:-dump|-admin)?', String.raw`-p([^\s"'$-][^\s"'$]{0,200})`),
  argument('curl|wget', String.raw`(?:-u|--user|--proxy-user)[ =]{0,3}["']?[^\s:"'$]{1,100}:([^\s"'$]{1,200})`),
  argument('(?:redis|valkey)-cli', String.raw`(?:-a|--pass)[ =]["']?([^\s"'$-][^\s"'$]{0,200})`),
  argument('sshpass', String.raw`-p[ \t]{0,9}["']?([^\s"'$]{1,200})`),
  argument('psql|pg_dump|createdb', String.raw`["']?[^\s"'$]{0,200}\bpassword=([^\s"'$]{1,200})`),
  ['a password of an ACL', /^[ \t]{0,40}user[ \t]{1,20}\S{1,100}[ \t][^\n>]{0,300}>(\S{1,200})/gm],
  ['a password of HAProxy', /\bstats[ \t]{1,20}auth[ \t]{1,20}[^\s:]{1,100}:(\S{1,200})/g],
  ['a shared access signature', /[?&;]sig=([A-Za-z0-9%+/=]{30,200})/g],
  ['a credential of a registry', /"auth"[ \t]{0,9}:\s{0,40}"([A-Za-z0-9+/]{8,2000}={0,2})"/g, isBasic],
  ['a private key', /"[dk]"[ \t]{0,9}:\s{0,40}"([\w-]{40,1000})"/g],
];

/** A name and a value in two attributes, or in two keys of an item: `name: DB_PASSWORD, value: hunter2`. */
const PAIR = new RegExp(
  [
    String.raw`(?<![\w-])(?:name|key)["']?[ \t]{0,9}[:=][ \t]{0,9}["']?([\w.-]{1,100})["']?,?\s{1,40}`,
    String.raw`["']?value["']?[ \t]{0,9}[:=][ \t]{0,9}(?:"([^"\n]{1,500})"|'([^'\n]{1,500})'`,
    String.raw`|([^\s"'{[&*|>,}][^\s,}\n]{0,500}))`,
  ].join(''),
  'g',
);

function findPair(text: string): CredentialForm | undefined {
  for (const { index, 1: name, 2: double, 3: single, 4: bare } of text.matchAll(PAIR)) {
    if (namesCredential(name, double ?? single ?? bare) && !isComment(text, index)) {
      return { kind: `the credential '${name}'`, index };
    }
  }
  return undefined;
}

function findPrefixed(text: string): CredentialForm | undefined {
  const index = findOpaqueToken(text);
  return index === undefined ? undefined : { kind: 'a token', index };
}

function expression(...parts: string[]): RegExp {
  return new RegExp(parts.join(''), 'gi');
}

/** Returns the format of an argument of a program with the credential in its group. */
function argument(programs: string, option: string): LineFormat {
  return ['a password in an argument', new RegExp(String.raw`\b(?:${programs})\b[^\n|;]{0,300}?[ \t]${option}`, 'g')];
}

function findIn(text: string, formats: readonly LineFormat[]): CredentialForm | undefined {
  for (const [kind, format, isValue = () => true] of formats) {
    for (const { index, 0: match, 1: value } of text.matchAll(format)) {
      if (!isPlaceholder(value) && isValue(value) && !isComment(text, index)) {
        return { kind, index: index + match.length - match.trimStart().length };
      }
    }
  }
  return undefined;
}

/** Whether a word has letters and digits. */
function isRandomWord(value: string): boolean {
  return /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** Whether a string is the base64 of a user name and a password. */
function isBasic(value: string): boolean {
  return /^[\x20-\x7e]{1,255}:[\x20-\x7e]+$/.test(Buffer.from(value, 'base64').toString('latin1'));
}

function isComment(text: string, index: number): boolean {
  const line = text.slice(text.lastIndexOf('\n', index) + 1, index + 1);
  return /^[ \t]*(?:#|\/\/|--[ \t])/.test(line.slice(0, 200));
}
