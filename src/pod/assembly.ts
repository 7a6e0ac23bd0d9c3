import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { applySettings } from './apply-settings';
import { checkBudget } from './budget';
import { DRAIN_SECONDS } from './harden';
import { MergedAdditions, mergeAdditions, OwnedAdditions } from './merge';
import type { IPodExtension, PodAdditions, PodExtensionContext } from './pod-extension';
import type { PodSettings } from './pod-settings';
import { renderPod } from './render';
import { podTemplate, TemplateOptions } from './template';
import { defineClaim } from './volumes/defined-claims';
import { defaultsOf, useRegistry } from './workload-defaults';
import { fail } from '../checks/fail';
import type { PodSpec, PodTemplate } from '../checks/pod-spec';
import { checkProps, OPTIONAL, PropTable } from '../checks/props';
import { seconds } from '../checks/values';
import type { ControllerDefinition } from '../controllers/controller-definition';

const ADDITIONS: PropTable<PodAdditions> = {
  mounts: OPTIONAL,
  env: OPTIONAL,
  envFrom: OPTIONAL,
  initContainers: OPTIONAL,
  sidecars: OPTIONAL,
  podAnnotations: OPTIONAL,
  reloadOn: OPTIONAL,
};

/** The properties of pods that no extension sets. They apply to every controller. */
export interface AssemblyProps extends Omit<
  TemplateOptions,
  'scope' | 'merged' | 'isReplicated' | 'revisionLabel' | 'settings'
> {
  readonly controller: Pick<ControllerDefinition, 'hasReplicas' | 'revisionLabel' | 'restartPolicy'>;
  readonly settings?: PodSettings;
  /** Modifies the rendered pod before the safe defaults fill in the rest. */
  readonly shape?: (pod: PodSpec) => void;
}

/** Builds pods: merges additions, checks the sizes of volumes, and renders the template with its safe defaults. */
export class PodAssembly {
  private readonly additions: OwnedAdditions[] = [];
  private current?: MergedAdditions;
  private rendered?: { readonly merged: MergedAdditions; readonly template: PodTemplate };

  constructor(
    private readonly scope: Construct,
    private readonly props: AssemblyProps,
  ) {}

  /** The properties of the workload that extensions can use. */
  public get context(): PodExtensionContext {
    const { identity, app, runAsUser, runAsGroup, serves } = this.props;
    const shutdownSeconds = app.shutdownTimeout ? seconds(app.shutdownTimeout) : 0;
    return {
      workloadName: identity.name,
      namespace: identity.namespace,
      podLabels: identity.podLabels,
      labels: identity.labels,
      runAsUser,
      runAsGroup,
      shutdownTimeout: Duration.seconds(shutdownSeconds + (serves ? DRAIN_SECONDS : 0)),
    };
  }

  /** All additions up to now. */
  public get merged(): MergedAdditions {
    return (this.current ??= this.merge());
  }

  /** Adds additions that need no further objects, and refuses conflicts. */
  public push(...additions: readonly OwnedAdditions[]): void {
    this.additions.push(...additions);
    this.current = this.merge();
  }

  /** Binds an extension and adds its additions. */
  public add(extension: IPodExtension): void {
    const id = this.checkId(extension);
    const extensionScope = new Construct(this.scope, id);
    const additions = extension.bind(extensionScope, this.context);
    if (typeof additions !== 'object' || additions === null) {
      fail(extensionScope, "'bind' returned no PodAdditions.", "Return an object, for example '{ env: { ... } }'.");
    }
    checkProps(extensionScope, additions, ADDITIONS);
    this.push({ owner: `extension '${id}'`, additions });
  }

  /** The template; kept, because both the check of rendered objects and the controller need it. */
  public template(): PodTemplate {
    const { merged } = this;
    if (this.rendered?.merged !== merged) {
      this.rendered = { merged, template: this.render() };
    }
    return this.rendered.template;
  }

  private checkId(extension: IPodExtension): string {
    const { scope } = this;
    if (typeof extension?.bind !== 'function') {
      fail(
        scope,
        "The argument of 'add' is not an extension.",
        "Pass an IPodExtension, for example 'new ConfigFiles({ ... })'.",
      );
    }
    const { id } = extension;
    if (typeof id !== 'string' || !/^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/.test(id)) {
      fail(
        scope,
        `Invalid 'id' '${id}' of an extension.`,
        "Use at most 50 lowercase letters, digits and '-', starting and ending with a letter or digit.",
      );
    }
    if (scope.node.tryFindChild(id)) {
      fail(scope, `Duplicate 'id' '${id}' of an extension.`, "Set another 'id' for one of them.");
    }
    return id;
  }

  private merge(): MergedAdditions {
    const merged = mergeAdditions(this.scope, this.props.app, this.additions);
    merged.volumes.forEach(volume => defineClaim(this.scope, this.props.identity, volume));
    checkBudget(this.scope, this.props.app, merged);
    return merged;
  }

  private render(): PodTemplate {
    const { scope, merged, props } = this;
    const { controller, shape, settings = {}, ...options } = props;
    const { hasReplicas, revisionLabel, restartPolicy } = controller;
    const pod = renderPod(scope, options.app, merged, options.identity.labels);
    pod.restartPolicy = restartPolicy;
    shape?.(pod);
    applySettings(scope, pod, settings);
    useRegistry(pod, defaultsOf(scope).imageRegistry);
    return podTemplate(pod, { ...options, settings, isReplicated: hasReplicas, revisionLabel, scope, merged });
  }
}
