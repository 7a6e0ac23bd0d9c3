import type { ContainerRole } from '../inspect/pods';

/** The size that volumes can reach and the size that is allowed, in the same unit. */
export interface Overflow {
  readonly held: number;
  readonly allowed: number;
}

/** A volume with a size limit. */
export interface Sized {
  readonly name: string;
  readonly size: number;
}

/** A container with or without a limit. */
export interface Limited {
  readonly role: ContainerRole;
  readonly limit?: number;
}

/**
 * Returns the ephemeral storage at which the kubelet evicts a pod; `undefined` if no container has a limit. As the
 * kubelet does, it adds up the limits of all containers that run together, or uses the limit of an init container if
 * that is higher. A container without a limit adds nothing.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.0/pkg/kubelet/eviction/eviction_manager.go
 */
export function diskLimit(containers: readonly Limited[]): number | undefined {
  const limits = containers.flatMap(({ limit }) => limit ?? []);
  const together = containers.reduce((sum, { role, limit = 0 }) => (role === 'init' ? sum : sum + limit), 0);
  return limits.length === 0 ? undefined : Math.max(together, ...limits);
}

/** Compares the `emptyDir` volumes on disk with the ephemeral storage of their pod. */
export function diskOverflow(volumes: readonly Sized[], containers: readonly Limited[]): Overflow | undefined {
  const limit = diskLimit(containers);
  return limit === undefined ? undefined : overflow(volumes, limit);
}

/**
 * Compares the `emptyDir` volumes in memory that a container can write to with its memory limit, which they count
 * against.
 *
 * @param limits the memory limits of the container and its pod, if set
 */
export function memoryOverflow(written: readonly Sized[], limits: readonly number[]): Overflow | undefined {
  return limits.length === 0 ? undefined : overflow(written, Math.min(...limits));
}

function overflow(volumes: readonly Sized[], allowed: number): Overflow | undefined {
  const held = volumes.reduce((sum, { size }) => sum + size, 0);
  return held > allowed ? { held, allowed } : undefined;
}
