import { at, list, text } from './json';

/**
 * Whether a document is a JSON patch: a list of operations.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6902
 */
export function isJsonPatch(document: unknown): boolean {
  const operations = list(document);
  return (
    operations.length > 0 &&
    operations.every(
      operation => text(at(operation, 'op')) !== undefined && text(at(operation, 'path'))?.startsWith('/') === true,
    )
  );
}
