import type { AppWorkloadProps } from './app-workload-props';
import { OPTIONAL, PropTable } from '../checks/props';
import { POD_SETTINGS } from '../pod/pod-settings';

/** The props of AppWorkload, which constructs with more props extend. */
export const APP_WORKLOAD_PROPS: PropTable<AppWorkloadProps> = {
  ...POD_SETTINGS,
  image: OPTIONAL,
  like: OPTIONAL,
  controller: OPTIONAL,
  metadata: OPTIONAL,
  replicas: OPTIONAL,
  port: OPTIONAL,
  portName: OPTIONAL,
  servicePort: OPTIONAL,
  ports: OPTIONAL,
  service: OPTIONAL,
  command: OPTIONAL,
  args: OPTIONAL,
  env: OPTIONAL,
  healthCheck: OPTIONAL,
  resources: OPTIONAL,
  runAsUser: OPTIONAL,
  runAsGroup: OPTIONAL,
  writableDirectories: OPTIONAL,
  shutdownTimeout: OPTIONAL,
  imagePullSecrets: OPTIONAL,
  podAnnotations: OPTIONAL,
  waivers: OPTIONAL,
};
