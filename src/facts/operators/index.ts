import { KAFKA_OPERATORS } from './kafka';
import { MONGODB_OPERATORS } from './mongodb';
import { MONITORING_OPERATORS } from './monitoring';
import { MYSQL_OPERATORS } from './mysql';
import type { OperatorKind } from './operator-kind';
import { OTHER_OPERATORS } from './others';
import { POSTGRESQL_OPERATORS } from './postgresql';
import { REDIS_OPERATORS } from './redis';
import { SEARCH_OPERATORS } from './search';

/** The kinds of custom resources whose state is known. */
export const OPERATOR_KINDS: readonly OperatorKind[] = [
  ...POSTGRESQL_OPERATORS,
  ...MYSQL_OPERATORS,
  ...MONGODB_OPERATORS,
  ...KAFKA_OPERATORS,
  ...REDIS_OPERATORS,
  ...SEARCH_OPERATORS,
  ...MONITORING_OPERATORS,
  ...OTHER_OPERATORS,
];
