/** The SQL of MySQL and MariaDB that differs. */
export interface MysqlDialect {
  /** Columns of `information_schema.statistics` that only this engine has. */
  readonly indexColumns: readonly string[];
  /** Whether a database can contain sequences. */
  readonly hasSequences: boolean;
}

/** Settings of the session on which the text of values depends. The definitions of an object are one string. */
export const SESSION = `SET SESSION time_zone = '+00:00', sql_mode = 'ANSI_QUOTES', group_concat_max_len = 1073741824;
`;

/** The major version of the server. Definitions are only comparable within one version. */
const VERSION = "SUBSTRING_INDEX(VERSION(), '.', 2)";

/** Returns a query for a line of each object, with a hash of its definition. Several rows can belong to one object. */
function definitions(kind: string, name: string, columns: readonly string[], source: string, order = '1'): string {
  const values = columns.map(column => `IFNULL(${column}, '-')`).join(', ');
  const hash = `SHA2(GROUP_CONCAT(CONCAT_WS('|', ${values}) ORDER BY ${order} SEPARATOR ';'), 256)`;
  return `SELECT 'definition', '${kind}', ${name}, CONCAT_WS(' ', ${VERSION}, ${hash})
  FROM information_schema.${source} GROUP BY ${binary(name)} ORDER BY ${binary(name)};
`;
}

/** Names that differ in case only can belong to two objects. */
function binary(name: string): string {
  return `CAST(${name} AS BINARY)`;
}

/** The definition of a view names its own database, whose name can differ. */
const VIEW_DEFINITION = "REPLACE(view_definition, CONCAT('`', DATABASE(), '`.'), '')";

/** Returns the definitions of all objects of the connected database. */
export function objectFigures({ indexColumns }: MysqlDialect): string {
  return `${SESSION}SELECT 'equal', 'database', 'character set and collation',
  CONCAT_WS(' ', default_character_set_name, default_collation_name)
  FROM information_schema.schemata WHERE schema_name = DATABASE();
${[
  definitions(
    'table',
    'table_name',
    ['table_type', 'engine', 'table_collation', 'create_options', 'table_comment'],
    'tables WHERE table_schema = DATABASE()',
  ),
  definitions(
    'columns',
    'table_name',
    [
      'column_name',
      'column_type',
      'is_nullable',
      'column_default',
      'collation_name',
      'extra',
      'generation_expression',
      'column_comment',
    ],
    'columns WHERE table_schema = DATABASE()',
    'ordinal_position',
  ),
  definitions(
    'indexes',
    'table_name',
    ['index_name', 'non_unique', 'index_type', 'seq_in_index', 'column_name', 'sub_part', ...indexColumns],
    'statistics WHERE table_schema = DATABASE()',
    'index_name, seq_in_index',
  ),
  definitions(
    'constraints',
    'table_name',
    ['constraint_name', 'constraint_type'],
    'table_constraints WHERE table_schema = DATABASE()',
    'constraint_name, constraint_type',
  ),
  definitions(
    'check',
    'constraint_name',
    ['check_clause'],
    'check_constraints WHERE constraint_schema = DATABASE()',
    'check_clause',
  ),
  definitions(
    'foreign key',
    'constraint_name',
    ['table_name', 'referenced_table_name', 'unique_constraint_name', 'update_rule', 'delete_rule'],
    'referential_constraints WHERE constraint_schema = DATABASE()',
    'table_name',
  ),
  definitions(
    'partitions',
    'table_name',
    ['partition_name', 'subpartition_name', 'partition_method', 'partition_expression', 'partition_description'],
    'partitions WHERE table_schema = DATABASE() AND partition_name IS NOT NULL',
    'partition_ordinal_position, subpartition_ordinal_position',
  ),
  definitions(
    'view',
    'table_name',
    [VIEW_DEFINITION, 'check_option', 'definer', 'security_type'],
    'views WHERE table_schema = DATABASE()',
  ),
  definitions(
    'trigger',
    'trigger_name',
    [
      'event_manipulation',
      'event_object_table',
      'action_timing',
      'action_order',
      'action_statement',
      'sql_mode',
      'definer',
    ],
    'triggers WHERE trigger_schema = DATABASE()',
  ),
  definitions(
    'routine',
    "CONCAT_WS(' ', LOWER(routine_type), routine_name)",
    [
      'dtd_identifier',
      'routine_definition',
      'is_deterministic',
      'sql_data_access',
      'security_type',
      'sql_mode',
      'definer',
    ],
    'routines WHERE routine_schema = DATABASE()',
  ),
  definitions(
    'routine parameters',
    "CONCAT_WS(' ', LOWER(routine_type), specific_name)",
    ['parameter_mode', 'parameter_name', 'dtd_identifier'],
    'parameters WHERE specific_schema = DATABASE()',
    'ordinal_position',
  ),
  definitions(
    'event',
    'event_name',
    [
      'event_definition',
      'event_type',
      'execute_at',
      'interval_value',
      'interval_field',
      'starts',
      'ends',
      'status',
      'on_completion',
      'sql_mode',
      'definer',
      'time_zone',
    ],
    'events WHERE event_schema = DATABASE()',
  ),
].join('')}`;
}

/** Types with values that can be longer than a packet as hexadecimal digits, or that are not a string. */
const LONG_TYPES = [
  ...['tiny', '', 'medium', 'long'].flatMap(size => [`${size}blob`, `${size}text`]),
  ...['json', 'vector', 'geometry', 'point', 'linestring', 'polygon', 'geomcollection', 'geometrycollection'],
  ...['multipoint', 'multilinestring', 'multipolygon'],
];

/** Types whose values can have another character set than the rest of the row, or contain the separator. */
const SHORT_TYPES = ['char', 'varchar', 'binary', 'varbinary', 'bit', 'enum', 'set'];

function list(words: readonly string[]): string {
  return words.map(word => `'${word}'`).join(', ');
}

function identifier(name: string): string {
  return `CONCAT('"', REPLACE(${name}, '"', '""'), '"')`;
}

/**
 * Writes the statements that count and hash the rows of each table. The order of the rows does not matter: the hash of
 * a table is the sum of 60 bits of the SHA-256 of each row. The statement of a view fails if the view is not readable,
 * for example because its definer does not exist.
 */
export const ROW_STATEMENTS = `${SESSION}SELECT CONCAT('SELECT ''equal'', ''rows'', ', QUOTE(t.table_name),
  ', CONCAT(COUNT(*), '' rows, hash '', IFNULL(SUM(CAST(CONV(LEFT(SHA2(CONCAT_WS('','', ', c.hashed,
  '), 256), 15), 16, 10) AS UNSIGNED)), 0)) FROM ', ${identifier('t.table_name')},
  IF(t.table_type = 'SYSTEM VERSIONED', ' FOR SYSTEM_TIME ALL', ''), ';')
  FROM information_schema.tables AS t
  JOIN (SELECT table_name, GROUP_CONCAT('IFNULL(', CASE
      WHEN data_type IN (${list(LONG_TYPES)}) THEN CONCAT('SHA2(', ${identifier('column_name')}, ', 256)')
      WHEN data_type IN (${list(SHORT_TYPES)}) THEN CONCAT('HEX(', ${identifier('column_name')}, ')')
      ELSE ${identifier('column_name')} END, ', ''-'')' ORDER BY ordinal_position SEPARATOR ', ') AS hashed
    FROM information_schema.columns WHERE table_schema = DATABASE() GROUP BY ${binary('table_name')}) AS c
  ON ${binary('c.table_name')} = ${binary('t.table_name')}
  WHERE t.table_schema = DATABASE() AND t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED') ORDER BY t.table_name;
SELECT CONCAT('SELECT ''equal'', ''readable view'', ', QUOTE(table_name), ', COUNT(*) FROM (SELECT 1 FROM ',
  ${identifier('table_name')}, ' LIMIT 0) AS probe;')
  FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY table_name;
`;

/**
 * Writes statements for the positions of sequences. They do not belong to a snapshot, so a dump has positions between
 * those before and after it. Descending sequences have negative numbers. Those that cycle have no order.
 */
export const SEQUENCE_STATEMENTS = `${SESSION}SELECT CONCAT('SELECT @check, ''sequence'', ', QUOTE(table_name),
  ', SIGN("increment") * "next_not_cached_value" FROM ', ${identifier('table_name')}, ' WHERE NOT cycle_option;')
  FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'SEQUENCE' ORDER BY table_name;
`;

/** Writes the statement that locks all tables against writes, and nothing if there are none. */
export const LOCK_STATEMENT = `${SESSION}SELECT CONCAT('LOCK TABLES ',
  GROUP_CONCAT(${identifier('table_name')}, ' READ' SEPARATOR ', '), ';')
  FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type <> 'VIEW' HAVING COUNT(*) > 0;
`;

/** Lists tables of engines without transactions, of which no snapshot exists. */
export const TABLES_WITHOUT_SNAPSHOT = `SELECT CONCAT(table_name, ' (', t.engine, ')')
  FROM information_schema.tables AS t JOIN information_schema.engines AS e ON e.engine = t.engine
  WHERE table_schema = DATABASE() AND IFNULL(transactions, 'NO') <> 'YES';
`;

/** Lists columns of which a dump only contains six significant digits. */
export const FLOAT_COLUMNS = `SELECT CONCAT(table_name, '.', column_name)
  FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
  WHERE table_schema = DATABASE() AND table_type <> 'VIEW' AND data_type = 'float';
`;

/** Counts everything that restored data would mix with. */
export const OBJECT_COUNT = `SELECT (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE())
  + (SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = DATABASE())
  + (SELECT COUNT(*) FROM information_schema.events WHERE event_schema = DATABASE());
`;
