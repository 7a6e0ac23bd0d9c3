import { ApiObject, Duration } from 'cdk8s';
import { Construct, IValidation } from 'constructs';
import { DEFAULT_ID, renderAdditions } from './added-pod';
import { applyAdditions, likeApp } from './apply-additions';
import { refuseConflicts, refuseEndlessSidecars } from './conflicts';
import { refuseDuplicates } from './duplicate-objects';
import { directionsOf } from './isolation-of-pods';
import { refuseNewFindings } from './new-findings';
import type { PodExtensionsOptions } from './pod-extensions-options';
import { describeTarget, PodTarget, PodTargetFacts, readTarget } from './pod-target';
import { onRender } from './render-hook';
import { fail } from '../checks/fail';
import { JOB_KINDS } from '../facts/kubernetes';
import { at, textMap } from '../inspect/json';
import type { ManifestObject } from '../inspect/manifest';
import { refuseFailingPatch } from '../inspect/patches';
import { readConstructs } from '../inspect/read-constructs';
import { refuseAfterSynthesis } from '../objects/synthesis';
import { bindExtension } from '../pod/bind-extension';
import { waiveVolumes } from '../pod/controller-volumes';
import { Direction, recordIsolation } from '../pod/isolation';
import { mergeAdditions, OwnedAdditions } from '../pod/merge';
import type { IPodExtension, PodExtensionContext } from '../pod/pod-extension';
import { defineClaim } from '../pod/volumes/defined-claims';
import { recordWaivers, waiverAnnotations, waiversOfObject } from '../safety/waiver';

/** The properties that the objects of extensions depend on. */
interface Basis {
  readonly facts: PodTargetFacts;
  readonly directions: ReadonlySet<Direction>;
}

/** The pods of a workload of another library. Extensions are added to them when the workload is rendered. */
export class ExtendedPods implements IValidation {
  private readonly scope: Construct;
  private readonly render: () => unknown;
  private additions: readonly OwnedAdditions[] = [];
  private basis?: Basis;

  constructor(
    private readonly object: ApiObject,
    private readonly options: PodExtensionsOptions,
  ) {
    recordWaivers(object, options.waivers ?? []);
    this.scope = new Construct(object, 'PodExtensions');
    this.render = onRender(object, manifest => this.extend(manifest));
    object.node.addValidation(this);
    this.target();
  }

  /** Binds an extension, and refuses conflicts with the workload and with other extensions. */
  public add(extension: IPodExtension): void {
    refuseAfterSynthesis(this.object);
    const target = this.target();
    this.basis ??= this.basisOf(target);
    recordIsolation(this.scope, this.basis.directions);
    this.refuseChanges(target);
    const context = contextOf(this.object, target);
    const additions = [...this.additions, bindExtension(this.scope, extension, context)];
    this.defineVolumes(target, additions);
    this.check(target, additions);
    this.additions = additions;
  }

  /** Returns the conflicts with changes of the workload after the extensions were added. */
  public validate(): string[] {
    try {
      if (this.additions.length > 0) {
        const target = this.target();
        this.refuseChanges(target);
        this.check(target, this.additions);
      }
      return [];
    } catch (error) {
      // cdk8s adds the path again
      return [(error as Error).message.replace(`[${this.object.node.path}] `, '')];
    }
  }

  private target(): PodTarget {
    let manifest: unknown;
    try {
      manifest = this.render();
    } catch (error) {
      refuseFailingPatch(this.object, this.render);
      fail(
        this.object,
        `${this.object.kind} '${this.object.name}' cannot be rendered: ${(error as Error).message}`,
        'Complete it, for example with its containers, before you add extensions.',
      );
    }
    return readTarget(this.object, manifest, this.options.container);
  }

  private extend(manifest: unknown): unknown {
    return this.additions.length === 0
      ? manifest
      : this.withAdditions(readTarget(this.object, manifest, this.options.container), this.additions);
  }

  /** Defines the claims of the volumes, and the waivers that follow from them. */
  private defineVolumes({ facts, manifest }: PodTarget, additions: readonly OwnedAdditions[]): void {
    const identity = {
      name: facts['metadata.name'],
      namespace: facts['metadata.namespace'],
      labels: labelsOf(manifest),
      podLabels: { ...facts.labels },
    };
    const { volumes } = mergeAdditions(this.scope, undefined, additions);
    volumes.forEach(volume => defineClaim(this.scope, identity, volume));
    waiveVolumes(this.object, this.object, volumes, this.options.waivers);
  }

  private withAdditions(target: PodTarget, additions: readonly OwnedAdditions[]): Readonly<Record<string, unknown>> {
    const merged = mergeAdditions(this.object, undefined, additions);
    const added = renderAdditions(this.object, target, merged);
    return applyAdditions(target, added, merged, waiverAnnotations(waiversOfObject(this.options.waivers ?? [])));
  }

  private check(target: PodTarget, additions: readonly OwnedAdditions[]): void {
    const merged = mergeAdditions(this.object, undefined, additions);
    refuseConflicts(this.object, target, renderAdditions(this.object, target, merged), additions);
    refuseEndlessSidecars(this.object, target, merged);
    refuseDuplicates(this.object, this.scope);
    const after = { ...target.pod.object, content: this.withAdditions(target, additions) };
    refuseNewFindings(this.object, target, after, readConstructs(this.scope), merged.volumes, likeApp(merged));
  }

  private basisOf({ facts, pod }: PodTarget): Basis {
    const { isolated } = this.options;
    const directions = new Set<Direction>(isolated ? ['Ingress', 'Egress'] : []);
    return { facts, directions: isolated === undefined ? directionsOf(this.scope, pod) : directions };
  }

  /** Refuses changes after which the objects of the extensions would no longer fit. */
  private refuseChanges(target: PodTarget): void {
    const { facts, directions } = this.basis!;
    const now = this.basisOf(target);
    const names = Object.keys({ ...facts, ...now.facts }) as (keyof PodTargetFacts)[];
    const changed = names.find(name => JSON.stringify(facts[name]) !== JSON.stringify(now.facts[name]));
    if (changed !== undefined) {
      fail(
        this.object,
        `'${changed}' of ${describeTarget(target)} changed from ${JSON.stringify(facts[changed])} to ` +
          `${JSON.stringify(now.facts[changed])} after an extension was added.`,
        'Add extensions after this change.',
      );
    }
    for (const direction of ['Ingress', 'Egress'] as const) {
      if (directions.has(direction) !== now.directions.has(direction)) {
        fail(
          this.object,
          `A NetworkPolicy for the ${direction.toLowerCase()} of ${describeTarget(target)} was defined after an ` +
            'extension was added, which therefore created no policy for its own connections.',
          "Define the NetworkPolicy first, or set 'isolated: true' in the options of 'PodExtensions.of'.",
        );
      }
    }
  }
}

function contextOf(object: ApiObject, target: PodTarget): PodExtensionContext {
  const { facts, manifest } = target;
  const { labels } = facts;
  return {
    workloadName: facts['metadata.name'],
    namespace: facts['metadata.namespace'],
    labels: labelsOf(manifest),
    // read only by extensions that select the pods
    get podLabels() {
      return Object.keys(labels).length > 0
        ? labels
        : fail(
            object,
            `The pods of ${describeTarget(target)} have no labels, so no object of an extension can select them.`,
            "Set a label in the 'metadata' of its pod template.",
          );
    },
    runAsUser: facts.runAsUser ?? DEFAULT_ID,
    runAsGroup: facts.runAsGroup ?? DEFAULT_ID,
    shutdownTimeout: Duration.seconds(facts.terminationGracePeriodSeconds),
    runsToCompletion: JOB_KINDS.includes(object.kind),
  };
}

function labelsOf({ content }: ManifestObject): Record<string, string> {
  return { ...textMap(at(content, 'metadata', 'labels')) };
}
