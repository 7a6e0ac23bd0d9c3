import { EnvValue, Secret } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { PASSWORD_DIRECTORY, ServerFacts } from './server-facts';
import type { DatabaseMetricsOptions } from './stateful-database-props';
import { fail } from '../../checks/fail';
import { checkLabels } from '../../checks/values';
import { ReadableApiObject } from '../../objects/readable-api-object';
import { HealthCheck } from '../../pod/health-check';
import type { Identity } from '../../pod/identity';
import type { OwnedAdditions } from '../../pod/merge';
import type { SidecarContainer, PodMount } from '../../pod/pod-parts';

/** The name of the port with the metrics. */
export const METRICS_PORT = 'metrics';

/** The exporter beside the server, which reads the same password. */
export function exporter(
  scope: Construct,
  { spec, keys, user }: ServerFacts,
  options: DatabaseMetricsOptions,
  credentials: PodMount,
): OwnedAdditions {
  const { exporter: facts, provider, type } = spec;
  if (!facts) {
    fail(scope, `It has 'metrics', but no exporter is known of ${provider ?? type}.`, "Give its spec an 'exporter'.");
  }
  const secret = Secret.fromSecretName(scope, 'metrics-secret', keys.secretName);
  const fill = (text: string) => text.replace(/\{user\}/g, '$(DATABASE_USER)');
  const env = new Map(
    Object.entries({
      DATABASE_USER:
        keys.usernameKey === undefined
          ? EnvValue.fromValue(user)
          : EnvValue.fromSecretValue({ secret, key: keys.usernameKey }),
      ...Object.fromEntries(
        Object.entries(facts.env ?? {}).map(([name, value]) => [name, EnvValue.fromValue(fill(value))]),
      ),
    }),
  );
  if (facts.passwordFileVariable !== undefined) {
    env.set(facts.passwordFileVariable, EnvValue.fromValue(`${PASSWORD_DIRECTORY}/password`));
  } else if (facts.passwordVariable !== undefined) {
    env.set(facts.passwordVariable, EnvValue.fromSecretValue({ secret, key: keys.passwordKey }));
  }
  const container: SidecarContainer = {
    name: 'exporter',
    image: options.image ?? facts.image,
    args: facts.args?.map(fill),
    env: Object.fromEntries(env),
    mounts: facts.passwordFileVariable === undefined ? undefined : [credentials],
    ports: { [METRICS_PORT]: facts.port },
    healthCheck: HealthCheck.tcp(),
  };
  return { owner: 'the exporter', additions: { sidecars: [container] } };
}

/** Tells the Prometheus Operator where the metrics are. */
export function serviceMonitor(
  scope: Construct,
  identity: Identity,
  { serviceMonitorLabels }: DatabaseMetricsOptions,
  serviceLabels: Record<string, string>,
): void {
  checkLabels(scope, 'a label of the ServiceMonitor', serviceMonitorLabels);
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
