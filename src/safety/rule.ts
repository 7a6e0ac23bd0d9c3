import type { IConstruct } from 'constructs';
import type { ContainerSpec, PodSpec } from '../checks/pod-spec';
import { DatabaseServer, databaseServers } from '../inspect/databases';
import type { Inventory } from '../inspect/inventory';
import type { JsonPath } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import { RareField, rareFieldsOf } from '../inspect/pod-fields';
import type { Container, Pod } from '../inspect/pods';
import { Server, serversOf } from '../inspect/servers';
import { KubernetesVersion } from '../kubernetes-version';

/**
 * `error`: the manifest loses data, does not start, or does not do what it says. `warning`: it loses data or
 * availability when something else fails too. `info`: an improvement without a known failure.
 */
export type Severity = (typeof SEVERITIES)[number];

/** The severities, the worst first. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;

/** Whether a severity is as bad as another one, or worse. */
export function isAtLeast(severity: Severity, minimum: Severity): boolean {
  return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(minimum);
}

/**
 * `storage`: the violation endangers, hides or strands files, configuration or logs. `hygiene`: other good practice of
 * pods, much of which other linters check too.
 */
export type Profile = (typeof PROFILES)[number];

/** The profiles. Each contains the rules of those before it. */
export const PROFILES = ['storage', 'hygiene'] as const;

/** A violation of a rule by one value of one object. */
export interface Problem {
  readonly object: ManifestObject;
  /** The path of the value, or the path at which it is missing. */
  readonly at: JsonPath;
  /** The problem with the value, as a full sentence: `Container 'app' uses the image 'nginx', whose tag moves.` */
  readonly message: string;
  /** The severity of this violation; that of the rule if omitted. */
  readonly severity?: Severity;
  /** A second object that the problem concerns. Its waivers apply too. */
  readonly about?: ManifestObject;
}

/** The properties of a pod that its safe defaults depend on. */
export interface PodFacts {
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly podLabels: Record<string, string>;
  /** Whether several replicas can run at once, which are then spread over nodes and zones. */
  readonly isReplicated: boolean;
  /** The label that distinguishes revisions of the pods, so that each revision is spread separately. */
  readonly revisionLabel?: string;
  /** The way in which the app keeps serving while connections are still routed to it; omitted if it serves none. */
  readonly drain?: { readonly seconds: number; readonly preStop: NonNullable<ContainerSpec['lifecycle']>['preStop'] };
  /** The time that the app and its sidecars need to stop after draining. */
  readonly stopSeconds: number;
  /** The default memory and ephemeral storage of the app container and of the other containers. */
  readonly resources: {
    readonly memory: string;
    readonly memoryBeside: string;
    readonly ephemeralStorage: string;
    readonly ephemeralStorageBeside: string;
  };
}

/** The default that the patterns set to follow a rule. */
export interface SafeDefault {
  /** A short description, which the list of safe defaults shows. */
  readonly what: string;
  /** Sets the default in a pod if no value is set. Objects other than pods are defined with the default. */
  readonly apply?: (pod: PodSpec, facts: PodFacts) => void;
}

/** A requirement on manifests. A built-in rule is in the file of its id. */
export interface Rule<Id extends string = string> {
  /** The public id, which waivers name. */
  readonly id: Id;
  /** The requirement, as a full sentence: `Images are pinned to a version or a digest.` */
  readonly summary: string;
  /** The consequence of a violation, as a full sentence. */
  readonly rationale: string;
  readonly severity: Severity;
  readonly profile: Profile;
  /** The first version of Kubernetes that supports the fix; omitted if all supported versions do. */
  readonly since?: KubernetesVersion;
  /** The page or issue that explains the pitfall. */
  readonly documentationUrl?: string;
  /** The fix, as full sentences. */
  readonly fix: {
    /** With the constructs of this library. */
    readonly construct: string;
    /** In plain YAML. */
    readonly yaml: string;
  };
  readonly safeDefault?: SafeDefault;
  /** Whether the findings of a pod depend on that pod only. */
  readonly ofPod?: boolean;
  /** Whether the rule looks at every pod, also if its findings depend on other objects. */
  readonly ofPods?: boolean;
  /** The fields of which a pod must have one, at any depth, for the rule to look at it; every pod if omitted. */
  readonly fields?: readonly RareField[];
  check(inventory: Inventory): Problem[];
  /** Returns the violations that the rule accepts, for example because of the kind of an object. They use waivers. */
  exceptions?(inventory: Inventory): Problem[];
}

/** Whether the minimum Kubernetes version of a scope supports the fix of a rule. */
export function isFor(scope: IConstruct, { since }: Rule): boolean {
  return since === undefined || KubernetesVersion.minimumOf(scope).isAtLeast(since);
}

/** A problem of the object that a rule checks. */
export interface Found extends Omit<Problem, 'object'> {
  /** Whether the rule accepts the violation. It is not reported then, but a waiver of it is used. */
  readonly isException?: boolean;
}

type PodRule = Pick<Rule, 'check' | 'exceptions' | 'ofPod' | 'ofPods' | 'fields'>;

/** Creates the check of a rule that looks at each pod separately. */
export function eachPod(check: (pod: Pod) => Iterable<Found>): PodRule {
  return { ofPod: true, ...eachPodAmong(check) };
}

/**
 * Creates the check of a rule that looks at each pod with one of the fields separately. Most pods have none of them,
 * which saves the check.
 */
export function eachPodWith(fields: readonly RareField[], check: (pod: Pod) => Iterable<Found>): PodRule {
  return { ofPod: true, ...eachPodAmong(check, fields) };
}

/**
 * Creates the check of a rule that looks at each pod, and at other objects to judge it.
 *
 * @param fields the fields of which a pod must have one for the rule to look at it; every pod if omitted
 */
export function eachPodAmong(
  check: (pod: Pod, inventory: Inventory) => Iterable<Found>,
  fields?: readonly RareField[],
): PodRule {
  const hasField = (pod: Pod) => fields === undefined || fields.some(field => rareFieldsOf(pod).has(field));
  const problemsOf = (inventory: Inventory, areExceptions: boolean) => {
    const problems: Problem[] = [];
    for (const pod of inventory.pods.filter(hasField)) {
      for (const { isException = false, ...problem } of check(pod, inventory)) {
        if (isException === areExceptions) {
          problems.push({ object: pod.object, ...problem });
        }
      }
    }
    return problems;
  };
  return {
    ofPods: true,
    fields,
    check: inventory => problemsOf(inventory, false),
    exceptions: inventory => problemsOf(inventory, true),
  };
}

/** Creates the check of a rule that looks at each container separately. */
export function eachContainer(check: (container: Container, pod: Pod) => Iterable<Found>): PodRule {
  return eachPod(inContainers(check));
}

/** Creates the check of a rule that looks at each container of the pods with one of the fields separately. */
export function eachContainerWith(
  fields: readonly RareField[],
  check: (container: Container, pod: Pod) => Iterable<Found>,
): PodRule {
  return eachPodWith(fields, inContainers(check));
}

function inContainers(check: (container: Container, pod: Pod) => Iterable<Found>): (pod: Pod) => Iterable<Found> {
  return function* (pod) {
    for (const container of pod.containers) {
      yield* check(container, pod);
    }
  };
}

/** Creates the check of a rule that looks at each database server separately. */
export function eachDatabase(check: (server: DatabaseServer) => Iterable<Found>): PodRule {
  return eachPod(function* (pod) {
    for (const server of databaseServers(pod)) {
      yield* check(server);
    }
  });
}

/** Creates the check of a rule that looks at each server with state separately. */
export function eachServer(check: (server: Server) => Iterable<Found>): PodRule {
  return eachPod(function* (pod) {
    for (const server of serversOf(pod)) {
      yield* check(server);
    }
  });
}

/** Creates a default of each container of a pod. */
export function applyToContainers(apply: (container: ContainerSpec) => void): SafeDefault['apply'] {
  return pod => [...pod.containers, ...(pod.initContainers ?? [])].forEach(apply);
}
