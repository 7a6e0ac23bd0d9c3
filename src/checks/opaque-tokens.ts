/**
 * The usual shape of tokens: a short prefix of the service in one case, and a long random part. The beginning of longer
 * words, such as base64, is not a prefix.
 *
 * @see https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
 */
const SHAPE = /(?<![\w+/.@-])(?:[a-z][a-z0-9]{1,9}|[A-Z]{3,8})[_-][A-Za-z0-9][A-Za-z0-9_-]{18,200}(?![\w+/=.@-])/g;

/** Prefixes of secret keys, whose random part can be short. */
const SECRET_KEY = /^(?:sk|rk)[_-]/;

/** Prefixes of hashes, of public keys, and of names that end in a hash. */
const PUBLIC =
  /^(?:pk|pub|public|anon|sha\d*|md5|h1|hash|rev|commit|git|etag|digest|checksum|chunk|build|v\d+|kid)[_-]/i;

/** The public members of a JSON Web Key, before their values. */
const PUBLIC_MEMBER = /"(?:x|y|n|x5t(?:#S256)?)"[ \t]{0,3}:[ \t]{0,3}"$/;

/** The fewest random characters of a token with letters of both cases, of one case, and of a secret key. */
const MIXED_CASE_LENGTH = 32;
const ONE_CASE_LENGTH = 36;
const SECRET_KEY_LENGTH = 20;

/** Returns the place of the first token with a prefix, of any service. */
export function findOpaqueToken(text: string): number | undefined {
  for (const match of text.matchAll(SHAPE)) {
    if (isSecret(text, match.index, match[0])) {
      return match.index;
    }
  }
  return undefined;
}

/** Replaces each such token. */
export function replaceOpaqueTokens(text: string, replacement: string): string {
  return text.replace(SHAPE, (token, index: number) => (isSecret(text, index, token) ? replacement : token));
}

function isSecret(text: string, index: number, token: string): boolean {
  if (PUBLIC.test(token) || PUBLIC_MEMBER.test(text.slice(Math.max(0, index - 20), index))) {
    return false;
  }
  // names of objects have hyphens, and end in a hash
  const hasUnderscore = /^[A-Za-z\d]+_/.test(token);
  const random = token.replace(/^[A-Za-z\d]+[_-](?:[a-z]{1,7}\d?[_-]){0,3}/, '');
  const parts = random.split(/[_-]/);
  if (hasUnderscore && parts.some(part => part.length >= ONE_CASE_LENGTH && isHex(part))) {
    return true;
  }
  const characters = parts.join('');
  if (!isDense(characters)) {
    return false;
  }
  if (SECRET_KEY.test(token)) {
    return characters.length >= SECRET_KEY_LENGTH;
  }
  return /[a-z]/.test(characters) && /[A-Z]/.test(characters)
    ? characters.length >= MIXED_CASE_LENGTH
    : hasUnderscore && parts.some(part => part.length >= ONE_CASE_LENGTH);
}

function isHex(value: string): boolean {
  return /^[\da-f]*$/.test(value) && /\d/.test(value) && /[a-f]/.test(value);
}

/** Whether a value has hexadecimal digits only, or more digits and changes of case than words in camel case. */
function isDense(value: string): boolean {
  if (isHex(value)) {
    return true;
  }
  const kinds = [...value].map(kindOf);
  const changes = kinds.filter((kind, i) => i > 0 && kind !== kinds[i - 1]).length;
  const numbers = value.match(/\d+/g) ?? [];
  return numbers.length > 1 && changes >= (value.length - 1) * 0.42;
}

function kindOf(character: string): 'digit' | 'lower' | 'upper' {
  return /\d/.test(character) ? 'digit' : /[a-z]/.test(character) ? 'lower' : 'upper';
}
