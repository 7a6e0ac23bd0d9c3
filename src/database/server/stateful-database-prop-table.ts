import type { StatefulDatabaseProps } from './stateful-database-props';
import { OPTIONAL, PropTable, required } from '../../checks/props';
import { POD_SETTINGS } from '../../pod/pod-settings';

export const STATEFUL_DATABASE_PROPS: PropTable<StatefulDatabaseProps> = {
  ...POD_SETTINGS,
  engine: required('DatabaseEngine.postgres({ version: PostgresVersion.V17 })'),
  storage: required('DatabaseStorage.provisioned(Size.gibibytes(20))'),
  memory: required('Size.gibibytes(1)'),
  credentials: required('DatabaseCredentials.fromGeneratedSecret()'),
  metadata: OPTIONAL,
  user: OPTIONAL,
  database: OPTIONAL,
  settings: OPTIONAL,
  cpu: OPTIONAL,
  hugePages: OPTIONAL,
  initScripts: OPTIONAL,
  replicas: OPTIONAL,
  independentReplicas: OPTIONAL,
  metrics: OPTIONAL,
  startupTimeout: OPTIONAL,
  shutdownTimeout: OPTIONAL,
  imagePullSecrets: OPTIONAL,
  podAnnotations: OPTIONAL,
  waivers: OPTIONAL,
};
