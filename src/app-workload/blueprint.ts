import type { Duration } from 'cdk8s';
import type { ContainerResources, EnvValue, INetworkPolicyPeer } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { fail } from '../checks/fail';
import type { IPodExtension } from '../pod/pod-extension';
import type { MountOptions, WritableDirectory } from '../pod/pod-parts';
import type { SecretSource } from '../pod/secret-source';
import type { PodVolume } from '../pod/volumes/pod-volume';

/** The props that a workload takes from the one that it resembles. */
export interface BlueprintProps {
  readonly image?: string;
  readonly env?: Record<string, EnvValue>;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly writableDirectories?: WritableDirectory[];
  readonly resources?: ContainerResources;
  readonly imagePullSecrets?: SecretSource[];
  readonly shutdownTimeout?: Duration;
}

/** A workload that receives what is added to another. */
export interface BlueprintFollower {
  add(extension: IPodExtension): unknown;
  mount(path: string, volume: PodVolume, options: MountOptions): unknown;
  allowTo(peer: INetworkPolicyPeer, ...ports: number[]): unknown;
}

type Step = (follower: BlueprintFollower) => void;

/** The parts of a workload that others take: its props, and what is added to it before or after they are defined. */
export class Blueprint {
  private readonly steps: Step[] = [];
  private readonly followers: BlueprintFollower[] = [];

  constructor(private readonly props: BlueprintProps) {}

  /** Records an addition and applies it to the followers. */
  public record(step: Step): void {
    this.steps.push(step);
    this.followers.forEach(step);
  }

  /** Applies all additions to a follower, including those that come later. */
  public addFollower(follower: BlueprintFollower): void {
    this.steps.forEach(step => step(follower));
    this.followers.push(follower);
  }

  /** Completes the props of a follower. */
  public complete<T extends BlueprintProps>(props: T): T {
    const { image, env, runAsUser, runAsGroup, writableDirectories, resources, imagePullSecrets, shutdownTimeout } =
      this.props;
    return {
      ...props,
      image: props.image ?? image,
      env: { ...env, ...props.env },
      runAsUser: props.runAsUser ?? runAsUser,
      runAsGroup: props.runAsGroup ?? runAsGroup,
      writableDirectories: props.writableDirectories ?? writableDirectories,
      resources: props.resources ?? resources,
      imagePullSecrets: props.imagePullSecrets ?? imagePullSecrets,
      shutdownTimeout: props.shutdownTimeout ?? shutdownTimeout,
    };
  }
}

/** Returns the blueprint of a workload; refuses values that a user of plain JavaScript passes in its place. */
export function blueprintOf(scope: Construct, like: { readonly _blueprint: Blueprint }): Blueprint {
  if (!(like._blueprint instanceof Blueprint)) {
    fail(scope, "'like' is not an app of this library.", "Set it to an 'AppWorkload', 'ConfiguredApp' or 'LoggedApp'.");
  }
  return like._blueprint;
}
