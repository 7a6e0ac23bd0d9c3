import { objectsOf } from '../../src/inspect/manifest';
import { mapStorage } from '../../src/map/build';
import { toText } from '../../src/map/formats/text';

/** Audits objects with all rules, which the map shows, and maps them. */
export function auditAndMap(documents: readonly object[]): void {
  const objects = documents.flatMap((document, index) =>
    objectsOf(document, {
      file: 'stream.yaml',
      locate: () => ({ file: 'stream.yaml', line: index + 1, column: 1 }),
    }),
  );
  toText(mapStorage({ objects, problems: [] }));
}
