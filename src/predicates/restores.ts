import { inlineScripts } from './executions';
import { DATABASE_CLIENTS, DatabaseClientFacts } from '../facts/database-clients';
import type { Container } from '../inspect/pods';
import { expand } from '../inspect/shell';
import { programName, shellCommands, unwrapped } from '../inspect/shell-script';

/** A database to which a program connects. */
export interface DatabaseUse {
  readonly program: string;
  readonly engine: DatabaseClientFacts['engine'];
  readonly action: DatabaseClientFacts['action'];
  /** The host; `undefined` for the socket of the pod. It can contain a variable whose value is unknown. */
  readonly host?: string;
  /** The database; `undefined` for that of the user, and `*` for several. */
  readonly database?: string;
  /** The programs of its pipe, with their files. */
  readonly pipe: string;
}

/** Returns the uses of databases by a container, in the order of its script. */
export function databaseUses(container: Container): DatabaseUse[] {
  const valueOf = (name: string) => valueIn(container, name);
  const scripts = inlineScripts(container).map(({ script }) => script);
  // the arguments of a program that no shell runs
  const line = scripts.length > 0 ? [] : [[...container.command, ...container.args].join(' ')];
  return [...scripts, ...line].flatMap(script =>
    pipesOf(expand(withoutChanges(script), valueOf)).flatMap(pipe => usesIn(pipe, valueOf)),
  );
}

/** Gives each use of a variable that the script assigns more than once another name, so that no two are equal. */
function withoutChanges(script: string): string {
  const assigned = [...script.matchAll(/(?:^|[\s;])(\w+)=|\bfor\s+(\w+)\s+in\b/g)].map(
    ([, name, loop]) => name ?? loop,
  );
  let uses = 0;
  return assigned
    .filter((name, i) => assigned.indexOf(name) !== i)
    .reduce(
      (text, name) => text.replace(new RegExp(`\\$\\{?${name}\\b\\}?`, 'g'), () => `\${${name}_${uses++}}`),
      script,
    );
}

/** The value of a variable. A reference to a Secret has the same value in each container with the same reference. */
function valueIn({ env }: Container, name: string): string | undefined {
  const variable = env.find(each => each.name === name);
  const { value, from } = variable ?? {};
  return value ?? (from?.name === undefined ? undefined : `${from.kind}:${from.name}:${from.key ?? ''}`);
}

/** Splits a script into pipes. */
function pipesOf(script: string): string[] {
  return script
    .replace(/\\\r?\n/g, ' ')
    .replace(/\|[ \t]*\n\s*/g, '| ')
    .split(/\n|;|&&|\|\|/)
    .map(pipe => pipe.trim())
    .filter(Boolean);
}

function usesIn(pipe: string, valueOf: (name: string) => string | undefined): DatabaseUse[] {
  return shellCommands(pipe).flatMap(command => {
    const [word, ...words] = unwrapped(command);
    const facts = DATABASE_CLIENTS.find(({ program }) => word !== undefined && program === programName(word));
    return facts === undefined ? [] : useOf(facts, words, pipe, valueOf);
  });
}

function useOf(
  facts: DatabaseClientFacts,
  words: readonly string[],
  pipe: string,
  valueOf: (name: string) => string | undefined,
): DatabaseUse[] {
  const { program, engine, action, hostVariable = '', databaseVariable = '', url = [], all = [] } = facts;
  if (isHarmless(facts, words)) {
    return [];
  }
  const named = optionIn(words, facts.database) ?? (facts.takesDatabase ? positional(words, facts.valued) : undefined);
  const { host, database } = parseName(optionIn(words, url) ?? named);
  const isAll = all.some(option => option === '' || words.includes(option));
  return [
    {
      program,
      engine,
      action,
      host: optionIn(words, facts.host) ?? host ?? valueOf(hostVariable),
      database: isAll ? '*' : (database ?? optionIn(words, facts.database) ?? valueOf(databaseVariable)),
      pipe,
    },
  ];
}

/** Whether a program changes no database, or one that is not the source of a dump. */
function isHarmless(
  { harmless = [], needsDatabase, database }: DatabaseClientFacts,
  words: readonly string[],
): boolean {
  return (
    harmless.some(option =>
      words.some(word => (option.startsWith('--') ? word.split('=')[0] === option : isAttached(word, option))),
    ) ||
    (needsDatabase === true && optionIn(words, database) === undefined)
  );
}

/** Returns the value of an option: `-h db`, `-hdb`, `--host db` or `--host=db`. */
function optionIn(words: readonly string[], options: readonly string[]): string | undefined {
  for (const [i, word] of words.entries()) {
    for (const option of options) {
      if (word === option) {
        return words[i + 1];
      }
      if (option.startsWith('--') ? word.startsWith(`${option}=`) : isAttached(word, option)) {
        return word.slice(option.length).replace(/^=/, '');
      }
    }
  }
  return undefined;
}

function isAttached(word: string, option: string): boolean {
  return word.startsWith(option) && !word.startsWith('--');
}

/** Returns the first argument that is neither an option nor its value. */
function positional(words: readonly string[], valued: string): string | undefined {
  return words.find((word, i) => {
    const previous = words[i - 1] ?? '';
    const isValue = previous.length === 2 && previous.startsWith('-') && valued.includes(previous[1]);
    return !word.startsWith('-') && !isValue && !/^--[\w-]+$/.test(previous);
  });
}

/** Reads the name of a database, a URL, or the settings of a connection: `host=db dbname=app`. */
function parseName(name: string | undefined): { readonly host?: string; readonly database?: string } {
  const [, host, database] = /^[\w+]+:\/\/(?:[^@/]*@)?([^/:?]*)(?::[^/?]*)?(?:\/([^?]*))?/.exec(name ?? '') ?? [];
  if (host !== undefined) {
    return { host: host || undefined, database: database || undefined };
  }
  const setting = (key: string) => new RegExp(`(?:^|\\s)${key}\\s*=\\s*'?([^\\s']+)`).exec(name ?? '')?.[1];
  return /^\w+\s*=/.test(name ?? '') ? { host: setting('host'), database: setting('dbname') } : { database: name };
}

/** The files of a dump: those after `>`, and those of options. */
const DUMP_FILE = /(?:(?<!2|2>)>\s*|\s-[fro]\s*|--(?:file|result-file|archive|out)[= ]\s*)["']?([^\s"'|;<>]+)/g;

/** A restore of a dump, with the use of the database from which the dump came. */
export interface RestoreIntoSource {
  readonly dump: DatabaseUse;
  readonly restore: DatabaseUse;
}

/** Returns a restore in the same pod as its dump, into the database from which it came. */
export function restoreIntoSource(uses: readonly DatabaseUse[]): RestoreIntoSource | undefined {
  return uses
    .flatMap((restore, i) => uses.slice(0, i).map(dump => ({ dump, restore })))
    .find(({ dump, restore }) => isRestoreOf(restore, dump) && isSamePlace(restore, dump));
}

/** Whether a program reads a dump: from a pipe, or from one of its files. */
function isRestoreOf(restore: DatabaseUse, dump: DatabaseUse): boolean {
  const files = [...dump.pipe.matchAll(DUMP_FILE)].map(([, file]) => file);
  return (
    dump.action === 'dump' &&
    (restore.action === 'restore' ||
      (restore.action === 'sql' && (restore.pipe === dump.pipe || files.some(file => restore.pipe.includes(file)))))
  );
}

/** Whether a program reads a dump that another pod wrote: a compressed or downloaded one, or one with such a name. */
export function readsDump({ action, pipe }: DatabaseUse): boolean {
  return (
    action === 'restore' || (action === 'sql' && /\b(?:z(?:std)?cat|gunzip|gzip -d\w*|unxz)\b|backup|dump/i.test(pipe))
  );
}

/** Whether two programs of the same engine connect to the same database. */
export function isSamePlace(first: DatabaseUse, second: DatabaseUse): boolean {
  return (
    first.engine === second.engine &&
    first.host === second.host &&
    (first.database === second.database || first.database === '*' || second.database === '*')
  );
}

/**
 * Returns the use of a database with the short name of its host, so that those of two pods in a namespace are
 * comparable; `undefined` if the host or the database is not known.
 */
export function comparable(use: DatabaseUse, namespace: string | undefined): DatabaseUse | undefined {
  const { host, database = '' } = use;
  if (host === undefined || /[$`]|^(?:localhost|127\.)/.test(host) || /[$`]/.test(database)) {
    return undefined;
  }
  const [, name, hostNamespace] = /^([\w-]+)\.([\w-]+)(?:\.svc(?:\.cluster\.local)?)?\.?$/.exec(host) ?? [];
  return { ...use, host: hostNamespace !== undefined && hostNamespace === namespace ? name : host };
}
