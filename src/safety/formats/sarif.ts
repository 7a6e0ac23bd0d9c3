import { createHash } from 'crypto';
import { resolve, sep } from 'path';
import { pathToFileURL } from 'url';
import type { Location, Log, Notification, ReportingDescriptor, Result } from 'sarif';
import { placeOf, placeOfWaiver, Report, waiverNotes } from './report';
import { at, jsonPointer } from '../../inspect/json';
import { describeObject, ManifestObject, Place } from '../../inspect/manifest';
import type { Rule } from '../rule';
import type { Finding } from '../run';
import { WAIVER_ANNOTATION } from '../waiver';

/**
 * Formats a report as SARIF 2.1.0, which GitHub code scanning and editors show.
 *
 * @param directory the directory that paths are relative to: the root of the repository
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 * @see https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support
 */
export function toSarif(
  report: Report,
  { version, directory = process.cwd() }: { readonly version: string; readonly directory?: string },
): string {
  const locate = (place: Place | undefined, object?: ManifestObject) => [location(place, object, directory)];
  const notifications: Notification[] = [
    ...report.problems.map((problem): Notification => ({
      level: 'error',
      message: { text: problem.message },
      locations: locate(problem),
    })),
    ...waiverNotes(report).map(({ waiver, kind, message }): Notification => ({
      level: kind === 'invalid' ? 'warning' : 'note',
      message: { text: message },
      locations: locate(placeOfWaiver(waiver), waiver.object),
    })),
  ];
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
          ruleIndex: report.rules.indexOf(finding.rule),
          level: finding.rule.severity,
          message: { text: `${describeObject(finding.object)}: ${finding.message}` },
          locations: locate(placeOf(finding), finding.object),
          partialFingerprints: { 'objectAndRule/v1': fingerprint(finding) },
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
  return `${JSON.stringify(log, null, 2)}\n`;
}

const INFORMATION = 'https://github.com/cdk8s-storage-patterns/cdk8s-storage-patterns';

function descriptor({ id, severity, summary, rationale, documentationUrl, fix }: Rule): ReportingDescriptor {
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
    defaultConfiguration: { level: severity },
    properties: { 'tags': ['kubernetes', 'storage'], 'precision': 'high', 'problem.severity': severity },
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

/** A fingerprint that stays the same when lines move. */
function fingerprint({ rule, object: { apiVersion, kind, namespace = '', name }, at: path }: Finding): string {
  return createHash('sha256')
    .update([rule.id, apiVersion.split('/')[0], kind, namespace, name, jsonPointer(path)].join('\n'))
    .digest('hex')
    .slice(0, 32);
}

function isAnnotated({ object, about, rule }: Finding): boolean {
  return [object, about].some(
    carrier => at(carrier?.content, 'metadata', 'annotations', `${WAIVER_ANNOTATION}${rule.id}`) !== undefined,
  );
}
