import { EnvValue, Secret } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { engineName, PASSWORD_DIRECTORY, ServerFacts } from './server-facts';
import type { DatabaseMetricsOptions } from './stateful-database-props';
import { fail } from '../../checks/fail';
import { checkProps, PropTable, optional } from '../../checks/props';
import { checkLabels } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import { HealthCheck } from '../../pod/health-check';
import type { Identity } from '../../pod/identity';
import type { OwnedAdditions } from '../../pod/merge';
import type { PodMount, SidecarContainer } from '../../pod/pod-parts';
import type { DatabaseEngineSpec } from '../engine/database-engine-spec';
import type { ExporterSpec } from '../engine/exporter-spec';
import { fillPlaceholders } from '../engine/placeholders';

/** The name of the port that serves the metrics. */
export const METRICS_PORT = 'metrics';

const METRICS: PropTable<DatabaseMetricsOptions> = {
  image: optional('string'),
  serviceMonitor: optional('boolean'),
  serviceMonitorLabels: optional('string{}'),
};

/** Returns the facts of the exporter, and refuses `metrics` of an engine without one. */
export function checkExporter(
  scope: Construct,
  spec: DatabaseEngineSpec,
  options: DatabaseMetricsOptions,
): ExporterSpec {
  checkProps(scope, options, METRICS, "'metrics'");
  return (
    spec.exporter ??
    fail(
      scope,
      `'metrics' is set, but no exporter is known for ${engineName(spec)}.`,
      "Set 'exporter' of the engine, or omit 'metrics'.",
    )
  );
}

/** Returns the exporter as a sidecar. It uses the credentials of the server. */
export function exporterPart(
  scope: Construct,
  facts: ServerFacts,
  options: DatabaseMetricsOptions,
  credentials: PodMount,
): OwnedAdditions {
  const spec = checkExporter(scope, facts.spec, options);
  const values = { user: '$(DATABASE_USER)', port: String(facts.spec.port) };
  const container: SidecarContainer = {
    name: 'exporter',
    image: options.image ?? spec.image,
    args: spec.args?.map(arg => fillPlaceholders(arg, values)),
    env: exporterVariables(scope, facts, spec, text => fillPlaceholders(text, values)),
    mounts: spec.passwordFileVariable === undefined ? undefined : [credentials],
    ports: { [METRICS_PORT]: spec.port },
    healthCheck: HealthCheck.tcp(),
  };
  return { owner: 'the exporter', additions: { sidecars: [container] } };
}

function exporterVariables(
  scope: Construct,
  { keys, user }: ServerFacts,
  spec: ExporterSpec,
  fill: (text: string) => string,
): Record<string, EnvValue> {
  const secret = Secret.fromSecretName(scope, 'metrics-secret', keys.secretName);
  const variables = new Map<string, EnvValue>([
    [
      'DATABASE_USER',
      keys.usernameKey === undefined
        ? EnvValue.fromValue(user)
        : EnvValue.fromSecretValue({ secret, key: keys.usernameKey }),
    ],
    ...Object.entries(spec.env ?? {}).map(([name, value]): [string, EnvValue] => [
      name,
      EnvValue.fromValue(fill(value)),
    ]),
  ]);
  if (spec.passwordFileVariable !== undefined) {
    variables.set(spec.passwordFileVariable, EnvValue.fromValue(`${PASSWORD_DIRECTORY}/password`));
  } else if (spec.passwordVariable !== undefined) {
    variables.set(spec.passwordVariable, EnvValue.fromSecretValue({ secret, key: keys.passwordKey }));
  }
  return Object.fromEntries(variables);
}

/** Creates a ServiceMonitor, which makes the Prometheus Operator scrape the metrics. */
export function serviceMonitor(
  scope: Construct,
  identity: Identity,
  { serviceMonitorLabels }: DatabaseMetricsOptions,
  serviceLabels: Record<string, string>,
): void {
  checkLabels(scope, "'serviceMonitorLabels'", serviceMonitorLabels);
  new ReadableApiObject(scope, 'ServiceMonitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'ServiceMonitor',
    metadata: {
      name: identity.name,
      namespace: identity.namespace,
      labels: { ...identity.labels, ...serviceMonitorLabels },
    },
    spec: { selector: { matchLabels: serviceLabels }, endpoints: [{ port: METRICS_PORT }] },
  });
}
