import type { IPodExtension } from '../pod/pod-extension';

/** Delivers the log files of an app. */
export interface ILogDelivery extends IPodExtension {
  /** The directory to which the app writes its log files. */
  readonly directory: string;
}
