import { App, Chart } from 'cdk8s';
import { EnvValue } from 'cdk8s-plus-28';
import { ClientProgram, databaseOf } from './database';
import { foreignObject, ForeignProgram } from './foreign';
import type { Make } from './values';
import type { MountProgram } from './volumes';
import {
  AppWorkload,
  AppWorkloadProps,
  AutoscalingOptions,
  ConfigFiles,
  ConfiguredApp,
  HttpRouteOptions,
  ILogDelivery,
  IngressExposureOptions,
  InitContainer,
  IPodExtension,
  KubernetesVersion,
  LoggedApp,
  LogShippingDefaults,
  LogShippingDefaultsOptions,
  NetworkPeer,
  PodExtensions,
  SidecarContainer,
  WorkloadDefaults,
  WorkloadDefaultsOptions,
} from '../../../src';

/** A program that a user can write: workloads with extensions in a chart and a minimum version of Kubernetes. */
export interface Program {
  readonly minimum: KubernetesVersion;
  readonly namespace?: string;
  readonly defaults?: WorkloadDefaultsOptions;
  readonly logDefaults?: LogShippingDefaultsOptions;
  readonly apps: readonly AppProgram[];
}

export interface AppProgram {
  readonly id: string;
  readonly props: Partial<AppWorkloadProps>;
  /** The workload of another library, in place of an app. */
  readonly foreign?: ForeignProgram;
  /** Whether the app is like the first one. */
  readonly isLikeFirst?: boolean;
  /** At most one of `config` and `logs`, because each has a separate class of app. */
  readonly config?: Make<ConfigFiles>;
  readonly logs?: ILogDelivery;
  readonly extensions: readonly Make<IPodExtension>[];
  readonly clients: readonly ClientProgram[];
  readonly mounts?: readonly MountProgram[];
  readonly initContainers?: readonly InitContainer[];
  readonly sidecars?: readonly SidecarContainer[];
  /** The ports that this app calls on the first app; omitted if it calls none. */
  readonly calls?: readonly number[];
  readonly peers?: readonly NetworkPeer[];
  /** The ports that the first app calls on this app; omitted if it calls none. */
  readonly callers?: readonly number[];
  /** The replica whose address the app has in a variable. */
  readonly address?: number;
  readonly ingress?: IngressExposureOptions;
  readonly httpRoute?: HttpRouteOptions;
  readonly autoscaling?: AutoscalingOptions;
}

/** The steps of a program for one app. */
export interface AppSteps {
  readonly create: () => void;
  /** The steps that can have any order. */
  readonly additions: readonly (() => void)[];
  readonly calls: () => void;
}

/** Runs the steps of a program in the order in which a user would write them. */
function inOrder(apps: readonly AppSteps[]): void {
  apps.forEach(({ create, additions, calls }) => [create, ...additions, calls].forEach(step => step()));
}

/** Runs a program and returns its chart, before it is rendered. */
export function build(program: Program, runSteps: (apps: readonly AppSteps[]) => void = inOrder): Chart {
  const app = new App();
  KubernetesVersion.setMinimum(app, program.minimum);
  const chart = new Chart(app, 'test', { disableResourceNameHashes: true, namespace: program.namespace });
  if (program.defaults) {
    WorkloadDefaults.of(chart).set(program.defaults);
  }
  if (program.logDefaults) {
    LogShippingDefaults.of(app).set(program.logDefaults);
  }
  const workloads: AppWorkload[] = [];
  runSteps(program.apps.map((_, i) => stepsOf(chart, program, i, workloads)));
  return chart;
}

/** Renders the objects of a program. */
export function run(program: Program): any[] {
  return build(program).toJson();
}

function stepsOf(chart: Chart, { apps }: Program, i: number, workloads: AppWorkload[]): AppSteps {
  const { foreign, extensions, clients, mounts = [], initContainers = [], sidecars = [], address } = apps[i];
  let pods: PodExtensions | undefined;
  const add = (extension: IPodExtension) => (pods ?? workloads[i]).add(extension);
  return {
    create: () => {
      if (foreign) {
        pods = PodExtensions.of(foreignObject(chart, foreign), foreign.options);
      } else {
        workloads.push(createWorkload(chart, apps[i], i, workloads[0]));
      }
    },
    additions: [
      ...extensions.map(make => () => add(make(chart))),
      ...clients.map((client, j) => () => add(databaseOf(chart, `db${i}-${j}`, client).client(client.options))),
      ...mounts.map(
        ({ path, volume, options }) =>
          () =>
            workloads[i].mount(path, volume, options),
      ),
      ...sidecars.map(container => () => workloads[i].addSidecar(container)),
      // one step, because their order is that of the calls
      () => initContainers.forEach(container => workloads[i].addInitContainer(container)),
      () => {
        if (address !== undefined) {
          const env = { [`PEER_${i}`]: EnvValue.fromValue(workloads[i].replicaAddress(address)) };
          add({ id: `peer-${i}`, bind: () => ({ env }) });
        }
      },
    ],
    calls: () => connect(apps[i], workloads[i], workloads[0]),
  };
}

function connect(
  { calls, peers = [], callers, ingress, httpRoute, autoscaling }: AppProgram,
  app: AppWorkload,
  first: AppWorkload,
) {
  if (calls) {
    app.allowTo(first, ...calls);
  }
  peers.forEach(peer => app.allowTo(peer));
  if (callers) {
    app.allowFrom(first, ...callers);
  }
  if (ingress) {
    app.exposeViaIngress(ingress);
  }
  if (httpRoute) {
    app.exposeViaHttpRoute(httpRoute);
  }
  if (autoscaling) {
    app.autoscale(autoscaling);
  }
}

function createWorkload(
  chart: Chart,
  { id, props, isLikeFirst, config, logs }: AppProgram,
  i: number,
  first: AppWorkload | undefined,
): AppWorkload {
  const origin = isLikeFirst && first ? { like: first } : { image: 'acme/app:1.0.0' };
  const all = { ...(props.ports ? {} : { port: 8080 }), ...origin, ...props };
  const appId = `${id}${i || ''}`;
  return config
    ? new ConfiguredApp(chart, appId, { ...all, config: config(chart) })
    : logs
      ? new LoggedApp(chart, appId, { ...all, logs })
      : new AppWorkload(chart, appId, all);
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
