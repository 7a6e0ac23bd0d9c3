/** Patterns of credentials that rarely match anything else. */
const CREDENTIALS: [kind: string, pattern: RegExp][] = [
  ['a private key', /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/],
  ['an AWS access key', /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/],
  ['a GitHub token', /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})\b/],
  ['a GitLab token', /\bglpat-[A-Za-z0-9_-]{20,}\b/],
  ['a Slack token', /\bxox[abeoprs]-[A-Za-z0-9-]{10,}\b/],
  ['a Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['a Stripe key', /\b[rs]k_live_[0-9A-Za-z]{16,}\b/],
  ['an npm token', /\bnpm_[A-Za-z0-9]{36}\b/],
  ['a JSON Web Token', /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\b/],
  ['an age key', /\bAGE-SECRET-KEY-1[0-9A-Z]{50,}\b/],
  // but not a placeholder, which another tool replaces
  [
    'a password in a URL',
    /(?<![a-z0-9+.-])[0-9+.-]*[a-z][a-z0-9+.-]*:\/\/[^\s:/?#@"'<>]+:(?![$%{<*@]|x+@|password@)[^\s/?#@"'<>{}$*]+@/i,
  ],
];

/** A credential in a string, as messages describe it, and its line. */
interface FoundCredential {
  readonly kind: string;
  readonly line: number;
}

/** Returns the first credential in a string. */
export function findCredential(text: string): FoundCredential | undefined {
  for (const [kind, pattern] of CREDENTIALS) {
    const index = pattern.exec(text)?.index;
    if (index !== undefined) {
      return { kind, line: lineAt(text, index) };
    }
  }
  return undefined;
}

/** Returns the first credential in a file, by its form or, in a file of settings, by the name of the setting. */
export function findCredentialInFile(path: string, text: string): FoundCredential | undefined {
  return findCredential(text) ?? (SETTINGS_FILE.test(path) ? findCredentialSetting(text) : undefined);
}

function findCredentialSetting(text: string): FoundCredential | undefined {
  for (const match of text.matchAll(SETTING)) {
    const [setting, name, ...values] = match;
    const value = values.find(candidate => candidate !== undefined)!.trim();
    const isReference = AMBIGUOUS_SETTING.test(name) || HARMLESS_SETTING.test(value);
    if (namesCredential(name, value) && !isReference) {
      return { kind: `the credential '${name}'`, line: lineAt(text, match.index + setting.indexOf(name)) };
    }
  }
  return undefined;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}

/** YAML, JSON, TOML, properties, INI and dotenv files. */
const SETTINGS_FILE = /\.(?:ya?ml|json|toml|properties|ini|env)$/i;

/** A name and its value on one line, at its beginning or in a flow mapping. Comments do not match. */
const SETTING = new RegExp(
  [
    String.raw`(?:^[ \t]*(?:-[ \t]+)*|[{,]\s*)["']?([\w.-]+)["']?[ \t]*[:=][ \t]*`,
    String.raw`(?:"([^"\n]*)"|'([^'\n]*)'|([^\s"'{}[\],#][^\n{},#]*))`,
  ].join(''),
  'gm',
);

/** Names that can also refer to a Secret by its name. */
const AMBIGUOUS_SETTING = /(?:^|\.)(?:secret|credentials?)$/i;

/**
 * The null of YAML, the beginning of a value on the next line, limits such as `token: 4096`, and references such as
 * `SECRET[store.key]` and `vault:path#key`.
 */
const HARMLESS_SETTING = /^(?:~|[|>][-+\d]*|\d{1,5}|\w+\[.*\]|(?:vault|secret|env|file|ref\+\w+):.*)$/i;

const CREDENTIAL_NAME = new RegExp(
  [
    String.raw`(?:^|[a-z0-9_.-])`,
    String.raw`(?:password|passwd|passphrase|secret|token|credentials?`,
    String.raw`|(?:api|access|private|secret|signing|encryption)[-_.]?key`,
    String.raw`|(?:erlang|magic)[-_.]?cookie)$`,
    String.raw`|(?:^|[-_.])(?:pass|pwd)$`,
  ].join(''),
  'i',
);

/** The end of a name in camel case: `dbPass`. */
const CAMEL_CASE_NAME = /[a-z0-9](?:Pass|Pwd)$/;

/** Names of values that everyone can know: the token that tells etcd clusters apart, and public keys of services. */
const PUBLIC_NAME = /initial[-_.]?cluster[-_.]?token$|(?:^|[-_.])(?:public|publishable)[-_.]/i;

/** Paths, references, templates, flags, and words that stand for a value. */
const HARMLESS_VALUE = new RegExp(
  [
    String.raw`^$|^[/{[<%$*@-]|\$[({]|\{\{|:\/\/|\s`,
    String.raw`|^(?:true|false|yes|no|on|off|none|null|[01]|x+|redacted|placeholder|change-?me-in-secret)$`,
    String.raw`|^(?:your|my|insert|enter|replace)[-_].*(?:here|password|secret|token|key|value)$|[-_]here$`,
  ].join(''),
  'i',
);

/** Names of variables that contain the name of a Secret. */
const SECRET_NAME = /(?:existing|pull|tls|cert(?:ificate)?)[-_.]?secret$/i;

/** Words with hyphens, such as `shop-db`, which name the Secret in a setting called a secret. */
const OBJECT_NAME = /^[a-z]+\d*(?:-[a-z]+\d*)+$/;

/** Names of switches and limits, such as `REQUIRE_PASSWORD` and `MAX_TOKEN`. */
const SWITCH = /^(?:allow|disable|enable|has|hide|is|max|min|no|require|show|use)[-_.]/i;

/** Returns whether a name announces a credential and the value can be one. */
export function namesCredential(name: string, value: string): boolean {
  return (
    [SECRET_NAME, SWITCH, PUBLIC_NAME].every(pattern => !pattern.test(name)) &&
    !(/secret$/i.test(name) && OBJECT_NAME.test(value)) &&
    (CREDENTIAL_NAME.test(name) || CAMEL_CASE_NAME.test(name)) &&
    !HARMLESS_VALUE.test(value)
  );
}
