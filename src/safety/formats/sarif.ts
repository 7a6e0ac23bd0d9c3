import { resolve, sep } from 'path';
import { pathToFileURL } from 'url';
import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { keepWorst, placeOf, placeOfWaiver, Report, waiverNotes } from './report';
import { omission } from './summary';
import { visible, visibleJson } from '../../checks/visible';
import { at } from '../../inspect/json';
import { describeObject, ManifestObject, Place } from '../../inspect/manifest';
import { fingerprintOf } from '../fingerprint';
import type { Rule, Severity } from '../rule';
import type { Finding } from '../run';
import { WAIVER_ANNOTATION } from '../waiver';

/**
 * The largest number of results that GitHub code scanning accepts.
 *
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
const MAX_RESULTS = 25_000;

/**
 * Formats a report as SARIF 2.1.0, which GitHub code scanning and editors show. It contains the worst findings if there
 * are more than code scanning accepts, and a notification then says so.
 *
 * @param directory the directory that paths are relative to: the root of the repository
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export function toSarif(
  whole: Report,
  { version, directory = process.cwd() }: { readonly version: string; readonly directory?: string },
): string {
  const report = keepWorst(whole, MAX_RESULTS);
  const locate = (place: Place | undefined, object?: ManifestObject) => [location(place, object, directory)];
  const notifications: Notification[] = [
    ...omission(report).map((text): Notification => ({ level: 'warning', message: { text } })),
    ...report.problems.map((problem): Notification => ({
      level: 'error',
      message: { text: plain(problem.message) },
      locations: locate(problem),
    })),
    ...waiverNotes(report).map(({ waiver, kind, message }): Notification => ({
      level: kind === 'invalid' ? 'warning' : 'note',
      message: { text: plain(message) },
      locations: locate(placeOfWaiver(waiver), waiver.object),
    })),
  ];
  const indices = new Map(report.rules.map((rule, index) => [rule, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-storage-patterns',
            semanticVersion: version,
            informationUri: INFORMATION,
            rules: report.rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: report.problems.length === 0, toolExecutionNotifications: notifications }],
        results: report.findings.map((finding): Result => ({
          ruleId: finding.rule.id,
          ruleIndex: indices.get(finding.rule),
          level: LEVELS[finding.severity],
          message: { text: plain(`${describeObject(finding.object)}: ${finding.message}`) },
          locations: locate(placeOf(finding), finding.object),
          partialFingerprints: { 'objectAndRule/v1': fingerprintOf(finding.rule.id, finding) },
          ...(report.fixed && { baselineState: finding.isKnown ? 'unchanged' : 'new' }),
          ...(finding.reason !== undefined && {
            suppressions: [
              {
                kind: isAnnotated(finding) ? 'inSource' : 'external',
                status: 'accepted',
                justification: finding.reason,
              },
            ],
          }),
        })),
      },
    ],
  };
  return `${visibleJson(log)}\n`;
}

/**
 * Returns a message without embedded links, which messages of SARIF can have: `[text](target)`.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html#_Toc34317461
 */
function plain(text: string): string {
  return visible(text).replace(/\](?=\()/g, '\\]');
}

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  info: 'note',
};

const INFORMATION = 'https://github.com/cdk8s-storage-patterns/cdk8s-storage-patterns';

function descriptor({ id, severity, profile, summary, rationale, documentationUrl, fix }: Rule): ReportingDescriptor {
  const paragraphs = [
    `${summary} ${rationale}`,
    `Fix in YAML: ${fix.yaml}`,
    `Fix with cdk8s-storage-patterns: ${fix.construct}`,
  ];
  const link = documentationUrl === undefined ? [] : [documentationUrl];
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: rationale },
    help: {
      text: [...paragraphs, ...link].join('\n\n'),
      markdown: [...paragraphs, ...link.map(url => `[Documentation](${url})`)].join('\n\n'),
    },
    ...(documentationUrl && { helpUri: documentationUrl }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      'tags': ['kubernetes', profile],
      'precision': 'high',
      'problem.severity': severity === 'info' ? 'recommendation' : severity,
    },
  };
}

function location(place: Place | undefined, object: ManifestObject | undefined, directory: string): Location {
  return {
    ...(place && {
      physicalLocation: {
        artifactLocation: artifact(place.file, directory),
        region: { startLine: place.line, startColumn: place.column },
      },
    }),
    ...(object && {
      logicalLocations: [
        { fullyQualifiedName: object.source.constructPath ?? describeObject(object), kind: 'resource' },
      ],
    }),
  };
}

function artifact(file: string, directory: string): { uri: string; uriBaseId?: string } {
  const root = pathToFileURL(resolve(directory) + sep).href;
  const { href } = pathToFileURL(resolve(directory, file));
  return href.startsWith(root) ? { uri: href.slice(root.length), uriBaseId: '%SRCROOT%' } : { uri: href };
}

function isAnnotated({ object, about, rule }: Finding): boolean {
  return [object, about].some(
    carrier => at(carrier?.content, 'metadata', 'annotations', `${WAIVER_ANNOTATION}${rule.id}`) !== undefined,
  );
}
