import { Inventory } from '../../src/inspect/inventory';
import type { FileManifests } from '../../src/inspect/manifest';
import { readYaml } from '../../src/inspect/read-yaml';
import { mapStorage } from '../../src/map/build';
import { toHtml } from '../../src/map/formats/html';
import { toJson as toMapJson } from '../../src/map/formats/json';
import { toMarkdown as toMapMarkdown } from '../../src/map/formats/markdown';
import { toMermaid } from '../../src/map/formats/mermaid';
import { toSvg } from '../../src/map/formats/svg';
import { toText as toMapText } from '../../src/map/formats/text';
import type { Model } from '../../src/map/model';
import { toGithub } from '../../src/safety/formats/github';
import { toJson } from '../../src/safety/formats/json';
import { toJunit } from '../../src/safety/formats/junit';
import { toMarkdown } from '../../src/safety/formats/markdown';
import { Report, reportOf } from '../../src/safety/formats/report';
import { toSarif } from '../../src/safety/formats/sarif';
import { toText } from '../../src/safety/formats/text';
import { INTERNAL_ERROR } from '../../src/safety/internal-error';
import { RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';

/** The formats of the audit. */
export const REPORT_FORMATS: Readonly<Record<string, (report: Report) => string>> = {
  text: report => toText(report),
  json: toJson,
  markdown: report => toMarkdown(report),
  sarif: report => toSarif(report, { version: '1.0.0' }),
  junit: toJunit,
  github: report => toGithub(report),
};

/** The formats of the storage map. */
export const MAP_FORMATS: Readonly<Record<string, (model: Model) => string>> = {
  text: model => toMapText(model),
  narrow: model => toMapText(model, { width: 80 }),
  markdown: toMapMarkdown,
  mermaid: toMermaid,
  json: toMapJson,
  svg: toSvg,
  html: toHtml,
};

/** How often a map shows findings. It audits the manifests again for them. */
const FINDINGS_INTERVAL = 4;

/**
 * Audits manifests with all rules, maps them, and returns the output in all formats. With a turn, it returns one format
 * of each kind, and maps without findings in most turns.
 */
export function auditAll({ objects, problems }: FileManifests, turn?: number): Record<string, string> {
  const report = reportOf(audit(new Inventory(objects), { rules: RULES }), { problems });
  const rules = turn === undefined || turn % FINDINGS_INTERVAL === 0 ? RULES : [];
  const model = mapStorage({ objects, problems }, { audit: { rules } });
  const internal = report.findings.filter(({ rule }) => rule === INTERNAL_ERROR).map(({ message }) => message);
  const failed = [...internal, ...model.problems.map(({ message }) => message)].find(message =>
    message.startsWith('Internal error'),
  );
  if (failed !== undefined) {
    throw new Error(failed);
  }
  return Object.fromEntries([
    ...inTurn(Object.entries(REPORT_FORMATS), turn).map(([name, format]) => [`audit ${name}`, format(report)]),
    ...inTurn(Object.entries(MAP_FORMATS), turn).map(([name, format]) => [`map ${name}`, format(model)]),
  ]);
}

function inTurn<T>(items: readonly T[], turn: number | undefined): readonly T[] {
  return turn === undefined ? items : [items[turn % items.length]];
}

/** Returns the error of an input; `undefined` if it is audited and mapped, or refused with a sentence. */
export function failureOf(text: string): string | undefined {
  try {
    auditAll(readYaml(text, 'a.yaml'));
    return undefined;
  } catch (error) {
    return (error as Error).stack;
  }
}
