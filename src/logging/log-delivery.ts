import type { IPodExtension } from '../pod/pod-extension';

/** What becomes of the log files of an app. */
export interface ILogDelivery extends IPodExtension {
  /** The directory that the app writes them to. */
  readonly directory: string;
}
