import { Inventory } from '../../src/inspect/inventory';
import { objectsOf } from '../../src/inspect/manifest';
import { mapStorage } from '../../src/map/build';

import { toHtml } from '../../src/map/formats/html';
import { toJson as toMapJson } from '../../src/map/formats/json';
import { toMarkdown as toMapMarkdown } from '../../src/map/formats/markdown';
import { toMermaid } from '../../src/map/formats/mermaid';
import { toSvg } from '../../src/map/formats/svg';
import { toText as toMapText } from '../../src/map/formats/text';
import { toGithub } from '../../src/safety/formats/github';
import { toJson } from '../../src/safety/formats/json';
import { toJunit } from '../../src/safety/formats/junit';
import { toMarkdown } from '../../src/safety/formats/markdown';
import { reportOf } from '../../src/safety/formats/report';
import { toSarif } from '../../src/safety/formats/sarif';
import { toText } from '../../src/safety/formats/text';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

/** Audits objects with all rules, maps them, and writes both in all formats. */
export function auditAndMap(documents: readonly object[]): void {
  const objects = documents.flatMap((document, index) =>
    objectsOf(document, {
      file: 'stream.yaml',
      locate: () => ({ file: 'stream.yaml', line: index + 1, column: 1 }),
    }),
  );
  const report = reportOf(audit(new Inventory(objects), { rules: RULES }));
  const context = { version: '0.0.0', colors: false };
  [toText, toJson, toMarkdown, toSarif, toJunit, toGithub].forEach(format => format(report, context));
  const model = mapStorage({ objects, problems: [] });
  [toMapText, toMapMarkdown, toMermaid, toMapJson, toSvg, toHtml].forEach(format => format(model));
}
