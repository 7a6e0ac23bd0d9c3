import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { config, configFiles } from './config';
import { ClientProgram, databaseOf, externalDatabase, otherDatabase, ownDatabase } from './database';
import { logShipping } from './logging';
import { free, hostile, Made, mostly } from './values';
import { ownCapability, ownLogs, workloadProps } from './workload';
import {
  ConfigFiles,
  ConfiguredApp,
  ILogDelivery,
  IPodExtension,
  KubernetesVersion,
  LoggedApp,
  AppWorkload,
  AppWorkloadProps,
} from '../../../src';

/** What a user may write: workloads with parts in a chart, for an oldest cluster. */
export interface Program {
  readonly oldest: KubernetesVersion;
  readonly namespace?: string;
  readonly apps: readonly AppProgram[];
}

export interface AppProgram {
  readonly id: string;
  readonly props: Partial<AppWorkloadProps>;
  /** At most one of the two: each has a class of its own. */
  readonly config?: Made<ConfigFiles>;
  readonly logs?: ILogDelivery;
  readonly parts: readonly Made<IPodExtension>[];
  readonly clients: readonly ClientProgram[];
  /** Ports of calls from this app to the first, and of calls from the first to it, where it makes them. */
  readonly calls?: readonly number[];
  readonly isCalled?: boolean;
}

const oldest = fc.constantFrom(...(Object.values(KubernetesVersion) as KubernetesVersion[]));
const namespace = fc.oneof(fc.constant(undefined), mostly(fc.constant('shop'), hostile));
// what `constructs` itself refuses as an id, or takes for a child that is there, is not ours to say
const id = mostly(
  fc.constant('app'),
  hostile.filter(one => one !== '' && !(one in {})),
);
const nothing = fc.constant({});
const none = fc.constant(undefined);

type Apps = Partial<{ [K in keyof AppProgram]: fc.Arbitrary<AppProgram[K]> }>;
const LEAST: Required<Apps> = {
  id,
  props: nothing,
  config: none,
  logs: none,
  parts: fc.constant([]),
  clients: fc.constant([]),
  calls: none,
  isCalled: none,
};

function apps(app: Apps, most: number): fc.Arbitrary<AppProgram[]> {
  return fc.array(fc.record<AppProgram>({ ...LEAST, ...app }), { minLength: 1, maxLength: most });
}

/** A program of one app, which mostly has nothing but what is given here: the more there is, the more is refused. */
function about(app: Apps): fc.Arbitrary<Program> {
  return fc.record({ oldest, namespace, apps: apps(app, 1) });
}

const own = free(ownCapability);
const some = fc.oneof({ weight: 1, arbitrary: nothing }, { weight: 1, arbitrary: workloadProps });

/** Programs by what they are about. */
export const PROGRAMS: Record<string, fc.Arbitrary<Program>> = {
  'workloads': about({ props: workloadProps }),
  'configuration': about({
    props: some,
    config: fc.oneof(none, configFiles),
    parts: fc.array(config, { minLength: 1, maxLength: 2 }),
  }),
  "parts of the user's own": about({
    logs: fc.oneof(none, ownLogs),
    parts: fc.array(own, { minLength: 1, maxLength: 2 }),
  }),
  'databases': about({ clients: fc.tuple(ownDatabase) }),
  'databases elsewhere': about({ clients: fc.tuple(externalDatabase) }),
  "databases of the user's own making": about({ clients: fc.tuple(otherDatabase) }),
  'log shipping': about({ props: some, logs: logShipping }),
  'log shipping beside another part': about({ parts: fc.tuple(free(logShipping), fc.oneof(config, own)) }),
  'all patterns together': fc.record({
    oldest,
    namespace,
    apps: apps(
      {
        props: some,
        config: fc.oneof(none, configFiles),
        logs: fc.oneof(none, logShipping),
        parts: fc.array(fc.oneof(config, free(logShipping), own), { maxLength: 2 }),
        clients: fc.array(fc.oneof(ownDatabase, externalDatabase, otherDatabase), { maxLength: 1 }),
        calls: fc.oneof(none, fc.array(fc.integer({ min: 0, max: 70000 }), { maxLength: 2 })),
        isCalled: fc.boolean(),
      },
      3,
    ),
  }),
};

/** The objects that a program makes. */
export function run(program: Program): any[] {
  return build(program).toJson();
}

/** Runs a program and returns its chart, before it is rendered. */
export function build(program: Program): Chart {
  const app = new App();
  KubernetesVersion.setMinimum(app, program.oldest);
  const chart = new Chart(app, 'test', { disableResourceNameHashes: true, namespace: program.namespace });
  let first: AppWorkload | undefined;
  program.apps.forEach(({ id: name, props, config: files, logs, parts, clients, calls, isCalled }, i) => {
    const all = { image: 'acme/app:1.0.0', port: 8080, ...props };
    const appId = `${name}${i || ''}`;
    const workload = files
      ? new ConfiguredApp(chart, appId, { ...all, config: files(chart) })
      : logs
        ? new LoggedApp(chart, appId, { ...all, logs })
        : new AppWorkload(chart, appId, all);
    parts.forEach(part => workload.add(part(chart)));
    clients.forEach((client, j) => workload.add(databaseOf(chart, `db${i}-${j}`, client).client(client.options)));
    if (calls) {
      workload.allowTo(first ?? workload, ...calls);
    }
    if (isCalled) {
      workload.allowFrom(first ?? workload);
    }
    first ??= workload;
  });
  return chart;
}

/**
 * An error of ours: the path of a construct, what is wrong, and the remedy; cdk8s only says before it that validation
 * found it.
 */
const OWN_ERROR = /^(Validation failed with the following errors:\n\s+)?\[test(\/[^\]]*)?\] [^]+\. [^]+/;

/** The objects that a program makes, or nothing where it is refused; what refuses it has to be an error of ours. */
export function runOrRefuse(program: Program, count: { taken: number; refused: number }): any[] | undefined {
  let objects: any[];
  try {
    objects = run(program);
  } catch (error) {
    expect((error as Error).message).toMatch(OWN_ERROR);
    count.refused++;
    return undefined;
  }
  count.taken++;
  return objects;
}
