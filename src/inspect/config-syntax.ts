import { at, list, text } from './json';
import { yamlLibrary } from '../checks/yaml-library';
import type { ConfigurationSyntax } from '../facts/server-configuration';

/** Returns the values of a setting, in the order of the file. */
export type Settings = (name: string) => readonly string[];

const READERS: Readonly<Record<ConfigurationSyntax, (content: string) => Settings>> = {
  words: content => settingsOf(linesOf(content, /^(\S+)\s+([^]*)$/)),
  assignments: content => settingsOf(linesOf(content, /^([\w.-]+)(?:\s*[=:]\s*|\s+)([^]*)$/)),
  sections: content => settingsOf(linesOf(serverSections(content), /^(!?[\w-]+)(?:\s*=\s*|\s+)([^]*)$/)),
  yaml: readYaml,
};

/** Reads the settings of a configuration file. */
export function readSettings(syntax: ConfigurationSyntax, content: string): Settings {
  return READERS[syntax](content);
}

type Line = readonly [name: string, value: string];

/** Returns the names and values of the lines that match a pattern, without comments. */
function linesOf(content: string, pattern: RegExp): Line[] {
  return content.split('\n').flatMap((untrimmed): Line[] => {
    const line = untrimmed.trim();
    const [, name, value] = /^[#;]/.test(line) ? [] : (pattern.exec(line) ?? []);
    return name === undefined ? [] : [[name, unquoted(value)]];
  });
}

/** Returns the values by name. Servers ignore the case of names, and do not tell hyphens from underscores. */
function settingsOf(lines: readonly Line[]): Settings {
  return name => lines.filter(([key]) => normalized(key) === normalized(name)).map(([, value]) => value);
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/-/g, '_');
}

/** Returns a value without its quotes, or without the comment behind it. */
function unquoted(value: string): string {
  const [, double, single] = /^"([^"]*)"|^'([^']*)'/.exec(value) ?? [];
  return double ?? single ?? value.split(/\s#/, 1)[0].trimEnd();
}

/** Returns the sections of an option file that a MySQL server reads. */
function serverSections(content: string): string {
  const [head, ...sections] = content.split(/^[ \t]*\[/m);
  const served = sections.filter(section => /^(?:mysqld|mariadbd?|server|galera)(?:[-.][\w.-]+)?\]/.test(section));
  return [head, ...served.map(section => section.slice(section.indexOf(']') + 1))].join('\n');
}

/** Reads YAML. A key can be a path: `path.data` or `path: {data: …}`. */
function readYaml(content: string): Settings {
  let document: unknown;
  try {
    document = yamlLibrary().parse(content, { logLevel: 'silent', maxAliasCount: 100 });
  } catch {
    document = undefined;
  }
  // MongoDB also reads the assignments of its first versions
  const assignments = READERS.assignments(content);
  return name => {
    const value = at(document, name) ?? at(document, ...name.split('.'));
    const values = [...list(value), value].flatMap(item => text(item) ?? []);
    return values.length > 0 || typeof document === 'object' ? values : assignments(name);
  };
}
