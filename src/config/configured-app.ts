import type { Construct } from 'constructs';
import type { ConfigFiles } from './config-files';
import { AppWorkload } from '../app-workload';
import type { AppWorkloadProps } from '../app-workload-props';

/** What a configured app is made of. */
export interface ConfiguredAppProps extends AppWorkloadProps {
  /** Its files of configuration. More are added with `add`. */
  readonly config: ConfigFiles;
}

/**
 * An app whose configuration lives outside its image: a `Workload` with `ConfigFiles`.
 */
export class ConfiguredApp extends AppWorkload {
  /**
   * @param scope the chart, or a construct in it
   * @param id its name in the scope
   * @param props what it is made of
   */
  constructor(scope: Construct, id: string, props: ConfiguredAppProps) {
    super(scope, id, props);
    this.add(props.config);
  }
}
