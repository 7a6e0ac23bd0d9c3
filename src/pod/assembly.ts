import { Chart, Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import { applySettings } from './apply-settings';
import { bindExtension } from './bind-extension';
import { checkBudget } from './budget';
import { DRAIN_SECONDS } from './harden';
import { MergedAdditions, mergeAdditions, OwnedAdditions } from './merge';
import type { IPodExtension, PodExtensionContext } from './pod-extension';
import type { PodSettings } from './pod-settings';
import { renderPod } from './render';
import { podTemplate, TemplateOptions } from './template';
import { defineClaim } from './volumes/defined-claims';
import { defaultsOf, useRegistry } from './workload-defaults';
import type { PodSpec, PodTemplate } from '../checks/pod-spec';
import { seconds } from '../checks/values';
import type { ControllerDefinition } from '../controllers/controller-definition';
import { refuseAfterSynthesis } from '../objects/synthesis';

/** The properties of pods that no extension sets. They apply to every controller. */
export interface AssemblyProps extends Omit<
  TemplateOptions,
  'scope' | 'merged' | 'isReplicated' | 'revisionLabel' | 'settings'
> {
  readonly controller: Pick<
    ControllerDefinition,
    'hasReplicas' | 'runsToCompletion' | 'revisionLabel' | 'restartPolicy'
  >;
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
    const { controller, identity, app, runAsUser, runAsGroup, serves } = this.props;
    const shutdownSeconds = app.shutdownTimeout ? seconds(app.shutdownTimeout) : 0;
    return {
      workloadName: identity.name,
      namespace: identity.namespace ?? Chart.of(this.scope).namespace,
      podLabels: identity.podLabels,
      labels: identity.labels,
      runAsUser,
      runAsGroup,
      shutdownTimeout: Duration.seconds(shutdownSeconds + (serves ? DRAIN_SECONDS : 0)),
      runsToCompletion: controller.runsToCompletion,
    };
  }

  /** All additions up to now. */
  public get merged(): MergedAdditions {
    return (this.current ??= this.merge());
  }

  /** The longest startup timeout of the containers on which the readiness of the pod depends. */
  public get startupSeconds(): number {
    const checks = [this.props.app, ...this.merged.sidecars].flatMap(({ healthCheck }) => healthCheck ?? []);
    const required = checks.filter(check => !check._isRestartOnly);
    return Math.max(0, ...required.map(check => check._startupSeconds(this.scope)));
  }

  /** Adds additions that need no further objects, and refuses conflicts. */
  public push(...additions: readonly OwnedAdditions[]): void {
    refuseAfterSynthesis(this.scope);
    this.additions.push(...additions);
    this.current = this.merge();
  }

  /** Binds an extension and adds its additions. */
  public add(extension: IPodExtension): void {
    refuseAfterSynthesis(this.scope);
    this.push(bindExtension(this.scope, extension, this.context));
  }

  /** The template; kept, because both the check of rendered objects and the controller need it. */
  public template(): PodTemplate {
    const { merged } = this;
    if (this.rendered?.merged !== merged) {
      this.rendered = { merged, template: this.render() };
    }
    return this.rendered.template;
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
