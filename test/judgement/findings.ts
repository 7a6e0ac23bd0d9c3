import { readdirSync, statSync } from 'fs';
import { join, relative } from 'path';
import { namesExample } from './example';
import { readInput } from '../../src/cli/input';
import { Inventory } from '../../src/inspect/inventory';
import { jsonPointer } from '../../src/inspect/json';
import { describeObject, ManifestObject } from '../../src/inspect/manifest';
import { fingerprintOf } from '../../src/safety/fingerprint';
import { openFindings, placeOf } from '../../src/safety/formats/report';
import type { Profile } from '../../src/safety/rule';
import { audit, Finding } from '../../src/safety/run';
import { select } from '../../src/safety/selection';

/** A finding, as it is drawn and judged. */
export interface PublicFinding {
  /** The folder of the repository or of its renderings, relative to the corpus. */
  readonly source: string;
  readonly rule: string;
  readonly severity: string;
  /** The path of the file, relative to the corpus. */
  readonly file: string;
  readonly line: number;
  readonly object: string;
  readonly pointer: string;
  readonly message: string;
  readonly fingerprint: string;
  /** Whether the object is part of an example, a tutorial or a test. */
  readonly isExample: boolean;
}

/** A folder of sources.yaml. */
export interface Source {
  readonly folder: string;
  /** The words of its README that call the whole repository an example. */
  readonly example?: string;
}

/** The findings of a source, and the numbers of its manifests. */
export interface SourceFindings {
  readonly sets: number;
  readonly objects: number;
  readonly pods: number;
  /** The number of those pods that are part of an example. */
  readonly examplePods: number;
  readonly findings: readonly PublicFinding[];
}

/** The file with a rendering of a chart or release. */
const RENDERING = 'manifest.yaml';

/** Audits a source in one profile, like `audit FOLDER` for each of its sets, and returns what the command shows. */
export async function findingsOf(
  { folder, example }: Source,
  corpus: string,
  profile: Profile,
): Promise<SourceFindings> {
  const source = join(corpus, folder);
  const isExample = ({ source: { file } }: ManifestObject) =>
    example !== undefined || namesExample(relative(corpus, file!));
  const sets = setsIn(source);
  let [objects, pods, examplePods] = [0, 0, 0];
  const findings: PublicFinding[] = [];
  for (const set of sets) {
    const result = audit(new Inventory((await readInput([set])).objects), select({ profile }));
    objects += result.objects.length;
    pods += result.podObjects.length;
    examplePods += result.podObjects.filter(isExample).length;
    for (const finding of openFindings(result)) {
      findings.push({ ...toPublicFinding(finding, source, corpus), isExample: isExample(finding.object) });
    }
  }
  return { sets: sets.length, objects, pods, examplePods, findings };
}

/** Returns the folders that are audited separately: each rendering, or the source as a whole, as a repository is. */
function setsIn(source: string): string[] {
  const renderings = foldersIn(source).filter(folder => namesOfFiles(folder).includes(RENDERING));
  return renderings.length > 0 && namesOfFiles(source).length === 0 ? renderings : [source];
}

function toPublicFinding(finding: Finding, source: string, corpus: string): Omit<PublicFinding, 'isExample'> {
  const { rule, severity, object, at, message } = finding;
  return {
    source: relative(corpus, source),
    rule: rule.id,
    severity,
    file: relative(corpus, object.source.file!),
    line: placeOf(finding)?.line ?? 1,
    object: describeObject(object),
    pointer: jsonPointer(at),
    message,
    fingerprint: fingerprintOf(rule.id, finding),
  };
}

function namesOfFiles(folder: string): string[] {
  return readdirSync(folder).filter(name => statSync(join(folder, name), { throwIfNoEntry: false })?.isFile());
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(entry => entry.isDirectory())
    .flatMap(({ name }) => [join(folder, name), ...foldersIn(join(folder, name))])
    .sort();
}
