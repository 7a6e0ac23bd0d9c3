import type { ICapability } from '../pod/capability';

/** What becomes of the log files of an app. */
export interface IAppLogs extends ICapability {
  /** The directory that the app writes them to. */
  readonly directory: string;
}
