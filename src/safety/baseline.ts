import { fingerprintOf } from './fingerprint';
import { INTERNAL_ERROR } from './internal-error';
import type { Problem, Rule } from './rule';
import { message } from '../checks/message';
import { compareBy } from '../checks/order';
import { readRegularFile } from '../checks/read-file';
import { list, record, text } from '../inspect/json';
import { describeObject } from '../inspect/manifest';

/** The version of the format of the file. */
const VERSION = 1;

/** A finding that is known. Only `fingerprint`, `rule` and `file` are compared; the rest is for readers of the file. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly rule: string;
  readonly object: string;
  /** The file or the construct path; omitted if the origin is unknown. */
  readonly file?: string;
  readonly message: string;
}

type Candidate = Problem & { readonly rule: Pick<Rule, 'id'> };

/** The findings that a project knows and does not fix now. */
export class Baseline {
  /**
   * Reads a baseline file.
   *
   * @throws Error with a sentence that names the file, if it cannot be read or is not a baseline
   */
  public static read(file: string): Baseline {
    let content: string;
    try {
      content = readRegularFile(file).toString('utf8');
    } catch (cause) {
      throw problem(file, `cannot be read: ${(cause as Error).message}`, cause);
    }
    return Baseline.parse(content, file);
  }

  /**
   * Reads the contents of a baseline file.
   *
   * @throws Error with a sentence that names the file, if it is not a baseline
   */
  public static parse(content: string, file: string): Baseline {
    let parsed: unknown;
    try {
      parsed = JSON.parse(content);
    } catch (cause) {
      throw problem(file, `is not JSON: ${(cause as Error).message}`, cause);
    }
    const { version, findings } = record(parsed);
    if (version !== VERSION) {
      throw problem(file, `is not a baseline of version ${VERSION}`);
    }
    return new Baseline(list(findings).map((entry, i) => readEntry(entry, i, file)));
  }

  /** Returns a baseline that contains the findings, except errors of the audit itself. */
  public static of(findings: readonly Candidate[]): Baseline {
    const known = findings.filter(({ rule }) => rule.id !== INTERNAL_ERROR.id);
    return new Baseline(known.map(toEntry).sort(compareBy(sortKey)));
  }

  private constructor(public readonly entries: readonly BaselineEntry[]) {}

  /**
   * Finds the entries of findings. Each entry matches one finding, in the same file if there is one.
   *
   * @returns the known findings, and the entries that match none
   */
  public match<T extends Candidate>(findings: readonly T[]): { known: Set<T>; unmatched: BaselineEntry[] } {
    const known = new Set<T>();
    const byFingerprint = new Map<string, BaselineEntry[]>();
    for (const entry of this.entries) {
      const entries = byFingerprint.get(entry.fingerprint);
      if (entries) {
        entries.push(entry);
      } else {
        byFingerprint.set(entry.fingerprint, [entry]);
      }
    }
    const candidates = findings.map(finding => ({ finding, entry: toEntry(finding) }));
    for (const isSameFile of [true, false]) {
      for (const { finding, entry } of candidates.filter(candidate => !known.has(candidate.finding))) {
        const entries = byFingerprint.get(entry.fingerprint) ?? [];
        const index = entries.findIndex(({ file }) => !isSameFile || file === entry.file);
        if (index >= 0) {
          entries.splice(index, 1);
          known.add(finding);
        }
      }
    }
    return { known, unmatched: [...byFingerprint.values()].flat() };
  }

  /** Returns the contents of a baseline file, sorted so that a version control system shows few changes. */
  public toString(): string {
    return `${JSON.stringify({ version: VERSION, findings: this.entries }, null, 2)}\n`;
  }
}

function toEntry(finding: Candidate): BaselineEntry {
  const { rule, object } = finding;
  return {
    fingerprint: fingerprintOf(rule.id, finding),
    rule: rule.id,
    object: describeObject(object),
    file: object.source.file?.replaceAll('\\', '/') ?? object.source.constructPath,
    message: finding.message,
  };
}

function readEntry(entry: unknown, index: number, file: string): BaselineEntry {
  const fields = record(entry);
  const { fingerprint, rule } = fields;
  if (typeof fingerprint !== 'string' || typeof rule !== 'string') {
    throw problem(file, `has no 'fingerprint' or no 'rule' in 'findings[${index}]'`);
  }
  return {
    fingerprint,
    rule,
    object: text(fields.object) ?? '',
    file: text(fields.file),
    message: text(fields.message) ?? '',
  };
}

function sortKey({ file = '', object, rule, fingerprint }: BaselineEntry): string {
  return [file, object, rule, fingerprint].join('\n');
}

function problem(file: string, predicate: string, cause?: unknown): Error {
  const remedy = "Write it with '--write-baseline' or 'SafetyReport.writeBaseline'.";
  return new Error(message(`Baseline '${file}' ${predicate}`, remedy), { cause });
}
