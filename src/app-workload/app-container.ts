import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import type { AppWorkloadProps } from './app-workload-props';
import type { AppPort } from './services';
import { fail } from '../checks/fail';
import { checkInteger, checkPort, checkPortName } from '../checks/values';
import type { ControllerDefinition } from '../controllers/controller-definition';
import { HealthCheck } from '../pod/health-check';
import type { AppContainer } from '../pod/merge';
import { isWaived } from '../safety/waiver';

/** Returns the app container without the values that additions set. */
export function appContainer(
  scope: Construct,
  props: AppWorkloadProps,
  image: string,
  port: AppPort | undefined,
  controller: ControllerDefinition,
): AppContainer {
  const { command, args, resources, shutdownTimeout = Duration.seconds(30) } = props;
  return {
    name: 'app',
    image,
    command,
    args,
    resources,
    shutdownTimeout,
    ports: port && { [port.name]: port.port },
    healthCheck: healthCheck(scope, props, controller),
  };
}

/** Returns the port of an app, if it has one. */
export function appPort(
  scope: Construct,
  { port, portName = 'http' }: AppWorkloadProps,
  controller: ControllerDefinition,
): AppPort | undefined {
  checkPortName(scope, "'portName'", portName);
  if (port === undefined) {
    return undefined;
  }
  if (controller.runsToCompletion) {
    fail(
      scope,
      `'port' is ${port}, but no client can rely on the pods of a ${controller.kind}, which end.`,
      `Omit 'port', or use another controller than '${controller.factory}'.`,
    );
  }
  if (checkPort(scope, "'port'", port) < 1024 && !isWaived(scope, 'unprivileged-port')) {
    fail(
      scope,
      `'port' is ${port}, which a non-root process cannot bind.`,
      `Use a port of 1024 or higher, for example 8080, and set 'servicePort: ${port}'.`,
    );
  }
  return { name: portName, port };
}

/** Returns the image of an app. */
export function checkImageSet(scope: Construct, { image }: AppWorkloadProps): string {
  return (
    image ??
    fail(
      scope,
      "Required prop 'image' is missing.",
      "Set it, for example 'image: \"ghcr.io/acme/api:1.4.2\"', or set 'like' to another app.",
    )
  );
}

/** Refuses replicas of a controller that has none. */
export function checkReplicas(
  scope: Construct,
  { replicas }: AppWorkloadProps,
  controller: ControllerDefinition,
): number | undefined {
  if (replicas === undefined) {
    return undefined;
  }
  if (!controller.hasReplicas) {
    fail(
      scope,
      `'replicas' is ${replicas}, but a ${controller.kind} has no replicas.`,
      controller.runsToCompletion
        ? `Omit it, or set 'parallelism' and 'completions' of '${controller.factory}'.`
        : 'Omit it: the pods run on each node.',
    );
  }
  return checkInteger(scope, "'replicas'", replicas, 0, 100000);
}

/** Refuses root, unless the workload waives that; returns the user or group. */
export function checkUser(scope: Construct, prop: 'runAsUser' | 'runAsGroup', id = 10001): number {
  return checkInteger(scope, `'${prop}'`, id, isWaived(scope, 'run-as-non-root') ? 0 : 1, 2147483647);
}

function healthCheck(
  scope: Construct,
  { healthCheck: check, port }: AppWorkloadProps,
  { runsToCompletion }: ControllerDefinition,
): HealthCheck | undefined {
  if (check || runsToCompletion || isWaived(scope, 'health-check')) {
    return check;
  }
  return port !== undefined
    ? HealthCheck.tcp()
    : fail(
        scope,
        "The workload has neither 'port' nor 'healthCheck', so Kubernetes cannot detect an app that hangs.",
        "Set 'healthCheck: HealthCheck.command([...])', or waive the rule with 'Waiver.healthCheck(reason)'.",
      );
}
