import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { config, configFiles } from './config';
import { ClientProgram, databaseOf, externalDatabase, customDatabase, statefulDatabase } from './database';
import { foreignObject, ForeignProgram, foreignProgram } from './foreign';
import { logShipping } from './logging';
import { hostile, Make, mostly, withoutChart } from './values';
import { customExtension, customLogs, workloadProps } from './workload';
import {
  ConfigFiles,
  ConfiguredApp,
  ILogDelivery,
  IPodExtension,
  KubernetesVersion,
  LoggedApp,
  PodExtensions,
  AppWorkload,
  AppWorkloadProps,
} from '../../../src';

/** A program that a user can write: workloads with extensions in a chart and a minimum version of Kubernetes. */
export interface Program {
  readonly minimum: KubernetesVersion;
  readonly namespace?: string;
  readonly apps: readonly AppProgram[];
}

export interface AppProgram {
  readonly id: string;
  readonly props: Partial<AppWorkloadProps>;
  /** The workload of another library, in place of an app. */
  readonly foreign?: ForeignProgram;
  /** At most one of `config` and `logs`, because each has a separate class of app. */
  readonly config?: Make<ConfigFiles>;
  readonly logs?: ILogDelivery;
  readonly extensions: readonly Make<IPodExtension>[];
  readonly clients: readonly ClientProgram[];
  /** The ports that this app calls on the first app; omitted if it calls none. */
  readonly calls?: readonly number[];
  /** Whether the first app calls this app. */
  readonly isCalled?: boolean;
}

const minimum = fc.constantFrom(...(Object.values(KubernetesVersion) as KubernetesVersion[]));
const namespace = fc.oneof(fc.constant(undefined), mostly(fc.constant('shop'), hostile));
// without ids that the constructs library refuses, or mistakes for an existing child
const id = mostly(
  fc.constant('app'),
  hostile.filter(value => value !== '' && !(value in {})),
);
const nothing = fc.constant({});
const none = fc.constant(undefined);

type Apps = Partial<{ [K in keyof AppProgram]: fc.Arbitrary<AppProgram[K]> }>;
const SMALLEST: Required<Apps> = {
  id,
  props: nothing,
  foreign: none,
  config: none,
  logs: none,
  extensions: fc.constant([]),
  clients: fc.constant([]),
  calls: none,
  isCalled: none,
};

function apps(app: Apps, maxLength: number): fc.Arbitrary<AppProgram[]> {
  return fc.array(fc.record<AppProgram>({ ...SMALLEST, ...app }), { minLength: 1, maxLength });
}

/** A program of one app with few props, because each further prop makes it more likely to be refused. */
function about(app: Apps): fc.Arbitrary<Program> {
  return fc.record({ minimum, namespace, apps: apps(app, 1) });
}

const custom = withoutChart(customExtension);
const some = fc.oneof({ weight: 1, arbitrary: nothing }, { weight: 1, arbitrary: workloadProps });

/** Programs by their subject. */
export const PROGRAMS: Record<string, fc.Arbitrary<Program>> = {
  'workloads': about({ props: workloadProps }),
  'configuration': about({
    props: some,
    config: fc.oneof(none, configFiles),
    extensions: fc.array(config, { minLength: 1, maxLength: 2 }),
  }),
  'custom extensions': about({
    logs: fc.oneof(none, customLogs),
    extensions: fc.array(custom, { minLength: 1, maxLength: 2 }),
  }),
  'databases': about({ clients: fc.tuple(statefulDatabase) }),
  'external databases': about({ clients: fc.tuple(externalDatabase) }),
  'custom databases': about({ clients: fc.tuple(customDatabase) }),
  'log shipping': about({ props: some, logs: logShipping }),
  'log shipping with another extension': about({
    extensions: fc.tuple(withoutChart(logShipping), fc.oneof(config, custom)),
  }),
  'workloads of other libraries': about({
    foreign: foreignProgram,
    extensions: fc.array(fc.oneof(config, withoutChart(logShipping), custom), { minLength: 1, maxLength: 2 }),
    clients: fc.array(fc.oneof(statefulDatabase, externalDatabase, customDatabase), { maxLength: 1 }),
  }),
  'all patterns together': fc.record({
    minimum,
    namespace,
    apps: apps(
      {
        props: some,
        config: fc.oneof(none, configFiles),
        logs: fc.oneof(none, logShipping),
        extensions: fc.array(fc.oneof(config, withoutChart(logShipping), custom), { maxLength: 2 }),
        clients: fc.array(fc.oneof(statefulDatabase, externalDatabase, customDatabase), { maxLength: 1 }),
        calls: fc.oneof(none, fc.array(fc.integer({ min: 0, max: 70000 }), { maxLength: 2 })),
        isCalled: fc.boolean(),
      },
      3,
    ),
  }),
};

/** Renders the objects of a program. */
export function run(program: Program): any[] {
  return build(program).toJson();
}

/** Runs a program and returns its chart, before it is rendered. */
export function build(program: Program): Chart {
  const app = new App();
  KubernetesVersion.setMinimum(app, program.minimum);
  const chart = new Chart(app, 'test', { disableResourceNameHashes: true, namespace: program.namespace });
  let first: AppWorkload | undefined;
  program.apps.forEach(({ id: name, props, foreign, config: files, logs, extensions, clients, calls, isCalled }, i) => {
    const added = [
      ...extensions.map(make => () => make(chart)),
      ...clients.map((client, j) => () => databaseOf(chart, `db${i}-${j}`, client).client(client.options)),
    ];
    if (foreign) {
      const pods = PodExtensions.of(foreignObject(chart, foreign), foreign.options);
      added.forEach(make => pods.add(make()));
      return;
    }
    const all = { image: 'acme/app:1.0.0', port: 8080, ...props };
    const appId = `${name}${i || ''}`;
    const workload = files
      ? new ConfiguredApp(chart, appId, { ...all, config: files(chart) })
      : logs
        ? new LoggedApp(chart, appId, { ...all, logs })
        : new AppWorkload(chart, appId, all);
    added.forEach(make => workload.add(make()));
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
 * An error of the library: the construct path, the problem and the remedy. cdk8s writes a line before the errors of a
 * validation.
 */
const OWN_ERROR = /^(Validation failed with the following errors:\n\s+)?\[test(\/[^\]]*)?\] [^]+\. [^]+/;

/** Renders the objects of a program, or returns nothing if the library refuses it with one of its errors. */
export function runOrRefuse(program: Program, count: { accepted: number; refused: number }): any[] | undefined {
  let objects: any[];
  try {
    objects = run(program);
  } catch (error) {
    expect((error as Error).message).toMatch(OWN_ERROR);
    count.refused++;
    return undefined;
  }
  count.accepted++;
  return objects;
}
