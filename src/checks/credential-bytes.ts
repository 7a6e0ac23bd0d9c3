/** A file format that contains private keys, by the hexadecimal digits of its first bytes. */
const FORMATS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['a Java keystore', /^(?:feedfeed|cececece)/],
  ['a Bouncy Castle keystore', /^0000000[12]00000014/],
  ['a Kerberos keytab', /^0502(?:0000|ffff)/],
  ['a KeePass database', /^03d9a29a/],
  [
    'a private key of PGP',
    /^(?:95[0-9a-f]{4}|94[0-9a-f]{2}|c5[0-9a-f]{2}(?:[0-9a-f]{2}){0,4})0[456](?:[0-9a-f]{2}){4}/,
  ],
  // a sequence that begins with a version number, or with the algorithm of an encrypted key
  ['a PKCS#12 keystore', /^30(?:8[0-4](?:[0-9a-f]{2}){0,4}|[0-7][0-9a-f])020103/],
  ['a private key', /^30(?:8[0-4](?:[0-9a-f]{2}){0,4}|[0-7][0-9a-f])02010[01]/],
  ['a private key', /^30(?:8[0-4](?:[0-9a-f]{2}){0,4}|[0-7][0-9a-f])30[0-7][0-9a-f]06092a864886f70d01(?:05|0c)/],
  // other DER, except for certificates, requests and lists of revoked ones, which contain a longer sequence, and PKCS#7
  ['a keystore or a private key', /^3082(?:[0-9a-f]{4}|$)(?!308|06)/],
];

/** Returns the kind of a file that contains private keys, by its first bytes. */
export function findKeyFile(bytes: Buffer): string | undefined {
  const head = bytes.subarray(0, 24).toString('hex');
  return FORMATS.find(([, pattern]) => pattern.test(head))?.[0];
}

/** Returns the text in bytes: UTF-16, or else the characters of UTF-8 and Latin-1, without NUL. */
export function textOf(bytes: Buffer): string {
  const [first, second] = [bytes[0], bytes[1]];
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && bytes[2] === 0)) {
    return Buffer.from(bytes.subarray(0, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  }
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0 && bytes[3] === 0)) {
    return bytes.toString('utf16le');
  }
  return bytes.toString('latin1').replaceAll('\0', '');
}
