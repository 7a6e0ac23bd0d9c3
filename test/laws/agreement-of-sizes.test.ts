import { App, Chart, Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import { ConfigFiles, ConfigSource } from '../../src';
import { MAX_ANNOTATION_BYTES, MAX_CONFIG_MAP_BYTES } from '../../src/facts/kubernetes';
import { Inventory } from '../../src/inspect/inventory';
import { ManifestObject, objectsOf } from '../../src/inspect/manifest';
import { parseQuantity } from '../../src/inspect/quantity';
import { mapStorage } from '../../src/map/build';
import type { Row } from '../../src/map/model';
import { bytesPastApply } from '../../src/predicates/config-map-size';
import { RuleId, RULES } from '../../src/safety/rules';
import { audit } from '../../src/safety/run';
import { kind, workload } from '../synth';

/** What the builder says about a program. */
interface Built {
  readonly objects: any[];
  readonly warnings: readonly string[];
}

beforeAll(() => jest.spyOn(process, 'emitWarning').mockImplementation());
afterAll(() => jest.restoreAllMocks());

function synth(define: (chart: Chart) => void): Built {
  const chart = new Chart(new App(), 'test', { disableResourceNameHashes: true });
  define(chart);
  const objects = chart.toJson();
  const metadata = chart.node.findAll().flatMap(({ node }) => node.metadata);
  return { objects, warnings: metadata.filter(({ type }) => type === 'warning').map(({ data }) => data) };
}

function isRefused(define: (chart: Chart) => void, message: RegExp): boolean {
  try {
    synth(define);
    return false;
  } catch (error) {
    expect((error as Error).message).toMatch(message);
    return true;
  }
}

function read(objects: readonly any[]): ManifestObject[] {
  return objects.flatMap(object => objectsOf(object, { locate: () => undefined }));
}

function isFound(objects: readonly any[], id: RuleId): boolean {
  return audit(new Inventory(read(objects)), { rules: RULES }).findings.some(({ rule }) => rule.id === id);
}

function rowsOf(objects: readonly any[]): readonly Row[] {
  return mapStorage({ objects: read(objects), problems: [] }).workloads.flatMap(({ rows }) => rows);
}

function isMarked(objects: readonly any[], id: RuleId): boolean {
  return rowsOf(objects).some(({ findings }) => findings.some(({ rule }) => rule.id === id));
}

/** The sum of the size limits that the map shows for volumes. */
function mappedSize(objects: readonly any[], volumes: readonly string[]): number {
  const sizes = new Map(rowsOf(objects).map(({ volume, sizeLimit }) => [volume, parseQuantity(sizeLimit)]));
  return volumes.reduce((sum, volume) => sum + sizes.get(volume)!, 0);
}

const configured = (content: string) => (chart: Chart) =>
  workload(chart).add(new ConfigFiles({ sources: [ConfigSource.text('a.txt', content)] }));

/** The objects of a program with another content of its only file. */
function withContent(content: string): any[] {
  const { objects } = synth(configured('a'));
  kind(objects, 'ConfigMap').data['a.txt'] = content;
  return objects;
}

const AROUND = [
  ['one below the limit', -1, false],
  ['at the limit', 0, false],
  ['one above the limit', 1, true],
] as const;

describe.each(AROUND)('%s', (_, more, isOver) => {
  test('builder, rule and map agree on the size of a ConfigMap', () => {
    // a character of two bytes, so that bytes are counted and not characters
    const content = `ä${'x'.repeat(MAX_CONFIG_MAP_BYTES - 2 + more)}`;
    expect({
      builder: isRefused(configured(content), /1048577/),
      rule: isFound(withContent(content), 'config-map-size'),
      map: isMarked(withContent(content), 'config-map-size'),
    }).toEqual({ builder: isOver, rule: isOver, map: isOver });
  });

  test("builder, rule and map agree on the size that 'kubectl apply' can store", () => {
    const configMap = kind(withContent('x'.repeat(MAX_ANNOTATION_BYTES)), 'ConfigMap');
    const rest = bytesPastApply(configMap)! - MAX_ANNOTATION_BYTES;
    const { objects, warnings } = synth(configured('x'.repeat(MAX_ANNOTATION_BYTES - rest + more)));
    expect({
      builder: warnings.some(warning => warning.includes('kubectl apply')),
      rule: isFound(objects, 'client-side-apply-size'),
      map: isMarked(objects, 'client-side-apply-size'),
    }).toEqual({ builder: isOver, rule: isOver, map: isOver });
  });

  test('builder, rule and map agree on volumes on disk and the ephemeral storage limit', () => {
    const limit = (kibibytes: number) => ({ ephemeralStorage: { limit: Size.kibibytes(kibibytes) } });
    const used = (100 + 64) * 1024;
    const define = (kibibytes: number) => (chart: Chart) =>
      workload(chart, {
        writableDirectories: [{ path: '/cache', sizeLimit: Size.mebibytes(100) }],
        resources: limit(kibibytes),
      });
    const { objects } = synth(define(2 * used));
    limitOf(objects)['ephemeral-storage'] = `${used - more}Ki`;
    expect({
      builder: isRefused(define(used - more), /ephemeral/),
      rule: isFound(objects, 'ephemeral-storage-covers-volumes'),
      map: mappedSize(objects, ['scratch-cache', 'scratch-tmp']) > parseQuantity(`${used - more}Ki`)!,
    }).toEqual({ builder: isOver, rule: isOver, map: isOver });
  });

  test('builder, rule and map agree on volumes in memory and the memory limit', () => {
    const define = (kibibytes: number) => (chart: Chart) =>
      workload(chart, {
        writableDirectories: ['/cache', '/run/app'].map(path => ({
          path,
          sizeLimit: Size.mebibytes(100),
          medium: EmptyDirMedium.MEMORY,
        })),
        resources: { memory: { limit: Size.kibibytes(kibibytes) } },
      });
    const used = 200 * 1024;
    const { objects } = synth(define(2 * used));
    limitOf(objects).memory = `${used - more}Ki`;
    expect({
      builder: isRefused(define(used - more), /memory/),
      rule: isFound(objects, 'memory-volume-within-limit'),
      map: mappedSize(objects, ['scratch-cache', 'scratch-run-app']) > parseQuantity(`${used - more}Ki`)!,
    }).toEqual({ builder: isOver, rule: isOver, map: isOver });
  });
});

function limitOf(objects: any[]): Record<string, string> {
  return kind(objects, 'Deployment').spec.template.spec.containers[0].resources.limits;
}
