import { Chart } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Identity } from './identity';
import { fail } from '../checks/fail';
import { checkInteger } from '../checks/values';
import type { ControllerDefinition } from '../controllers/controller-definition';

/** The stable names of the pods of a StatefulSet. */
export class ReplicaNames {
  /**
   * @param replicas the number of pods that the user sets
   */
  constructor(
    private readonly scope: Construct,
    private readonly identity: Identity,
    private readonly controller: ControllerDefinition,
    private readonly replicas: number | undefined,
  ) {}

  /** The name of the headless Service, which the host names of the pods end in. */
  public get serviceName(): string {
    return `${this.identity.name}-headless`;
  }

  /** Returns the host name of one pod for clients in its namespace. */
  public shortHost(index: number): string {
    return `${this.nameOf(index)}.${this.serviceName}`;
  }

  /**
   * Returns the host name of the headless Service.
   *
   * @param member the public member that needs it, which errors name
   */
  public serviceHost(member: string): string {
    this.checkKind(member);
    return `${this.serviceName}${this.domain}`;
  }

  /** Returns the host name of one pod. */
  public host(member: string, index: number): string {
    this.checkKind(member);
    checkInteger(this.scope, "'index'", index, this.firstIndex, 99999);
    return `${this.shortHost(index)}${this.domain}`;
  }

  /** Returns the host names of all pods. */
  public hosts(member: string): string[] {
    return this.indexes(member).map(index => this.host(member, index));
  }

  /** Returns the names of all pods. */
  public names(member: string): string[] {
    return this.indexes(member).map(index => this.nameOf(index));
  }

  private indexes(member: string): number[] {
    this.checkKind(member);
    const { scope, replicas: length, firstIndex } = this;
    if (length === undefined) {
      fail(scope, `'${member}' is used, but the number of pods is not known.`, "Set 'replicas'.");
    }
    return Array.from({ length }, (_, i) => firstIndex + i);
  }

  /** The domain of the namespace, with a dot in front; empty if the namespace is not known. */
  private get domain(): string {
    const namespace = this.identity.namespace ?? Chart.of(this.scope).namespace;
    return namespace === undefined ? '' : `.${namespace}.svc`;
  }

  private get firstIndex(): number {
    return this.controller.startOrdinal ?? 0;
  }

  private nameOf(index: number): string {
    return `${this.identity.name}-${index}`;
  }

  private checkKind(member: string): void {
    const { kind } = this.controller;
    if (kind !== 'StatefulSet') {
      fail(
        this.scope,
        `'${member}' is used, but the pods of a ${kind} have no stable names.`,
        "Set 'controller: Controller.statefulSet()'.",
      );
    }
  }
}
