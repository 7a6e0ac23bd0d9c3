import { Duration } from 'cdk8s';
import { EnvFieldPaths, EnvValue } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { Collector, CollectorPreset, insteadOf } from './collectors/preset';
import { portNames } from './log-network';
import type { ResolvedSinks } from './sink-resolution/resolve';
import { warn } from '../checks/fail';
import { kibibytes, seconds } from '../checks/values';
import { KubernetesVersion } from '../kubernetes-version';
import { HealthCheck } from '../pod/health-check';
import type { PodExtensionContext } from '../pod/pod-extension';
import type { SidecarContainer, PodMount } from '../pod/pod-parts';

/** The time that most collectors need to notice the last line of the app. */
const LAST_LOOK = Duration.seconds(2);

/** The time in which the collector of a Job catches up with its last lines. */
const CATCH_UP_SECONDS = 30;

/** Returns the sidecar of the collector. It starts before the app, and ends after sending the last line of the app. */
export function collectorContainer(
  scope: Construct,
  id: string,
  collector: Collector,
  sinks: ResolvedSinks,
  { shutdownTimeout, runsToCompletion = false }: PodExtensionContext,
  mounts: readonly PodMount[],
): SidecarContainer {
  const lastLook = seconds(collector.lastLook ?? LAST_LOOK);
  const flush = seconds(collector.flush);
  const reading = readingSeconds(seconds(shutdownTimeout), runsToCompletion);
  return {
    name: `${id}-${collector.name}`,
    image: imageThatWaits(scope, collector),
    command: collector.command,
    args: collector.args?.(flush),
    resources: collector.resources,
    env: {
      ...variables(collector),
      ...sinks.env,
      POD_NAME: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAME),
      POD_NAMESPACE: EnvValue.fromFieldRef(EnvFieldPaths.POD_NAMESPACE),
    },
    ports: ports(id, collector),
    healthCheck: runsToCompletion ? startupCheck(collector) : livenessCheck(collector),
    mounts: [...mounts, ...sinks.mounts],
    // a collector that stops does not read again, so it stops after the app has written its last line
    preStopDelay: Duration.seconds(reading + lastLook),
    shutdownTimeout: Duration.seconds(reading - seconds(shutdownTimeout) + lastLook + flush),
  };
}

function ports(id: string, { healthPort, metricsPort }: CollectorPreset): Record<string, number> {
  const names = portNames(id);
  return {
    [names.health]: healthPort,
    ...(metricsPort !== undefined && metricsPort !== healthPort && { [names.metrics]: metricsPort }),
  };
}

/**
 * Restarts a collector that does not answer for a minute. An unhealthy collector neither delays the start of the app
 * nor removes the pod from its Service.
 */
function livenessCheck({ healthPath, healthPort }: CollectorPreset): HealthCheck {
  const options = { startupTimeout: Duration.minutes(1), timeout: Duration.seconds(10), failureThreshold: 6 };
  return HealthCheck.http(healthPath, { port: healthPort, ...options }).restartOnly();
}

/** Starts a short app only after its collector, which otherwise could miss all lines. */
function startupCheck({ healthPath, healthPort }: CollectorPreset): HealthCheck {
  const options = { timeout: Duration.seconds(10), failureThreshold: 6 };
  return HealthCheck.http(healthPath, { port: healthPort, livenessPath: healthPath, ...options });
}

/** Returns the time to read on after the pod ends; a collector of a Job gets time to catch up in any case. */
function readingSeconds(shutdownSeconds: number, runsToCompletion: boolean): number {
  return runsToCompletion ? Math.max(shutdownSeconds, CATCH_UP_SECONDS) : shutdownSeconds;
}

/** Returns an image with a program `sleep` for clusters before 1.30, which have no sleep action. */
function imageThatWaits(scope: Construct, collector: Collector): string {
  if (KubernetesVersion.minimumOf(scope).isAtLeast(KubernetesVersion.V1_30)) {
    return collector.image;
  }
  if (collector.imageWithSleep === undefined) {
    warn(
      scope,
      `On clusters before 1.30 the image of ${collector.title} needs a program 'sleep'. Without it the collector ` +
        'stops together with the app, and the last lines of the app can be lost.',
      insteadOf(
        collector,
        ({ imageWithSleep }) => imageWithSleep !== undefined,
        "set the minimum version to 1.30 with 'KubernetesVersion.setMinimum' if no older cluster is used",
      ),
    );
  }
  return collector.imageWithSleep ?? collector.image;
}

function variables({ env = {}, memoryVariable, resources }: CollectorPreset): Record<string, EnvValue> {
  const limit = resources.memory?.limit;
  // the runtime does not count about a fifth of the memory
  const memory = memoryVariable !== undefined &&
    limit && { [memoryVariable]: `${Math.floor(kibibytes(limit) * 0.8)}KiB` };
  return Object.fromEntries(
    Object.entries({ ...env, ...memory }).map(([name, value]) => [name, EnvValue.fromValue(value)]),
  );
}
