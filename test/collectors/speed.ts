import { Size } from 'cdk8s';
import { keepSpeed } from './results';
import { Cell } from './rig/cell';
import { COLLECTORS, Collector } from './rig/collectors';
import { whyNot } from './rig/program';
import { sinkNamed } from './rig/sinks';
import { LogFormat, LogRotation } from '../../src';

// speed.ts [COLLECTOR ...]: measures how fast each collector sends a backlog, one collector at a time
const LINES = 300_000;
const PATIENCE_SECONDS = 240;
const FORMATS = { text: LogFormat.text(), json: LogFormat.json() };

/** The speed of a collector with one CPU and the memory limit of its preset. */
export interface Speed {
  readonly collector: string;
  readonly kind: string;
  readonly sink: string;
  readonly notRun?: string;
  readonly lines: number;
  readonly lost?: number;
  readonly seconds?: number;
  readonly cpuSeconds?: number;
  readonly memory?: number;
  readonly limit?: number;
  readonly version?: string;
}

/** Measures a collector that sends lines of existing files to a sink on the same machine. */
async function speedOf(collector: Collector, kind: keyof typeof FORMATS): Promise<Speed> {
  const sink = sinkNamed(collector.name === 'otel-collector' ? 'otlp' : 'http');
  const key = { collector: collector.name, kind, sink: sink.name, lines: LINES };
  const notRun = whyNot(collector);
  if (notRun) {
    return { ...key, notRun };
  }
  let cell: Cell;
  try {
    cell = await Cell.open({
      collector,
      sinks: [sink],
      props: { format: FORMATS[kind], rotation: LogRotation.byApp({ maxFileSize: Size.mebibytes(10), maxFiles: 30 }) },
    });
  } catch (error) {
    return { ...key, notRun: (error as Error).message.split('\n')[0] };
  }
  try {
    const version = await cell.program.version();
    await cell.write({ count: LINES, kind, maxSize: 10 * 2 ** 20, maxFiles: 30 }).done;
    const begun = Date.now();
    await cell.start();
    const seconds = await cell.allArrived(PATIENCE_SECONDS);
    const usage = cell.usage();
    const { lost } = await cell.report();
    return {
      ...key,
      version,
      lost,
      seconds: seconds === undefined ? undefined : (Date.now() - begun) / 1000,
      cpuSeconds: usage?.cpuSeconds,
      memory: usage && Math.round(usage.peakMemory / 2 ** 20),
      limit: cell.container.memory && cell.container.memory / 2 ** 20,
    };
  } catch (error) {
    return { ...key, notRun: (error as Error).message.split('\n')[0] };
  } finally {
    await cell.close();
  }
}

export async function measureSpeeds(names: string[] = []): Promise<void> {
  for (const collector of COLLECTORS.filter(({ name }) => names.length === 0 || names.includes(name))) {
    for (const kind of Object.keys(FORMATS) as (keyof typeof FORMATS)[]) {
      const speed = await speedOf(collector, kind);
      keepSpeed(speed);
      process.stdout.write(`${collector.name} ${kind}: ${JSON.stringify(speed)}\n`);
    }
  }
}

if (require.main === module) {
  void measureSpeeds(process.argv.slice(2));
}
