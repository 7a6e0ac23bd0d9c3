import { findKeyFile, textOf } from './credential-bytes';
import { findCredentialForm } from './credential-forms';
import { namesCredential } from './credential-names';
import { findCredentialSetting, syntaxOf } from './credential-settings';
import { keptByString } from './memo';
import { asksForReplacement } from './placeholder';

export { namesCredential };

/** A credential in a string, as messages describe it, and its line. Neither contains the credential. */
export interface FoundCredential {
  readonly kind: string;
  readonly line: number;
  /** Whether its value only tells readers to replace it. */
  readonly isPlaceholder?: boolean;
}

/** The problem of a key of a ConfigMap. */
export interface CredentialProblem {
  /** The problem, as the end of a sentence: `contains a private key on line 1`. */
  readonly description: string;
  /** Whether the value only tells readers to replace it. */
  readonly isPlaceholder: boolean;
}

/** Returns the first credential in a string, by its form. */
export const findCredential = keptByString((text): FoundCredential | undefined => {
  const found = findCredentialForm(text);
  return found && { kind: found.kind, line: lineAt(text, found.index) };
});

/** Returns the first credential in a file, by its form, by the name of its setting, or by its first bytes. */
export function findCredentialInFile(path: string, content: string | Buffer): FoundCredential | undefined {
  const kind = findKeyFile(typeof content === 'string' ? Buffer.from(content.slice(0, 24), 'latin1') : content);
  if (kind !== undefined) {
    return { kind, line: 1 };
  }
  const text = typeof content === 'string' && !content.includes('\0') ? content : textOf(Buffer.from(content));
  return findCredential(text) ?? findSetting(path, text);
}

function findSetting(path: string, text: string): FoundCredential | undefined {
  const found = findCredentialSetting(text, syntaxOf(path, text));
  return (
    found && {
      kind: `the credential '${found.name}'`,
      line: lineAt(text, found.index),
      isPlaceholder: found.isPlaceholder,
    }
  );
}

/** Returns the problem of a key of a ConfigMap whose name or content is a credential. */
export function credentialProblem(key: string, content: string | Buffer): CredentialProblem | undefined {
  const found = findCredentialInFile(key, content);
  if (found) {
    const { kind, line, isPlaceholder = false } = found;
    return { description: `contains ${kind} on line ${line}`, isPlaceholder };
  }
  const value = typeof content === 'string' ? content.trim() : '';
  return namesCredential(key, value)
    ? { description: 'looks like a credential', isPlaceholder: asksForReplacement(value) }
    : undefined;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
