/** Settings of the session on which the text of values depends. Names in definitions are complete. */
export const SESSION = `set datestyle = 'ISO';
set intervalstyle = 'postgres';
set timezone = 'UTC';
set extra_float_digits = 1;
set bytea_output = 'hex';
set lc_monetary = 'C';
set xmlbinary = 'base64';
set quote_all_identifiers = off;
set row_security = off;
set statement_timeout = 0;
set lock_timeout = 0;
set idle_in_transaction_session_timeout = 0;
set search_path = '';
`;

/** The major version of the server. Definitions of two versions are not comparable. */
const VERSION = "(current_setting('server_version_num')::int / 10000)";

/** Returns the expression of a line; names cannot break it. */
function line(check: string, kind: string, name: string, value: string): string {
  const qualified = `current_database() || ': ' || ${name}`;
  return `concat_ws(E'\\t', '${check}', ${kind}, translate(${qualified}, E'\\t\\n\\r', '   '), ${value})`;
}

/** Returns the expression of sorted privileges, whether they are explicit or the default of the object. */
function privileges(column: string, type: string, owner: string): string {
  return (
    "(select string_agg(format('%s=%s%s', case grantee when 0 then 'public' else pg_get_userbyid(grantee) end, " +
    "privilege_type, case when is_grantable then '*' end), ',' order by grantee::regrole::text collate \"C\", " +
    `privilege_type collate "C") from aclexplode(coalesce(${column}, acldefault(${type}, ${owner}))))`
  );
}

/** The alias of a row. It must not be the name of a column. */
const ROW = '"the row of the backup"';

/** The number of rows, and a hash that does not depend on their order, as a format string. */
const ROWS = "format('%%s rows, hash %%s', count(*), coalesce(sum(hashtextextended(%4$s::text, 0)), 0))";

/**
 * The number of rows and a hash of each table. The order of the rows does not matter. The hash function is one of those
 * that hash partitions depend on, so that it is the same in all versions.
 */
const TABLES = `select format('select ' || ${quoted(line('equal', "'table'", '%1$L', ROWS))}
  || ' from only %2$I.%3$I %4$s', format('%I.%I', nspname, relname), nspname, relname, '${ROW}')
from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and c.relpersistence <> 't' and nspname !~ '^pg_' and nspname <> 'information_schema'
  and not exists (
    select from pg_catalog.pg_depend where classid = 'pg_class'::regclass and objid = c.oid and deptype = 'e')
order by nspname, relname \\gexec
`;

function quoted(sql: string): string {
  return `'${sql.replace(/'/g, "''")}'`;
}

const DEFINITION = `concat_ws(' ', ${VERSION}, md5(string_agg(definition, E'\\n' order by definition collate "C")))`;

const LOCALE = "concat_ws(' ', pg_encoding_to_char(encoding), datcollate, datctype)";

/** The settings of the database, for all roles or for one. */
const SETTINGS =
  "format('%s roles, hash %s', count(*), md5(string_agg(format('%s %s', setrole::regrole, setconfig), ',' " +
  'order by setrole::regrole::text collate "C")))';

/** A page without the zeros at its end, which a restore can write in place of a gap. */
const PAGE = "rtrim(data, '\\x00'::bytea)";

const LARGE_OBJECTS =
  "format('%s objects, hash %s', (select count(*) from pg_largeobject_metadata), coalesce(sum(" +
  `hashtextextended(format('%s %s %s', loid, pageno, encode(${PAGE}, 'hex')), 0)), 0))`;

/** The definitions of all objects of the connected database, and what they have in common. */
export const OBJECTS = `with ns as (
  select oid, nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'
), objects (class, id, kind, name, definition) as (
  select 'pg_namespace'::regclass, oid, 'schema', quote_ident(nspname),
    concat_ws('|', pg_get_userbyid(nspowner), ${privileges('nspacl', "'n'", 'nspowner')})
    from pg_namespace where oid in (select oid from ns) and nspname <> 'public'
  union all select 'pg_class'::regclass, c.oid, 'relation', format('%I.%I', nspname, relname),
    concat_ws('|', relkind, pg_get_userbyid(relowner), relpersistence, relrowsecurity, relforcerowsecurity,
      (select string_agg(o, ',' order by o collate "C") from unnest(reloptions) o), pg_get_expr(relpartbound, c.oid),
      case when relkind in ('v', 'm') then pg_get_viewdef(c.oid) end,
      case when relkind = 'p' then pg_get_partkeydef(c.oid) end,
      (select string_agg(inhparent::regclass::text, ',' order by inhseqno) from pg_inherits where inhrelid = c.oid),
      ${privileges('relacl', "case relkind when 'S' then 's'::\"char\" else 'r' end", 'relowner')})
    from pg_class c join ns on ns.oid = relnamespace where relkind in ('r', 'p', 'v', 'm', 'f', 'S', 'c')
  union all select 'pg_class'::regclass, c.oid, 'column', format('%I.%I.%I', nspname, relname, attname),
    concat_ws('|', format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
      (select collname from pg_collation where oid = attcollation), pg_get_expr(adbin, adrelid),
      (select string_agg(o, ',' order by o collate "C") from unnest(attacl::text[]) o))
    from pg_attribute a join pg_class c on c.oid = attrelid join ns on ns.oid = relnamespace
    left join pg_attrdef on adrelid = attrelid and adnum = attnum
    where attnum > 0 and not attisdropped and relkind in ('r', 'p', 'v', 'm', 'f', 'c')
  union all select 'pg_constraint'::regclass, k.oid, 'constraint',
    format('%s.%I', coalesce(nullif(conrelid, 0)::regclass::text, contypid::regtype::text), conname),
    concat_ws('|', pg_get_constraintdef(k.oid), convalidated)
    from pg_constraint k join ns on ns.oid = connamespace where contype in ('c', 'f', 'p', 'u', 'x')
  union all select 'pg_class'::regclass, indexrelid, 'index', indexrelid::regclass::text,
    concat_ws('|', pg_get_indexdef(indexrelid), indisclustered, indisreplident)
    from pg_index join pg_class c on c.oid = indexrelid join ns on ns.oid = relnamespace
  union all select 'pg_proc'::regclass, p.oid, 'routine',
    format('%I.%I(%s)', nspname, proname, pg_get_function_identity_arguments(p.oid)),
    concat_ws('|', case when prokind = 'a' then 'aggregate' else pg_get_functiondef(p.oid) end,
      pg_get_userbyid(proowner), ${privileges('proacl', "'f'", 'proowner')})
    from pg_proc p join ns on ns.oid = pronamespace
  union all select 'pg_trigger'::regclass, t.oid, 'trigger', format('%s.%I', tgrelid::regclass, tgname),
    concat_ws('|', pg_get_triggerdef(t.oid), tgenabled)
    from pg_trigger t join pg_class c on c.oid = tgrelid join ns on ns.oid = relnamespace where not tgisinternal
  union all select 'pg_rewrite'::regclass, r.oid, 'rule', format('%s.%I', ev_class::regclass, rulename),
    concat_ws('|', pg_get_ruledef(r.oid), ev_enabled)
    from pg_rewrite r join pg_class c on c.oid = ev_class join ns on ns.oid = relnamespace where rulename <> '_RETURN'
  union all select 'pg_policy'::regclass, p.oid, 'policy', format('%s.%I', polrelid::regclass, polname),
    concat_ws('|', polcmd, polpermissive,
      (select string_agg(r::regrole::text, ',' order by r::regrole::text collate "C") from unnest(polroles) r
        where r <> 0), pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
    from pg_policy p join pg_class c on c.oid = polrelid join ns on ns.oid = relnamespace
  union all select 'pg_type'::regclass, t.oid, 'type', format('%I.%I', nspname, typname),
    concat_ws('|', typtype, pg_get_userbyid(typowner), format_type(nullif(typbasetype, 0), typtypmod), typnotnull,
      typdefault, (select string_agg(enumlabel, ',' order by enumsortorder) from pg_enum where enumtypid = t.oid),
      (select rngsubtype::regtype::text from pg_range where rngtypid = t.oid))
    from pg_type t join ns on ns.oid = typnamespace where typtype in ('e', 'd', 'r')
  union all select 'pg_operator'::regclass, o.oid, 'operator', o.oid::regoperator::text, oprcode::regproc::text
    from pg_operator o join ns on ns.oid = oprnamespace
  union all select 'pg_collation'::regclass, c.oid, 'collation', format('%I.%I', nspname, collname),
    concat_ws('|', collprovider, collisdeterministic) from pg_collation c join ns on ns.oid = collnamespace
  union all select 'pg_ts_config'::regclass, c.oid, 'text search configuration', format('%I.%I', nspname, cfgname), ''
    from pg_ts_config c join ns on ns.oid = cfgnamespace
  union all select 'pg_statistic_ext'::regclass, s.oid, 'statistics', format('%I.%I', nspname, stxname),
    pg_get_statisticsobjdef(s.oid) from pg_statistic_ext s join ns on ns.oid = stxnamespace
  union all select 'pg_extension'::regclass, oid, 'extension', quote_ident(extname), extnamespace::regnamespace::text
    from pg_extension
  union all select 'pg_event_trigger'::regclass, oid, 'event trigger', quote_ident(evtname),
    concat_ws('|', evtevent, evtfoid::regproc, evtenabled, evttags) from pg_event_trigger
  union all select 'pg_publication'::regclass, oid, 'publication', quote_ident(pubname),
    concat_ws('|', puballtables, pubinsert, pubupdate, pubdelete, pubtruncate) from pg_publication
  union all select 'pg_language'::regclass, oid, 'language', quote_ident(lanname), '' from pg_language
    where oid >= 16384
  union all select 'pg_cast'::regclass, oid, 'cast', format('%s to %s', castsource::regtype, casttarget::regtype),
    concat_ws('|', castcontext, castmethod) from pg_cast where oid >= 16384
  union all select 'pg_foreign_server'::regclass, oid, 'foreign server', quote_ident(srvname), '' from pg_foreign_server
)
select ${line('definition', 'kind', 'name', DEFINITION)}
from objects where not exists (
  select from pg_depend where classid = class and objid = id and deptype = 'e')
group by kind, name order by kind, name collate "C";
select ${line('equal', "'comments'", "'all'", 'count(*)::text')}
from pg_description d where objoid >= 16384 and not exists (
  select from pg_depend where classid = classoid and pg_depend.objid = objoid and deptype = 'e');
select ${line('equal', "'default privileges'", "'all'", 'count(*)::text')} from pg_default_acl;
select ${line('equal', "'database'", "'encoding and locale'", LOCALE)}
from pg_database where datname = current_database();
select ${line('equal', "'database'", "'settings'", SETTINGS)}
from pg_db_role_setting where setdatabase = (select oid from pg_database where datname = current_database());
select has_table_privilege('pg_largeobject', 'select') as can_read_objects \\gset
\\if :can_read_objects
select ${line('equal', "'large objects'", "'all'", LARGE_OBJECTS)}
from pg_largeobject where ${PAGE} <> '';
\\else
select ${line('equal', "'large objects'", "'all'", "format('%s objects', count(*))")} from pg_largeobject_metadata;
\\endif
`;

/** The rows and hashes of all tables, and the definitions of all objects of the connected database. */
export const DATABASE_FIGURES = `${TABLES}${OBJECTS}`;

/**
 * Returns a query for the positions of sequences. They do not belong to a snapshot, so a dump has positions between
 * those before and after it. Descending sequences have negative numbers. Those that cycle have no order.
 *
 * @param recovered whether the figures are compared with those of a server that recovers from a crash. A sequence then
 *   skips the values that it has reserved in the log
 */
export function sequenceFigures(check: 'min' | 'max', recovered = false): string {
  const skipped = recovered ? ` + ${RESERVED_VALUES} * abs(increment_by)` : '';
  const position = `sign(increment_by) * coalesce(last_value, start_value - increment_by)${skipped}`;
  return `select ${line(check, "'sequence'", "format('%I.%I', schemaname, sequencename)", `(${position})::text`)}
from pg_catalog.pg_sequences where not cycle order by schemaname, sequencename;
`;
}

/** The values that a sequence reserves in the write-ahead log, besides those in the caches of sessions. */
const RESERVED_VALUES = '(32 + cache_size)';

/**
 * The roles of the server and their memberships, except the user itself, whose attributes and password stay those of
 * the server.
 */
export const ROLE_FIGURES = `select concat_ws(E'\\t', 'required', 'role',
  translate(quote_ident(rolname), E'\\t\\n\\r', '   '),
  concat_ws(' ', ${VERSION}, md5(concat_ws('|', rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,
    rolreplication, rolbypassrls, rolconnlimit, (select string_agg(g.rolname, ',' order by g.rolname collate "C")
      from pg_auth_members m join pg_roles g on g.oid = m.roleid where m.member = r.oid)))))
from pg_roles r where rolname !~ '^pg_' and rolname <> current_user order by rolname collate "C";
`;
