import type { Construct } from 'constructs';
import type { ConfigFiles } from './config-files';
import { AppWorkload } from '../app-workload/app-workload';
import { APP_WORKLOAD_PROPS } from '../app-workload/app-workload-prop-table';
import type { AppWorkloadProps } from '../app-workload/app-workload-props';
import { checkProps, checkRequiredProps, PropTable, required } from '../checks/props';

/** Props of a ConfiguredApp. */
export interface ConfiguredAppProps extends AppWorkloadProps {
  /** The configuration files. Add more with `add`. */
  readonly config: ConfigFiles;
}

const PROPS: PropTable<ConfiguredAppProps> = {
  ...APP_WORKLOAD_PROPS,
  config: required('new ConfigFiles({ sources: [ConfigSource.fromFile("app.conf")] })', 'ConfigFiles'),
};

/** An AppWorkload with ConfigFiles: an app whose configuration is not part of its image. */
export class ConfiguredApp extends AppWorkload {
  /**
   * @param scope the chart, or a construct in it
   * @param id the construct ID
   * @param props the props
   */
  constructor(scope: Construct, id: string, props: ConfiguredAppProps) {
    super(scope, id, props);
    // subclasses can have more props
    const check =
      new.target === ConfiguredApp ? checkProps<ConfiguredAppProps> : checkRequiredProps<ConfiguredAppProps>;
    check(this, props, PROPS);
    this.add(props.config);
  }
}
