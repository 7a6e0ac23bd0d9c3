import { Duration } from 'cdk8s';
import { Protocol } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { APP_WORKLOAD_PROPS } from './app-workload-prop-table';
import type { AppWorkloadProps } from './app-workload-props';
import type { AppPort } from './ports';
import { fail } from '../checks/fail';
import { suggest } from '../checks/suggest';
import { checkInstance } from '../checks/value-types';
import { checkInteger } from '../checks/values';
import { Controller } from '../controllers/controller';
import type { ControllerDefinition } from '../controllers/controller-definition';
import { HealthCheck } from '../pod/health-check';
import type { AppContainer } from '../pod/merge';
import { MOST_REPLICAS } from '../pod/workload-defaults';
import { isWaived } from '../safety/waiver';

/** Returns the app container without the values that additions set. */
export function appContainer(
  scope: Construct,
  props: AppWorkloadProps,
  image: string,
  ports: readonly AppPort[],
  controller: ControllerDefinition,
): AppContainer {
  const { command, args, resources, shutdownTimeout = Duration.seconds(30) } = props;
  const mainPort = ports.find(({ protocol = Protocol.TCP }) => protocol === Protocol.TCP);
  return {
    name: 'app',
    image,
    command,
    args,
    resources,
    shutdownTimeout,
    ports: ports.length > 0 ? Object.fromEntries(ports.map(({ name, port }) => [name, port])) : undefined,
    protocols: Object.fromEntries(ports.flatMap(({ name, protocol }) => (protocol ? [[name, protocol]] : []))),
    mainPort: mainPort?.port,
    healthCheck: healthCheck(scope, props, mainPort, controller),
  };
}

/** Returns the controller of an app. */
export function controllerOf(
  scope: Construct,
  { controller = Controller.deployment() }: AppWorkloadProps,
): ControllerDefinition {
  const example = 'Controller.deployment()';
  checkInstance(scope, "'controller'", controller, { type: 'a Controller', member: '_definition', example });
  return controller._definition;
}

/** Returns the image of an app. */
export function checkImageSet(scope: Construct, props: AppWorkloadProps): string {
  const unknown = Object.keys(props).filter(name => !Object.hasOwn(APP_WORKLOAD_PROPS, name));
  const [misspelled] = suggest('image', unknown);
  return (
    props.image ??
    fail(
      scope,
      "Required prop 'image' is missing.",
      misspelled === undefined
        ? "Set it, for example 'image: \"ghcr.io/acme/api:1.4.2\"', or set 'like' to another app."
        : `Rename '${misspelled}' to 'image'.`,
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
  return checkInteger(scope, "'replicas'", replicas, 0, MOST_REPLICAS);
}

/** Refuses root, unless the workload waives that; returns the user or group. */
export function checkUser(scope: Construct, prop: 'runAsUser' | 'runAsGroup', id = 10001): number {
  if (id === 0 && !isWaived(scope, 'run-as-non-root')) {
    fail(
      scope,
      `'${prop}' is 0, which is root.`,
      "Use another number, or waive the rule with 'Waiver.runAsNonRoot(reason)'.",
    );
  }
  return checkInteger(scope, `'${prop}'`, id, 0, 2147483647);
}

function healthCheck(
  scope: Construct,
  { healthCheck: check }: AppWorkloadProps,
  mainPort: AppPort | undefined,
  { runsToCompletion }: ControllerDefinition,
): HealthCheck | undefined {
  if (check || runsToCompletion || isWaived(scope, 'health-check')) {
    return check;
  }
  return mainPort !== undefined
    ? HealthCheck.tcp()
    : fail(
        scope,
        "The workload has neither 'port' nor 'healthCheck', so Kubernetes cannot detect an app that hangs.",
        "Set 'healthCheck: HealthCheck.command([...])', or waive the rule with 'Waiver.healthCheck(reason)'.",
      );
}
