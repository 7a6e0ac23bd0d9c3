/** References to a value elsewhere: variables, templates, functions, encrypted values, and URIs of secret stores. */
const REFERENCE = new RegExp(
  [
    String.raw`\$(?:__[a-z]{1,20})?[({]|\{\{|<%|%\(\w{1,60}\)s|#\{|\bprocess\.env\b|\bENV\[|\bos\.environ\b|\bgetenv\b`,
    String.raw`^(?:\$(?:[A-Za-z_]+|[A-Z_][A-Z0-9_]*|\d+)|%[sdv@]|%\w+%|<[^<>]*>)$`,
    String.raw`^(?:\[[^[\]]*\]|\{[^{}]*\}|@\w+@|__\w+__|!\w.*)$`,
    String.raw`^(?:vault|secret|env|file|aws|gcp|azure|op|bao|s3|ssm|sops|keychain|encrypted|ref\+\w+)[:.]`,
    String.raw`^(?:ENC|SECRET|VAULT|AQICA|Ag[A-Z])[\[(:]`,
    String.raw`^[a-z][a-z0-9+.-]{0,20}:\/\/`,
  ].join('|'),
);

/** Words that stand for a value in documentation. */
const PLACEHOLDER = new RegExp(
  [
    String.raw`^(?:[xX0*._-]+|redacted|placeholder|dummy|sample|todo|tbd|fixme|null|none|nil|undefined|~)$`,
    String.raw`^change-?me-in-secret$|x{6}|X{6}|\*{4}|0{12}|\.{3}|…`,
    String.raw`(?:^|[-_. ])(?:your|my|insert|enter|replace|redacted|placeholder|example|dummy|fake)[-_. ]`,
    String.raw`[-_. ](?:here|placeholder|example|goes[-_. ]here)$`,
  ].join('|'),
  'i',
);

/** Words that tell readers to replace a value. A server accepts such a value, which everyone can guess. */
const REPLACEMENT = new RegExp(
  [
    String.raw`^(?:your|my|some|this[-_ ]?is[-_ ]?an?)[-_ ]?\w*(?:pass(?:word|wd)?|secret|token|key)$`,
    String.raw`change[-_ ]?(?:me|this|it)|(?:please|must)[-_ ]?(?:be[-_ ]?)?change|^replace[-_ ]?\w+$|^todo$`,
    String.raw`^some[-_ ]?random[-_ ]?string`,
  ].join('|'),
  'i',
);

/** Whether a value tells readers to replace it: `changeme`, `your-password`. */
export function asksForReplacement(value: string): boolean {
  return REPLACEMENT.test(value);
}

/** Words that documentation uses for the password in a URL. A setting with such a value has a weak password. */
const WORD_IN_URL = new RegExp(
  [
    String.raw`^(?:pass(?:word|wd|phrase)?|pwd|pw|secret|token|key|credentials?|change-?(?:me|it)`,
    String.raw`|changethis|replace-?me|test|user(?:name)?|example|x-oauth-basic|x-token-auth)$`,
  ].join(''),
  'i',
);

/** Whether a value stands for a credential, or refers to one. */
export function isPlaceholder(value: string): boolean {
  return value === '' || /EXAMPLE\b/.test(value) || REFERENCE.test(value) || PLACEHOLDER.test(value);
}

/** Whether the password of a URL stands for a credential, or refers to one. */
export function isPlaceholderInUrl(password: string): boolean {
  return isPlaceholder(password) || WORD_IN_URL.test(password);
}

/** Whether a token of a known format stands for one: `ghp_xxxxxxxxxxxx`, `AKIAIOSFODNN7EXAMPLE`, `xoxb-your-token`. */
export function isPlaceholderToken(token: string): boolean {
  return (
    token.includes('EXAMPLE') ||
    PLACEHOLDER.test(token) ||
    /(?:^|[-_])(?:your|token|here)(?:[-_]|$)|(.)\1{19}(?<!a{20})/i.test(token)
  );
}
