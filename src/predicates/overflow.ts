import type { ContainerRole } from '../inspect/pods';

/** What may be held, and how much less of it is allowed; in one unit, whichever. */
export interface Overflow {
  readonly held: number;
  readonly allowed: number;
}

/** A volume of a size. */
export interface Sized {
  readonly name: string;
  readonly size: number;
}

/** A container with a limit, or with none. */
export interface Limited {
  readonly role: ContainerRole;
  readonly limit?: number;
}

/**
 * Whether the `emptyDir`s on disk may hold more than the limits of ephemeral storage let the pod use, as the kubelet
 * adds
 * them up: those of all containers that run together, or that of one init container. One without a limit takes nothing
 * away
 * from the others'.
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
 * Whether the `emptyDir`s in memory that a container can write to may hold more than its memory limit, which they count
 * against.
 *
 * @param limits the container's and the pod's, as far as there are any
 */
export function memoryOverflow(written: readonly Sized[], limits: readonly number[]): Overflow | undefined {
  return limits.length === 0 ? undefined : overflow(written, Math.min(...limits));
}

function overflow(volumes: readonly Sized[], allowed: number): Overflow | undefined {
  const held = volumes.reduce((sum, { size }) => sum + size, 0);
  return held > allowed ? { held, allowed } : undefined;
}
