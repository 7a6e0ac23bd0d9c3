import type { Duration } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { fail } from '../checks/fail';
import { seconds } from '../checks/values';

/** The progress deadline of Kubernetes, which also covers the scheduling, the images and the init containers. */
const DEFAULT_SECONDS = 600;

/** The options of a Deployment that decide how long an update can take without progress. */
interface ProgressOptions {
  readonly progressDeadline?: Duration;
  readonly minReady?: Duration;
}

/**
 * Returns the progress deadline, or undefined for the default of Kubernetes. Pods that take longer than that to become
 * available get that time in addition, so that an update of healthy pods does not fail.
 */
export function progressDeadlineSeconds(
  { progressDeadline, minReady }: ProgressOptions,
  startupSeconds: number,
): number | undefined {
  if (progressDeadline) {
    return seconds(progressDeadline);
  }
  const availableAfter = startupSeconds + (minReady ? seconds(minReady) : 0);
  return availableAfter > DEFAULT_SECONDS ? availableAfter + DEFAULT_SECONDS : undefined;
}

/** Refuses a progress deadline that ends before healthy pods have started. */
export function checkProgressDeadline(
  scope: IConstruct,
  { progressDeadline, minReady }: ProgressOptions,
  startupSeconds: number,
): void {
  if (!progressDeadline) {
    return;
  }
  const deadline = seconds(progressDeadline);
  const readySeconds = minReady ? seconds(minReady) : 0;
  if (deadline <= readySeconds) {
    fail(
      scope,
      `'minReady' is ${readySeconds}s, not shorter than the 'progressDeadline' of ${deadline}s.`,
      "Raise 'progressDeadline' or lower 'minReady'.",
    );
  }
  if (deadline < startupSeconds + readySeconds) {
    const parts = readySeconds > 0 ? ` and the 'minReady' of ${readySeconds}s together` : '';
    fail(
      scope,
      `'progressDeadline' is ${deadline}s, shorter than the 'startupTimeout' of ${startupSeconds}s of a health ` +
        `check${parts}, so an update of healthy pods can fail.`,
      "Omit 'progressDeadline', raise it, or lower 'startupTimeout'.",
    );
  }
}
