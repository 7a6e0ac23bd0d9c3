import { createHash } from 'crypto';
import { ConfigFile, isStoredAsText } from './config-map';
import { MAX_ANNOTATION_BYTES } from '../facts/kubernetes';
import { appliedBytes } from '../predicates/config-map-size';

/** The files of one of several ConfigMaps. */
export interface FileGroup {
  /** A part of an object name that only depends on the paths whose files belong into this group. */
  readonly id: string;
  readonly files: readonly ConfigFile[];
}

/** The size of a group in the annotation of `kubectl apply`, with space for metadata. */
export const GROUP_BYTES = MAX_ANNOTATION_BYTES - 16 * 1024;

/** The largest key that replaces a path is longer than the path by a hash and a hyphen. */
const KEY_SUFFIX_BYTES = 11;

/** Quotes around a key, a colon and a comma. */
const PUNCTUATION_BYTES = 4;

/** A file with a hash of its path in binary digits, which selects its group. */
interface HashedFile {
  readonly file: ConfigFile;
  readonly bytes: number;
  readonly bits: string;
}

/**
 * Groups sorted files so that a changed file changes one group, and `kubectl apply` can store each group.
 *
 * Full groups in the order of paths would be fewer, but an added file would move files between all groups after it, and
 * with immutable ConfigMaps such a change would create most of them again. Instead, a hash of the path selects the
 * group, and a group that is too large is halved by the next bit of the hash. A file that is too large for any group
 * has a group without other files.
 */
export function groupFiles(files: readonly ConfigFile[]): FileGroup[] {
  const hashed = files.map(file => ({ file, bytes: bytesOf(file), bits: bitsOf(file.path) }));
  const small = hashed.filter(({ bytes }) => bytes <= GROUP_BYTES);
  const large = hashed.filter(({ bytes }) => bytes > GROUP_BYTES);
  return [
    ...halve(small, '').sort((a, b) => Number(a.id) - Number(b.id)),
    ...large.map(({ file }) => ({ id: sha256(file.path).slice(0, 12), files: [file] })),
  ];
}

/** Halves the files whose hashes have a common prefix until each part fits into a group. */
function halve(files: readonly HashedFile[], prefix: string): FileGroup[] {
  if (files.length === 0) {
    return [];
  }
  if (files.reduce((sum, { bytes }) => sum + bytes, 0) <= GROUP_BYTES) {
    // the leading digit keeps prefixes apart that differ in leading zeros
    return [{ id: String(parseInt(`1${prefix}`, 2)), files: files.map(({ file }) => file) }];
  }
  return [`${prefix}0`, `${prefix}1`].flatMap(half =>
    halve(
      files.filter(({ bits }) => bits.startsWith(half)),
      half,
    ),
  );
}

/** Returns the most bytes that a file adds to the annotation of `kubectl apply`. */
function bytesOf({ path, content }: ConfigFile): number {
  const value = isStoredAsText(content) ? content : Buffer.from(content).toString('base64');
  return path.length + KEY_SUFFIX_BYTES + PUNCTUATION_BYTES + appliedBytes(value);
}

function bitsOf(path: string): string {
  return [...sha256(path)].map(digit => parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
