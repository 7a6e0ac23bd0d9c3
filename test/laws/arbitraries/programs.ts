import { App, Chart } from 'cdk8s';
import * as fc from 'fast-check';
import { config } from './config';
import { ClientProgram, databaseOf, externalDatabase, ownDatabase } from './database';
import { logShipping } from './logging';
import { ownCapability, workloadProps } from './workload';
import { ICapability, KubernetesVersion, Workload, WorkloadProps } from '../../../src';

/** What a user may write: workloads with parts in a chart, for an oldest cluster. */
export interface Program {
  readonly oldest: KubernetesVersion;
  readonly apps: readonly AppProgram[];
}

export interface AppProgram {
  readonly props: Partial<WorkloadProps>;
  readonly parts: readonly ICapability[];
  readonly clients?: readonly ClientProgram[];
}

/** A program about one app, which mostly has nothing but what is given here: the more there is, the more is refused. */
function about(app: fc.Arbitrary<AppProgram>): fc.Arbitrary<Program> {
  return fc.record({
    oldest: fc.constantFrom(KubernetesVersion.V1_28, KubernetesVersion.V1_30, KubernetesVersion.V1_37),
    apps: fc.array(app, { minLength: 1, maxLength: 1 }),
  });
}

/** Programs by what they are about. */
export const PROGRAMS: Record<string, fc.Arbitrary<Program>> = {
  'workloads': about(fc.record({ props: workloadProps, parts: fc.array(fc.oneof(config, ownCapability), { maxLength: 3 }) })),
  'databases': about(fc.record({ props: fc.constant({}), parts: fc.constant([]), clients: fc.tuple(ownDatabase) })),
  'databases elsewhere': about(fc.record({ props: fc.constant({}), parts: fc.constant([]), clients: fc.tuple(externalDatabase) })),
  'log shipping': about(fc.record({ props: fc.constant({}), parts: fc.tuple(logShipping) })),
  'log shipping beside another part': about(fc.record({ props: fc.constant({}), parts: fc.tuple(logShipping, fc.oneof(config, ownCapability)) })),
};

/** The objects that a program makes. */
export function run({ oldest, apps }: Program): any[] {
  const app = new App();
  KubernetesVersion.serveFrom(app, oldest);
  const chart = new Chart(app, 'test', { disableResourceNameHashes: true });
  apps.forEach(({ props, parts, clients = [] }, i) => {
    const workload = new Workload(chart, `app${i || ''}`, { image: 'acme/app:1.0.0', port: 8080, ...props });
    parts.forEach(part => workload.add(part));
    clients.forEach((client, j) => workload.add(databaseOf(chart, `db${i}-${j}`, client).client(client.options)));
  });
  return chart.toJson();
}
