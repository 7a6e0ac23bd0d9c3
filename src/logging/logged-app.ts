import type { Construct } from 'constructs';
import type { ILogDelivery } from './log-delivery';
import { AppWorkload } from '../app-workload/app-workload';
import { APP_WORKLOAD_PROPS } from '../app-workload/app-workload-prop-table';
import type { AppWorkloadProps } from '../app-workload/app-workload-props';
import { checkProps, checkRequiredProps, PropTable, required } from '../checks/props';

/** Properties of `LoggedApp`. */
export interface LoggedAppProps extends AppWorkloadProps {
  /** The delivery of the log files: `LogShipping` or `StdoutLogs`. */
  readonly logs: ILogDelivery;
}

const PROPS: PropTable<LoggedAppProps> = { ...APP_WORKLOAD_PROPS, logs: required('new StdoutLogs()', 'object') };

/** An `AppWorkload` that writes log files, with a collector that ships them. */
export class LoggedApp extends AppWorkload {
  /**
   * @param scope the chart, or a construct in it
   * @param id the name in the scope
   * @param props image, ports, logs and more
   */
  constructor(scope: Construct, id: string, props: LoggedAppProps) {
    super(scope, id, props);
    // subclasses can have more props
    const check = new.target === LoggedApp ? checkProps<LoggedAppProps> : checkRequiredProps<LoggedAppProps>;
    check(this, props, PROPS);
    this.add(props.logs);
  }
}
