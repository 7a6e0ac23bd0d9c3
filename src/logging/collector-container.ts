import { Duration } from 'cdk8s';
import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import type { CollectorPreset } from './collectors/preset';
import { portNames } from './log-network';
import type { ResolvedSinks } from './sinks';
import { warn } from '../checks/fail';
import { kibibytes, seconds } from '../checks/values';
import { KubernetesVersion } from '../kubernetes-version';
import type { PodExtensionContext } from '../pod/pod-extension';
import { HealthCheck } from '../pod/health-check';
import type { SidecarContainer, PodMount } from '../pod/pod-parts';

/** How long most collectors may take to see the app's last line. */
const LAST_LOOK = Duration.seconds(2);

/** The collector beside the app: it starts before the app, and ends when it has handed over the app's last line. */
export function collectorContainer(
  scope: Construct,
  id: string,
  preset: CollectorPreset,
  { env, mounts }: ResolvedSinks,
  { shutdownTimeout }: PodExtensionContext,
  own: PodMount[],
): SidecarContainer {
  const names = portNames(id);
  const lastLook = seconds(preset.lastLook ?? LAST_LOOK);
  return {
    name: `${id}-${preset.name}`,
    image: imageThatWaits(scope, preset),
    command: preset.command,
    args: preset.args?.(seconds(preset.flush)),
    resources: preset.resources,
    env: {
      ...variables(preset),
      ...env,
      POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
      POD_NAMESPACE: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAMESPACE),
    },
    ports: {
      [names.health]: preset.healthPort,
      ...(preset.metricsPort !== undefined &&
        preset.metricsPort !== preset.healthPort && { [names.metrics]: preset.metricsPort }),
    },
    healthCheck: restartedWhenItHangs(preset),
    mounts: [...own, ...mounts],
    // a collector does not look again once it is told to stop, so it is told when the app has surely written its last
    // line
    preStopDelay: Duration.seconds(seconds(shutdownTimeout) + lastLook),
    shutdownTimeout: Duration.seconds(lastLook + seconds(preset.flush)),
  };
}

/**
 * Restarts a collector that does not answer for a minute. An unwell collector neither keeps the app from starting nor
 * takes it
 * out of its Service.
 */
function restartedWhenItHangs({ healthPath, healthPort }: CollectorPreset): HealthCheck {
  const patience = { startupTimeout: Duration.minutes(1), timeout: Duration.seconds(10), failureThreshold: 6 };
  return HealthCheck.http(healthPath, { port: healthPort, ...patience }).restartOnly();
}

/** Clusters before 1.30 have no sleep action, so there the image has to have the program. */
function imageThatWaits(scope: Construct, preset: CollectorPreset): string {
  if (KubernetesVersion.minimumOf(scope).isAtLeast(KubernetesVersion.V1_30)) {
    return preset.image;
  }
  if (preset.imageWithSleep === undefined) {
    warn(
      scope,
      `On clusters before 1.30 the image of ${preset.title} has to have a program 'sleep', or it is ` +
        "stopped together with the app, and the app's last lines may not be shipped.",
      "Serve clusters from 1.30 on, or take 'LogCollector.fluentd', 'LogCollector.fluentBit' or " +
        "'LogCollector.vector' with their own images, where that matters.",
    );
  }
  return preset.imageWithSleep ?? preset.image;
}

function variables({ env = {}, memoryVariable, resources }: CollectorPreset): Record<string, EnvValue> {
  const memory = resources.memory?.limit;
  const all: Record<string, string> = {
    ...env,
    // a fifth is left for what the runtime does not count
    ...(memoryVariable !== undefined && memory && { [memoryVariable]: `${Math.floor(kibibytes(memory) * 0.8)}KiB` }),
  };
  return Object.fromEntries(Object.entries(all).map(([name, value]) => [name, EnvValue.fromValue(value)]));
}
