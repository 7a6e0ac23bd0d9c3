import { ApiObject, Chart } from 'cdk8s';
import type { IConstruct, IValidation } from 'constructs';
import type { Identity } from './identity';
import { message } from '../checks/message';
import { objectKey } from '../objects/api-objects';

/** The apps that are checked. */
const CHECKED = new WeakSet<IConstruct>();

/** The identities of workloads by construct. */
const IDENTITIES = new WeakMap<IConstruct, Identity>();

/** Two constructs that define the same, and the error. */
interface Clash {
  readonly constructs: readonly [IConstruct, IConstruct];
  readonly error: string;
}

/** Checks at synthesis that no other workload of the app has the name of this one or selects its pods. */
export function checkUnique(scope: IConstruct, identity: Identity): void {
  IDENTITIES.set(scope, identity);
  const { root } = scope.node;
  if (!CHECKED.has(root)) {
    CHECKED.add(root);
    Chart.of(scope).node.addValidation(new UniqueObjects(root));
  }
}

/**
 * Refuses two objects of one kind, namespace and name in an app: the one that is applied last would replace the other.
 * Also refuses two workloads with the same labels, because the selectors of each would match the pods of both.
 */
class UniqueObjects implements IValidation {
  constructor(private readonly app: IConstruct) {}

  public validate(): string[] {
    const constructs = this.app.node.findAll();
    const objects = constructs.filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
    const workloads = constructs.filter(construct => IDENTITIES.has(construct));
    const clashes = [
      ...pairs(objects, objectKey).flatMap(([one, other]) => (isHarmless(one, other) ? [] : duplicate(one, other))),
      ...pairs(workloads, podsOf).map(([one, other]) => overlap(one, other)),
    ];
    // one error for two workloads, not one for each of their objects
    const repeated = new Set(
      pairs(clashes, ({ constructs: pair }) => pair.map(pathOf).join()).map(([, clash]) => clash),
    );
    return clashes.filter(clash => !repeated.has(clash)).map(({ error }) => error);
  }
}

/** Returns each value with the first one of the same key. */
function pairs<T>(values: readonly T[], key: (value: T) => string): [T, T][] {
  const first = new Map<string, T>();
  return values.flatMap((value): [T, T][] => {
    const earlier = first.get(key(value));
    if (earlier !== undefined) {
      return [[earlier, value]];
    }
    first.set(key(value), value);
    return [];
  });
}

function podsOf(workload: IConstruct): string {
  const { namespace, podLabels } = IDENTITIES.get(workload)!;
  return JSON.stringify([namespace ?? Chart.of(workload).namespace, podLabels]);
}

/** Whether neither of two objects replaces the other: a JSON patch or a hash renames one, or they are equal. */
function isHarmless(one: ApiObject, other: ApiObject): boolean {
  const [first, second] = [one.toJson(), other.toJson()];
  return (
    first.metadata?.name !== second.metadata?.name ||
    // an equal Namespace in each chart is common, an equal workload is not
    (!(ownerOf(one) && ownerOf(other)) && JSON.stringify(first) === JSON.stringify(second))
  );
}

/** Returns the workload that defines an object. */
function ownerOf({ node }: ApiObject): IConstruct | undefined {
  return node.scopes.reverse().find(scope => IDENTITIES.has(scope));
}

function duplicate(one: ApiObject, other: ApiObject): Clash {
  const { kind, name, metadata } = one;
  const namespace = metadata.namespace === undefined ? '' : ` in namespace '${metadata.namespace}'`;
  const owners: Clash['constructs'] = [ownerOf(one) ?? one, ownerOf(other) ?? other];
  // the workloads that the user defines, unless one of them defines both objects
  const [first, second] = (owners[0] === owners[1] ? [one, other] : owners).map(pathOf);
  return {
    constructs: owners,
    error: message(
      `'${first}' and '${second}' both define the ${kind} '${name}'${namespace}, so one replaces the other.`,
      "Set another 'metadata.name' or 'metadata.namespace' for one, or use a separate App for each cluster.",
    ),
  };
}

function overlap(one: IConstruct, other: IConstruct): Clash {
  const labels = Object.entries(IDENTITIES.get(one)!.podLabels).map(([key, value]) => `${key}=${value}`);
  return {
    constructs: [one, other],
    error: message(
      `The pods of '${pathOf(one)}' and '${pathOf(other)}' have the same labels '${labels.join(',')}', so the ` +
        'Service and policies of one select the pods of both.',
      "Set another 'app.kubernetes.io/name' or 'app.kubernetes.io/instance' in 'metadata.labels' of one.",
    ),
  };
}

function pathOf({ node }: IConstruct): string {
  return node.path;
}
