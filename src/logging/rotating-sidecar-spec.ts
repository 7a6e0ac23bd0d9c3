import type { Duration } from 'cdk8s';

/** A rotating sidecar of logrotate. */
export interface RotatingSidecar {
  readonly image: string;
  readonly interval: Duration;
}
