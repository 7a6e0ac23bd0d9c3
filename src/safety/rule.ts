import type { IConstruct } from 'constructs';
import type { ContainerSpec, PodSpec } from '../checks/pod-spec';
import { DatabaseServer, databaseServers } from '../inspect/databases';
import type { Inventory } from '../inspect/inventory';
import type { JsonPath } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Container, Pod } from '../inspect/pods';
import { KubernetesVersion } from '../kubernetes-version';

/** `error`: data or availability is lost sooner or later. `warning`: it is lost when something else goes wrong too. */
export type Severity = (typeof SEVERITIES)[number];

export const SEVERITIES = ['error', 'warning'] as const;

/** What a rule has to say about one value of one object. */
export interface Problem {
  readonly object: ManifestObject;
  /** The value, or where it is missing. */
  readonly at: JsonPath;
  /**
   * What is wrong with the value got, in lower case and without a full stop: `container 'app' has the image 'nginx',
   * whose tag moves`.
   */
  readonly message: string;
  /** Another object that it is about as much: a waiver there counts too. */
  readonly about?: ManifestObject;
}

/** What the safe defaults of a pod depend on. */
export interface PodFacts {
  readonly runAsUser: number;
  readonly runAsGroup: number;
  readonly podLabels: Record<string, string>;
  /** Whether there may be several at once, to be kept apart. */
  readonly isReplicated: boolean;
  /** The label that tells one revision of the pods from the next, so that they are spread each on their own. */
  readonly revisionLabel?: string;
  /** How the app goes on while connections are still routed to it; where none are, it does not. */
  readonly drain?: { readonly seconds: number; readonly preStop: NonNullable<ContainerSpec['lifecycle']>['preStop'] };
  /** How long app and sidecars need to stop after that. */
  readonly stopSeconds: number;
  /** Memory and ephemeral storage of the app and of others when nothing else is said. */
  readonly resources: {
    readonly memory: string;
    readonly memoryBeside: string;
    readonly ephemeralStorage: string;
    readonly ephemeralStorageBeside: string;
  };
}

/** What the patterns do so that a rule holds. */
export interface SafeDefault {
  /** In a few words, for the list of safe defaults. */
  readonly what: string;
  /** Sets it in a pod where nothing is set yet; other objects have it from those who define them. */
  readonly apply?: (pod: PodSpec, facts: PodFacts) => void;
}

/** One thing that a manifest is asked. The name of its file is its id. */
export interface Rule<Id extends string = string> {
  /** Public: people waive rules by it. */
  readonly id: Id;
  /**
   * What holds where nothing is found, as a sentence without a full stop: `images do not change under their reference`.
   */
  readonly summary: string;
  /** What happens otherwise. */
  readonly rationale: string;
  readonly severity: Severity;
  /**
   * The first version of Kubernetes on which it can be followed, where an app says which is the oldest that it serves.
   */
  readonly since?: KubernetesVersion;
  /** The page or issue that shows the pitfall. */
  readonly documentationUrl: string;
  /** How to mend it. */
  readonly fix: {
    /** With the constructs of this library. */
    readonly construct: string;
    /** In plain YAML. */
    readonly yaml: string;
  };
  readonly safeDefault?: SafeDefault;
  /** Whether what it says of a pod depends on nothing but that pod. */
  readonly ofPod?: boolean;
  check(inventory: Inventory): Problem[];
}

/** Whether the oldest cluster that a scope serves is new enough for a rule. */
export function isFor(scope: IConstruct, { since }: Rule): boolean {
  return since === undefined || KubernetesVersion.minimumOf(scope).isAtLeast(since);
}

/** A problem of the object that is looked at. */
export type Found = Omit<Problem, 'object'>;

type PodRule = Pick<Rule, 'check' | 'ofPod'>;

/** A rule that looks at one pod after another. */
export function eachPod(check: (pod: Pod) => Iterable<Found>): PodRule {
  return { ofPod: true, check: ({ pods }) => pods.flatMap(pod => problemsOf(pod, check(pod))) };
}

/** A rule that looks at one pod after another, and at other objects with it. */
export function eachPodAmong(check: (pod: Pod, inventory: Inventory) => Iterable<Found>): PodRule {
  return { check: inventory => inventory.pods.flatMap(pod => problemsOf(pod, check(pod, inventory))) };
}

function problemsOf({ object }: Pod, found: Iterable<Found>): Problem[] {
  return [...found].map(problem => ({ object, ...problem }));
}

/** A rule that looks at one container after another. */
export function eachContainer(check: (container: Container, pod: Pod) => Iterable<Found>): PodRule {
  return eachPod(function* (pod) {
    for (const container of pod.containers) {
      yield* check(container, pod);
    }
  });
}

/** A rule that looks at one database server after another. */
export function eachDatabase(check: (server: DatabaseServer) => Iterable<Found>): PodRule {
  return eachPod(function* (pod) {
    for (const server of databaseServers(pod)) {
      yield* check(server);
    }
  });
}

/** A default of each container of a pod. */
export function applyToContainers(apply: (container: ContainerSpec) => void): SafeDefault['apply'] {
  return pod => [...pod.containers, ...(pod.initContainers ?? [])].forEach(apply);
}
