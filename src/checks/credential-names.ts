import { isPlaceholder } from './placeholder';

const NAME = new RegExp(
  [
    String.raw`(?:password|passwd|passphrase|passcode|secret|token|credentials?|bind[-_.]?pw|root[-_.]?pw`,
    String.raw`|(?:api|access|private|secret|signing|signature|encrypt|encryption|decryption|master|pre[-_]?shared`,
    String.raw`|shared[-_.]?access`,
    String.raw`|client|account|jwt|hmac)[-_.]?key(?:[-_.]?(?:data|base))?`,
    String.raw`|auth[-_.]?(?:tok|pass)|(?:erlang|magic)[-_.]?cookie|(?:rediscli|registry|basic)[-_.]?auth)$`,
    String.raw`|(?:^|[-_.:])(?:pass|pwd|psk|pw)$|^_auth$|^requirepass$|^(?:master|primary)auth$`,
    String.raw`|(?:db|pg|key|store|ssl|smtp|ftp|user|ldap|mail)pass(?:wd)?$`,
  ].join(''),
  'i',
);

/** Names of values that only look like a credential if they are long and random. */
const NAME_OF_RANDOM = new RegExp(
  [
    String.raw`(?:^|[-_.])(?:auth|storage|app|application|license|deploy|webhook|admin|session|shared|service|cookie`,
    String.raw`|sdk|routing`,
    String.raw`|licence|subscription|write|server|integration|instrumentation|project|ingest(?:ion)?|team)[-_.]?key$`,
    String.raw`|pass(?:word|wd)?[-_.]?(?:hash|digest|(?:double[-_.]?)?sha\d{1,3}(?:[-_.]?hex)?)$`,
    String.raw`|key[-_.]?secret$|secret[-_.]?id$|psk$`,
    String.raw`|(?:^|[-_.])(?:salt|pepper|nonce|auth|sig|signature|bearer|jwt|sas|psk|cert|pat|k)$`,
  ].join(''),
  'i',
);

/** The end of a name in camel case: `dbPass`, `authKey`. */
const CAMEL_CASE_NAME = /[a-z0-9](?:Pass|Pwd|Pw|Psk)$/;

/** The parts of a name that do not change what its value is: `SMTP_PASSWORD_1`, `DB_PASSWORD_OLD`. */
const SUFFIX =
  /(?:[-_.]?\d{1,2}|[-_.](?:old|new|prod|production|dev|staging|test|primary|secondary|b64|base64)|[-_.]?value)$/i;

/** Names of values that everyone can know: the token that tells etcd clusters apart, and public keys of services. */
const PUBLIC_NAME = new RegExp(
  [
    String.raw`initial[-_.]?cluster[-_.]?token$|(?:^|[-_.])(?:public|publishable)[-_.]`,
    String.raw`|(?:^|[-_.])(?:csrf|xsrf)[-_.]?token$|^(?:bos|eos|pad|unk|sep|cls|mask|stop)[-_.]token$`,
  ].join(''),
  'i',
);

/** Names of variables that contain the name of a Secret. */
const SECRET_NAME = /(?:existing|pull|tls|cert(?:ificate)?)[-_.]?secret$/i;

/** Words with hyphens, such as `shop-db`, which name the Secret in a setting called a secret. */
const OBJECT_NAME = /^[a-z]+\d*(?:-[a-z]+\d*)+$/;

/** Names of switches and limits, such as `REQUIRE_PASSWORD` and `MAX_TOKEN`. */
const SWITCH = /^(?:allow|disable|enable|has|hide|is|max|min|no|require|reset|show|skip|use|with)[-_.]/i;

/** Values that do not name a credential in any setting: switches, methods, durations, and paths. */
const OTHER_VALUE = new RegExp(
  [
    String.raw`^(?:true|false|yes|no|on|off|enabled?|disabled?|required?|optional|always|never|auto|default|any)$`,
    String.raw`|^(?:basic|bearer|plain|md5|ldap|oauth2?|oidc|jwt|opaque|scram-sha-(?:1|256|512)|mysql_native_password`,
    String.raw`|caching_sha2_password|prompt|ask|stdin|header|cookie|query|body|password|internal|external)$`,
    String.raw`|^[01]$|^\d+(?:ms|s|m|h|d|w|y)$|^-+$|^\*+$`,
    String.raw`|^(?:[~.]{1,2}|[A-Za-z]:)?[/\\]`,
    String.raw`(?:run|var|etc|opt|srv|home|usr|mnt|tmp|secrets?|app|vault|data|conf|certs?)\b`,
    String.raw`|^(?:~|\.{1,2})?\/?(?:[\w.-]+\/)+[\w-]+\.(?:txt|key|pem|crt|json|ya?ml|conf|pass|passwd|token|secret)$`,
    String.raw`|^@?\/[a-z._/-]+$|^projects\/|^X-[A-Za-z]+(?:-[A-Za-z]+)*$`,
    // the name of a file, which is a key of a Secret
    String.raw`|^[\w-]+\.(?:ini|txt|json|ya?ml|conf|properties|pem|crt|key)$`,
    // the kind of the tokens of etcd, and the paths of their keys
    String.raw`|^(?:simple|jwt)(?:,[\w-]+=[^,\s]*)*$`,
  ].join(''),
  'i',
);

/** Numbers, which limit tokens: `token: 4096`. */
const LIMIT = /^\d{1,6}$/;

/** Whether a name announces a credential and the value can be one, and not a document. */
export function namesCredential(name: string, value: string): boolean {
  const bare = name.replace(SUFFIX, '');
  const announces = NAME.test(bare) || CAMEL_CASE_NAME.test(bare) || (NAME_OF_RANDOM.test(bare) && isRandom(value));
  return (
    announces &&
    [SECRET_NAME, SWITCH, PUBLIC_NAME].every(pattern => !pattern.test(bare)) &&
    !(/secret$/i.test(bare) && OBJECT_NAME.test(value)) &&
    !(/(?:token|credentials?|key)$/i.test(bare) && LIMIT.test(value)) &&
    !/^\s*[{[]\s*(?:["{[]|$)/.test(value) &&
    !isSentence(value) &&
    !OTHER_VALUE.test(value) &&
    !isPlaceholder(value) &&
    !isNameOfField(bare, value)
  );
}

/** Whether a value has at least 16 characters of different kinds, as generated keys have. */
export function isRandom(value: string): boolean {
  return value.length >= 16 && !/\s/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

/** Whether a value is prose about a credential. A passphrase has few words, and no punctuation at its end. */
function isSentence(value: string): boolean {
  const words = value.trim().split(/\s+/);
  return words.length > 6 || (words.length > 2 && /[.?!:]$/.test(words[words.length - 1]));
}

/** Whether a value is the name of a field or its label: `ACCESS_TOKEN=access_token`, `login.password=Password`. */
function isNameOfField(name: string, value: string): boolean {
  const letters = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, '');
  const isLabel = /^[A-Z][a-z]+$/.test(value) && name.toLowerCase().endsWith(value.toLowerCase());
  return isLabel || (letters(name) === letters(value) && /[a-z]/i.test(value));
}
