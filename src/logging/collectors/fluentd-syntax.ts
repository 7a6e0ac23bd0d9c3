/** A section of Fluentd's configuration; parameters keep their order. */
export interface Section {
  readonly name: string;
  /** What stands after the name: the tags of `<match logs>`. */
  readonly argument?: string;
  readonly parameters: Record<string, Value | undefined>;
  readonly sections?: readonly Section[];
}

/** A value as it stands in the configuration: plain ones are quoted where that is needed. */
export type Value = string | number | boolean | Code;

/** What is written as it is. */
export class Code {
  constructor(public readonly text: string) {}
}

/** An expression between slashes. */
export function expression(pattern: string): Code {
  return new Code(`/${pattern.replace(/\(\?P</g, '(?<').replace(/\\?\//g, '\\/')}/`);
}

/** A string in which environment variables are filled in when Fluentd starts: `${NAME}` in `text`. */
export function withVariables(text: string): Code {
  return new Code(`"${escaped(text).replace(/\$\{(\w+)\}/g, '#{ENV[\'$1\']}')}"`);
}

/** Writes sections in Fluentd's syntax. */
export function fluentdConfig(sections: readonly Section[]): string {
  return sections.map(section => lines(section).join('\n')).join('\n') + '\n';
}

/** The parameters and subsections of an object in a user's words: an object is a section, a list several of one name. */
export function sectionOf(name: string, config: Record<string, any>): Section {
  const entries = Object.entries(config);
  const isSection = (value: any) => typeof value === 'object' && value !== null;
  return {
    name,
    parameters: Object.fromEntries(entries.filter(([, value]) => !isSection(value)).map(([key, value]) => [key, value])),
    sections: entries.filter(([, value]) => isSection(value))
      .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map(one => sectionOf(key, one))),
  };
}

function lines({ name, argument, parameters, sections = [] }: Section): string[] {
  return [
    `<${name}${argument === undefined ? '' : ` ${argument}`}>`,
    ...Object.entries(parameters).flatMap(([key, value]) => value === undefined ? [] : [`  ${key} ${written(value)}`]),
    ...sections.flatMap(lines).map(line => `  ${line}`),
    `</${name}>`,
  ];
}

function written(value: Value): string {
  if (value instanceof Code) {
    return value.text;
  }
  if (typeof value !== 'string' || /^[-\w./:,*[\]@]+$/.test(value)) {
    return String(value);
  }
  // double quotes for what Fluentd has to fill in, single ones for what stands as it is
  return value.includes('#{') ? `"${escaped(value)}"` : `'${value.replace(/\\/g, '\\\\').replace(/'/g, '\\\'')}'`;
}

function escaped(text: string): string {
  return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
