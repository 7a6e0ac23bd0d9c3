import { Duration } from 'cdk8s';
import { Construct } from 'constructs';
import { checkBudget } from './budget';
import type { PodExtensionContext, IPodExtension } from './pod-extension';
import { DRAIN_SECONDS } from './harden';
import { MergedParts, mergeParts, Part } from './merge';
import { renderPod } from './render';
import { podTemplate, TemplateOptions } from './template';
import { fail } from '../checks/fail';
import type { PodSpec, PodTemplate } from '../checks/pod-spec';
import { seconds } from '../checks/values';

/** What pods are made of beside their parts, whatever controls them. */
export interface AssemblyProps extends Omit<TemplateOptions, 'scope' | 'merged'> {
  /** The volumes that a claim template of the controller makes for each replica. */
  readonly claims?: readonly string[];
  /** Sets in a rendered pod what no part can say, before the safe defaults fill in the rest. */
  readonly shape?: (pod: PodSpec) => void;
}

/**
 * Puts pods together: takes parts, merges them, checks their budget, and renders the template with its safe defaults.
 */
export class PodAssembly {
  private readonly parts: Part[] = [];
  private all?: MergedParts;
  private rendered?: { readonly of: MergedParts; readonly value: PodTemplate };

  constructor(
    private readonly scope: Construct,
    private readonly props: AssemblyProps,
  ) {}

  /** What a part may know of the pods. */
  public get options(): PodExtensionContext {
    const {
      identity: { name, namespace, podLabels, labels },
      app: { shutdownTimeout },
      runAsUser,
      runAsGroup,
      serves,
    } = this.props;
    const stop = (shutdownTimeout ? seconds(shutdownTimeout) : 0) + (serves ? DRAIN_SECONDS : 0);
    return {
      workloadName: name,
      namespace,
      podLabels,
      labels,
      runAsUser,
      runAsGroup,
      shutdownTimeout: Duration.seconds(stop),
    };
  }

  /** All parts, as of now. */
  public get merged(): MergedParts {
    return (this.all ??= this.merge());
  }

  /** Takes parts that are made already, and refuses what clashes. */
  public take(...parts: readonly Part[]): void {
    this.parts.push(...parts);
    this.all = this.merge();
  }

  /** Lets a part define its objects, and takes what it brings. */
  public add(extension: IPodExtension): void {
    const id = extension.id;
    if (!/^[a-z0-9]([-a-z0-9]{0,48}[a-z0-9])?$/.test(id)) {
      fail(
        this.scope,
        `An extension has the id '${id}'.`,
        "Use at most 50 lower-case letters, digits and '-', beginning and ending with a letter or digit.",
      );
    }
    if (this.scope.node.tryFindChild(id)) {
      fail(this.scope, `An extension '${id}' is there already.`, 'Give one of the two another id.');
    }
    this.take({
      owner: `extension '${id}'`,
      contribution: extension.bind(new Construct(this.scope, id), this.options),
    });
  }

  /** The template; asked for by the check of what is rendered and by the rendering, for the same parts. */
  public template(): PodTemplate {
    if (this.rendered?.of !== this.merged) {
      this.rendered = { of: this.merged, value: this.render() };
    }
    return this.rendered.value;
  }

  private merge(): MergedParts {
    const merged = mergeParts(this.scope, this.props.app, this.parts);
    checkBudget(this.scope, this.props.app, merged);
    return merged;
  }

  private render(): PodTemplate {
    const {
      scope,
      merged,
      props: { claims = [], shape, ...options },
    } = this;
    const pod = renderPod(scope, options.app, merged);
    pod.volumes = pod.volumes?.filter(({ name }) => !claims.includes(name));
    shape?.(pod);
    return podTemplate(pod, { ...options, scope, merged });
  }
}
