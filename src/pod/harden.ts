import { Size } from 'cdk8s';
import { EmptyDirMedium } from 'cdk8s-plus-28';
import type { IConstruct } from 'constructs';
import { APP_MEMORY, emptyDirs, OWN_LAYER } from './budget';
import type { Container, PodSpec } from './json';
import type { PodVolume } from './pod-parts';
import { sleepAction } from './render';
import { kibibytes, quantity } from '../checks/values';
import { isWaived } from '../safety/waiver';

/** How long a pod goes on serving after it is told to stop, until nothing is routed to it any more. */
export const DRAIN_SECONDS = 5;

/** What the safe defaults of a pod depend on. */
export interface PodFacts {
  readonly scope: IConstruct;
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly podLabels: Record<string, string>;
  readonly volumes: readonly PodVolume[];
  /** The label that tells one revision of the pods from the next, so that they are spread each on their own. */
  readonly revisionLabel?: string;
  /** Whether connections are routed to the app. */
  readonly serves: boolean;
  /** How long app and sidecars need to stop. */
  readonly stopSeconds: number;
}

type SafeDefault = (pod: PodSpec, facts: PodFacts) => void;

/** The safe defaults of every pod, by the rule that a waiver names. Each fills only what is not set. */
export const POD_DEFAULTS: Record<string, SafeDefault> = {
  'run-as-non-root': (pod, { runAsUser, runAsGroup }) => {
    pod.securityContext = { runAsNonRoot: true, runAsUser, runAsGroup, ...pod.securityContext };
  },
  'volumes-belong-to-the-group': (pod, { runAsGroup }) => {
    pod.securityContext = { fsGroup: runAsGroup, fsGroupChangePolicy: 'OnRootMismatch', ...pod.securityContext };
  },
  'seccomp-profile': pod => {
    pod.securityContext = { seccompProfile: { type: 'RuntimeDefault' }, ...pod.securityContext };
  },
  'drop-capabilities': eachContainer(container => {
    container.securityContext = { capabilities: { drop: ['ALL'] }, ...container.securityContext };
  }),
  'no-privilege-escalation': eachContainer(container => {
    container.securityContext = { allowPrivilegeEscalation: false, ...container.securityContext };
  }),
  'read-only-root-filesystem': eachContainer(container => {
    container.securityContext = { readOnlyRootFilesystem: true, ...container.securityContext };
  }),
  'no-service-account-token': pod => {
    pod.automountServiceAccountToken ??= false;
  },
  'no-service-links': pod => {
    pod.enableServiceLinks ??= false;
  },
  'image-pull-policy': eachContainer(container => {
    container.imagePullPolicy ??= 'IfNotPresent';
  }),
  'resource-limits': (pod, { volumes }) => {
    const disk = kibibytes(emptyDirs(volumes, EmptyDirMedium.DEFAULT).total);
    const app = Size.kibibytes(kibibytes(OWN_LAYER.app) + disk);
    fillResources(pod.containers[0], { request: '100m', limit: '1' }, quantity(APP_MEMORY), quantity(app));
    for (const container of [...pod.containers.slice(1), ...pod.initContainers ?? []]) {
      fillResources(container, { request: '20m', limit: '200m' }, '64Mi', quantity(OWN_LAYER.beside));
    }
  },
  'topology-spread': (pod, { podLabels, revisionLabel }) => {
    pod.topologySpreadConstraints ??= ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'].map(topologyKey => ({
      topologyKey,
      maxSkew: 1,
      whenUnsatisfiable: 'ScheduleAnyway',
      labelSelector: { matchLabels: podLabels },
      matchLabelKeys: revisionLabel ? [revisionLabel] : undefined,
    }));
  },
  'drain-before-stop': (pod, { scope, serves }) => {
    if (serves) {
      const [app] = pod.containers;
      app.lifecycle = { preStop: sleepAction(scope, DRAIN_SECONDS), ...app.lifecycle };
    }
  },
  'grace-covers-the-stop': (pod, { scope, serves, stopSeconds }) => {
    pod.terminationGracePeriodSeconds ??= stopSeconds + (serves && !isWaived(scope, 'drain-before-stop') ? DRAIN_SECONDS : 0);
  },
};

/** Fills a pod's safe defaults, less those that its workload waives; what is set stays as it is. */
export function harden(pod: PodSpec, facts: PodFacts): PodSpec {
  for (const [rule, apply] of Object.entries(POD_DEFAULTS)) {
    if (!isWaived(facts.scope, rule)) {
      apply(pod, facts);
    }
  }
  return pod;
}

function eachContainer(apply: (container: Container) => void): SafeDefault {
  return pod => [...pod.containers, ...pod.initContainers ?? []].forEach(apply);
}

/** A bound that is given stands for the one that is not; a CPU limit may be left out, for it throttles. */
function fillResources(container: Container, cpu: { request: string; limit: string }, memory: string, ephemeralStorage: string): void {
  const requests: Record<string, any> = container.resources?.requests ?? {};
  const limits: Record<string, any> = container.resources?.limits ?? {};
  for (const [resource, amount] of [['memory', memory], ['ephemeral-storage', ephemeralStorage]]) {
    [requests[resource], limits[resource]] = [requests[resource] ?? limits[resource] ?? amount, limits[resource] ?? requests[resource] ?? amount];
  }
  if (requests.cpu === undefined) {
    [requests.cpu, limits.cpu] = limits.cpu === undefined ? [cpu.request, cpu.limit] : [limits.cpu, limits.cpu];
  }
  container.resources = { requests, limits };
}
