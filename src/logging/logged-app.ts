import type { Construct } from 'constructs';
import type { IAppLogs } from './app-logs';
import { Workload } from '../workload';
import type { WorkloadProps } from '../workload-props';

/** What a logged app is made of. */
export interface LoggedAppProps extends WorkloadProps {
  /** What becomes of its log files: a `LogShipping`, or `LogShipping.toStdout()`. */
  readonly logs: IAppLogs;
}

/** An app that writes log files, and a collector beside it that ships them: a `Workload` with `LogShipping`. */
export class LoggedApp extends Workload {
  /**
   * @param scope the chart, or a construct in it
   * @param id its name in the scope
   * @param props what it is made of
   */
  constructor(scope: Construct, id: string, props: LoggedAppProps) {
    super(scope, id, props);
    this.add(props.logs);
  }
}
