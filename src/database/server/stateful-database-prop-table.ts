import type { StatefulDatabaseProps } from './stateful-database-props';
import { PropTable, required, optional } from '../../checks/props';
import { POD_SETTINGS } from '../../pod/pod-settings';

export const STATEFUL_DATABASE_PROPS: PropTable<StatefulDatabaseProps> = {
  ...POD_SETTINGS,
  engine: required('DatabaseEngine.postgres({ version: PostgresVersion.V17 })', 'DatabaseEngine'),
  storage: required('DatabaseStorage.provisioned(Size.gibibytes(20))', 'DatabaseStorage'),
  memory: required('Size.gibibytes(1)', 'Size'),
  credentials: required('DatabaseCredentials.fromGeneratedSecret()', 'DatabaseCredentials'),
  metadata: optional('any{}'),
  user: optional('string'),
  database: optional('string'),
  settings: optional('string{}'),
  cpu: optional('object'),
  hugePages: optional('Size'),
  initScripts: optional('InitScripts'),
  restoreFrom: optional('object'),
  replicas: optional('number'),
  independentReplicas: optional('string'),
  metrics: optional('object'),
  startupTimeout: optional('Duration'),
  shutdownTimeout: optional('Duration'),
  imagePullSecrets: optional('SecretSource[]'),
  podAnnotations: optional('string{}'),
  waivers: optional('Waiver[]'),
};
