import type { Construct } from 'constructs';
import type { ILogDelivery } from './log-delivery';
import { AppWorkload } from '../app-workload';
import type { AppWorkloadProps } from '../app-workload-props';

/** What a logged app is made of. */
export interface LoggedAppProps extends AppWorkloadProps {
  /** What becomes of its log files: a `LogShipping`, or `StdoutLogs`. */
  readonly logs: ILogDelivery;
}

/** An app that writes log files, and a collector beside it that ships them: a `Workload` with `LogShipping`. */
export class LoggedApp extends AppWorkload {
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
