import type { Inventory } from '../inspect/inventory';
import type { JsonPath } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import type { Pod } from '../inspect/pods';

/** `error`: data or availability is lost sooner or later. `warning`: it is lost when something else goes wrong too. */
export type Severity = typeof SEVERITIES[number];

export const SEVERITIES = ['error', 'warning'] as const;

/** What a rule has to say about one value of one object. */
export interface Problem {
  readonly object: ManifestObject;
  /** The value, or where it is missing. */
  readonly at: JsonPath;
  /** What is wrong with the value got, in lower case and without a full stop: `container 'app' has the image 'nginx', whose tag moves`. */
  readonly message: string;
}

/** One thing that a manifest is asked. The name of its file is its id. */
export interface Rule {
  /** Public: people waive rules by it. */
  readonly id: string;
  /** What holds where nothing is found, as a sentence without a full stop: `images do not change under their reference`. */
  readonly summary: string;
  /** What happens otherwise. */
  readonly why: string;
  readonly severity: Severity;
  /** The page or issue that shows the pitfall. */
  readonly see: string;
  /** How to mend it. */
  readonly fix: {
    /** With the constructs of this library. */
    readonly construct: string;
    /** In plain YAML. */
    readonly yaml: string;
  };
  check(inventory: Inventory): Problem[];
}

/** The check of a rule that looks at one pod after another. */
export function eachPod(check: (pod: Pod, inventory: Inventory) => Iterable<Omit<Problem, 'object'>>): Rule['check'] {
  return inventory => inventory.pods.flatMap(pod => [...check(pod, inventory)].map(problem => ({ object: pod.object, ...problem })));
}
