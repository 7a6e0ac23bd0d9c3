import { ServiceType } from 'cdk8s-plus-28';
import * as fc from 'fast-check';
import { config, configFiles } from './config';
import { controlledPrograms } from './controlled';
import { controllers } from './controllers';
import { backedUpDatabase, customDatabase, externalDatabase, statefulDatabase } from './database';
import { foreignProgram } from './foreign';
import { logShipping } from './logging';
import {
  autoscaling,
  httpRouteOptions,
  ingressOptions,
  ports as appPorts,
  serviceOptions,
  withNodePorts,
} from './network';
import type { AppProgram, Program } from './program';
import { podSettings, workloadDefaults } from './settings';
import { hostile, mostly, port, withoutChart } from './values';
import { mounts } from './volumes';
import { customExtension, customLogs, initContainer, sidecar, workloadProps } from './workload';
import { AppWorkloadProps, KubernetesVersion } from '../../../src';

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
const SMALLEST: Apps = { id, props: nothing, extensions: fc.constant([]), clients: fc.constant([]) };

function apps(app: Apps, maxLength: number): fc.Arbitrary<AppProgram[]> {
  return fc.array(fc.record({ ...SMALLEST, ...app }) as fc.Arbitrary<AppProgram>, { minLength: 1, maxLength });
}

/** A program of one app with few props, because each further prop makes it more likely to be refused. */
function about(app: Apps): fc.Arbitrary<Program> {
  return fc.record({ minimum, namespace, apps: apps(app, 1) });
}

const custom = withoutChart(customExtension);
const some: fc.Arbitrary<Partial<AppWorkloadProps>> = fc.oneof(
  { weight: 1, arbitrary: nothing },
  { weight: 1, arbitrary: workloadProps },
);
const ports = fc.oneof(none, fc.array(port, { maxLength: 2 }));

/** Props with a controller, and mostly with a port if clients can use it. */
const controlled: fc.Arbitrary<Partial<AppWorkloadProps>> = fc
  .tuple(controllers(mostly), some, mostly(fc.constant(false), fc.constant(true)))
  .map(([{ controller, runsToCompletion, hasReplicas }, { replicas, ...props }, isMixed]) => ({
    ...(runsToCompletion && !isMixed ? { port: undefined } : {}),
    ...props,
    ...(hasReplicas || isMixed ? { replicas } : {}),
    controller,
  }));

/** Props with settings of pods, ports and a Service. */
const settings: fc.Arbitrary<Partial<AppWorkloadProps>> = fc
  .tuple(podSettings(mostly), fc.oneof(none, appPorts(mostly)), fc.oneof(none, serviceOptions(mostly)), fc.boolean())
  .map(([props, several, service, hasNodePorts]) => ({
    ...props,
    ports: several && hasNodePorts && service?.type === ServiceType.NODE_PORT ? withNodePorts(several) : several,
    service,
  }));

/** Programs by their subject. */
export const PROGRAMS: Record<string, fc.Arbitrary<Program>> = {
  'workloads': about({ props: workloadProps }),
  'controllers': controlledPrograms(minimum),
  'controllers with any volumes': fc.record({
    minimum,
    namespace,
    apps: apps(
      {
        props: controlled,
        isLikeFirst: fc.boolean(),
        mounts: mounts(mostly, 'v-'),
        initContainers: fc.array(initContainer, { maxLength: 1 }),
        sidecars: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          sidecar.map(container => [container]),
        ),
        extensions: fc.oneof(
          { weight: 3, arbitrary: fc.constant([]) },
          fc.oneof(config, custom, withoutChart(logShipping)).map(extension => [extension]),
        ),
        calls: ports,
        callers: ports,
      },
      2,
    ),
  }),
  'settings': fc.record({
    minimum,
    defaults: fc.oneof(none, workloadDefaults(mostly)),
    apps: apps(
      {
        props: settings,
        ingress: fc.oneof(none, ingressOptions(mostly)),
        httpRoute: fc.oneof(none, httpRouteOptions(mostly)),
        autoscaling: fc.oneof(none, autoscaling(mostly)),
      },
      1,
    ),
  }),
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
  'database backups': about({ clients: fc.tuple(backedUpDatabase) }),
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
        callers: fc.oneof(none, fc.constant([])),
      },
      3,
    ),
  }),
};
