import { textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';

const SHELL = /^#!\s*\/\S*(?:\/|\s)(?:ba|da|k|z)?sh\b/;

/** Whether all files of a ConfigMap are shell scripts. A shell reads a script when it starts it. */
export function containsOnlyShellScripts({ content }: ManifestObject): boolean {
  const files = Object.entries(textMap(content.data));
  return files.length > 0 && files.every(([name, text]) => name.endsWith('.sh') || SHELL.test(text));
}
