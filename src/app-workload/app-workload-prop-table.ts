import type { AppWorkloadProps } from './app-workload-props';
import { OPTIONAL, optional, PropTable } from '../checks/props';
import { POD_SETTINGS } from '../pod/pod-settings';

/** The props of AppWorkload, which constructs with more props extend. */
export const APP_WORKLOAD_PROPS: PropTable<AppWorkloadProps> = {
  ...POD_SETTINGS,
  image: optional('string'),
  like: optional('object'),
  controller: OPTIONAL,
  metadata: optional('any{}'),
  replicas: optional('number'),
  port: optional('number'),
  portName: optional('string'),
  servicePort: optional('number'),
  ports: optional('object[]'),
  service: optional('object'),
  command: optional('string[]'),
  args: optional('string[]'),
  env: optional('EnvValue{}'),
  healthCheck: optional('HealthCheck'),
  resources: optional('object'),
  runAsUser: optional('number'),
  runAsGroup: optional('number'),
  writableDirectories: optional('object[]'),
  shutdownTimeout: optional('Duration'),
  imagePullSecrets: optional('SecretSource[]'),
  podAnnotations: optional('string{}'),
  waivers: optional('Waiver[]'),
};
