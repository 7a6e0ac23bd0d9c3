/**
 * Counts how often each part of the library runs when it audits and maps objects, and prints the parts whose number
 * grows faster than the number of objects, as JSON.
 *
 * Counts do not depend on the machine or its load. V8 counts only in code that it compiled after the count began, which
 * is why this is a program of its own.
 */
import { Session } from 'inspector';
import type { Profiler } from 'inspector';
import type { ObjectsAt } from '../bench/kinds';

/** A part of the library that runs more than in proportion to the objects. */
export interface Growth {
  /** The name of the objects. */
  readonly objects: string;
  /** The part: its file and the beginning of its code. */
  readonly part: string;
  /** How often it runs for one object, among few and among many. */
  readonly few: number;
  readonly many: number;
}

/** The growth of one sort of objects. */
export interface GrowthReport {
  /** The exponent of all counts together, by the name of the objects; 1 is linear. */
  readonly exponents: Readonly<Record<string, number>>;
  readonly growing: readonly Growth[];
  /** The parts that grow when all objects are compared with each other. */
  readonly control: readonly Growth[];
}

const FEW = 10;
const TIMES = 4;
/**
 * How much more often a part can run for each object, among four times as many. A sort compares each with a few more,
 * and a report of many findings has parts that a short one lacks.
 */
const MAX_GROWTH = 2;
const FEW_RUNS = 5;

type Ranges = ReadonlyMap<string, readonly Profiler.CoverageRange[]>;

/** Counts the runs of each part of the source, in this process. */
class Counter {
  private readonly session = new Session();
  private readonly scripts = new Map<string, string>();

  constructor() {
    this.session.connect();
    this.session.on('Debugger.scriptParsed', ({ params: { scriptId, url } }) => this.scripts.set(url, scriptId));
    this.session.post('Debugger.enable');
    this.session.post('Profiler.enable');
    this.session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  }

  /** Returns the counts of the parts that run during some work, by function. */
  public count(work: () => void): Ranges {
    this.take();
    work();
    return this.take();
  }

  /** Describes a part by its file and the beginning of its code. */
  public describe(key: string, { startOffset, endOffset }: Profiler.CoverageRange): string {
    const url = key.slice(0, key.lastIndexOf(':'));
    const code = this.sourceOf(url).slice(startOffset, Math.min(endOffset, startOffset + 100));
    return `${url.slice(url.lastIndexOf('/src/') + 1)}: ${code.replace(/\s+/g, ' ')}`;
  }

  private sourceOf(url: string): string {
    let source = '';
    this.session.post('Debugger.getScriptSource', { scriptId: this.scripts.get(url)! }, (_, result) => {
      source = result.scriptSource;
    });
    return source;
  }

  private take(): Ranges {
    const ranges = new Map<string, readonly Profiler.CoverageRange[]>();
    this.session.post('Profiler.takePreciseCoverage', (_, { result }) => {
      for (const { url, functions } of result) {
        if (url.includes('/src/') && !url.includes('/node_modules/')) {
          functions.forEach(({ ranges: parts }) => ranges.set(`${url}:${parts[0].startOffset}`, parts));
        }
      }
    });
    return ranges;
  }
}

/** Returns how often a part ran; V8 reports it separately only if its count differs from the code around it. */
function countOf(ranges: readonly Profiler.CoverageRange[] = [], part: Profiler.CoverageRange): number {
  const around = ranges.filter(
    ({ startOffset, endOffset }) => startOffset <= part.startOffset && endOffset >= part.endOffset,
  );
  return (
    around.reduce((a, b) => (b.endOffset - b.startOffset <= a.endOffset - a.startOffset ? b : a), around[0])?.count ?? 0
  );
}

function compare(objects: string, few: Ranges, many: Ranges, counter: Counter): Growth[] {
  return [...many].flatMap(([key, parts]) =>
    parts.flatMap(part => {
      const counts = { few: countOf(few.get(key), part) / FEW, many: part.count / FEW / TIMES };
      return counts.few > 0 && counts.many > MAX_GROWTH * counts.few + FEW_RUNS
        ? [{ objects, part: counter.describe(key, part), ...counts }]
        : [];
    }),
  );
}

const total = (ranges: Ranges) => [...ranges.values()].flat().reduce((sum, { count }) => sum + count, 0);

function main(): GrowthReport {
  const counter = new Counter();
  /* oxlint-disable typescript/no-require-imports -- the modules must be compiled after the count began */
  const { auditAndMap } = require('./audit-and-map') as typeof import('./audit-and-map');
  const { firstObjects, GROUPS, KINDS } = require('../bench/kinds') as typeof import('../bench/kinds');
  const { isDouble, objectsOf } = require('../../src/inspect/manifest') as typeof import('../../src/inspect/manifest');
  /* oxlint-enable typescript/no-require-imports */
  const measure = (name: string, objectsAt: ObjectsAt, work: (objects: object[]) => void) => {
    const [few, many] = [FEW, FEW * TIMES].map(count => {
      const objects = firstObjects(objectsAt, count);
      return counter.count(() => work(objects));
    });
    return {
      exponent: Math.log(total(many) / total(few)) / Math.log(TIMES),
      growing: compare(name, few, many, counter),
    };
  };
  const results = [...KINDS, ...GROUPS].map(
    ([name, objectsAt]) => [name, measure(name, objectsAt, auditAndMap)] as const,
  );
  const control = measure('control', KINDS.get('ConfigMap')!, documents => {
    const objects = documents.flatMap(document => objectsOf(document, { locate: () => undefined }));
    objects.forEach(object => objects.some(other => isDouble(object, other)));
  });
  return {
    exponents: Object.fromEntries(results.map(([name, { exponent }]) => [name, exponent])),
    growing: results.flatMap(([, { growing }]) => growing),
    control: control.growing,
  };
}

if (require.main === module) {
  process.stdout.write(JSON.stringify(main()));
}
