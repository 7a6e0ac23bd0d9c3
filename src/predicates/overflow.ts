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
 * Compares the `emptyDir` volumes on disk with the ephemeral storage of their pod. As the kubelet does, it adds up the
 * limits of all containers that run together, or uses the limit of an init container if that is higher. A container
 * without a limit adds nothing.
 */
export function diskOverflow(volumes: readonly Sized[], containers: readonly Limited[]): Overflow | undefined {
  const running = containers.filter(({ role }) => role !== 'init');
  if (running.every(({ limit }) => limit === undefined)) {
    return undefined;
  }
  const together = running.reduce((sum, { limit }) => sum + (limit ?? 0), 0);
  return overflow(volumes, Math.max(together, ...containers.map(({ limit }) => limit ?? 0)));
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
