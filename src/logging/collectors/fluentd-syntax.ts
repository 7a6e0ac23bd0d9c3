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

/** An expression between slashes, quoted: bare, it would end at a space and a `#`. */
export function expression(pattern: string): Code {
  return new Code(singleQuoted(`/${pattern.replace(/\(\?P</g, '(?<').replace(/\\?\//g, '\\/')}/`));
}

/** A string in which environment variables are filled in when Fluentd starts: `${NAME}` in `text`. */
export function withVariables(text: string): Code {
  return new Code(`"${escaped(text).replace(/\$\{(\w+)\}/g, "#{ENV['$1']}")}"`);
}

/** A string that is the content of a file when Fluentd starts. */
export function contentOf(file: string): Code {
  return new Code(`"#{${reading(file)}}"`);
}

/**
 * An object of headers with a token from a file. Neither a quote in the token nor a line break at its end breaks it.
 */
export function bearerHeaders(file: string): Code {
  return new Code(`"#{{'Authorization' => 'Bearer ' + ${reading(file)}.chomp}.to_json}"`);
}

function reading(file: string): string {
  // Fluentd transcodes what is read as text
  return `File.binread('${file}').force_encoding('UTF-8')`;
}

/** Writes sections in Fluentd's syntax. */
export function fluentdConfig(sections: readonly Section[]): string {
  return sections.map(section => lines(section).join('\n')).join('\n') + '\n';
}

/**
 * The parameters and subsections of an object in a user's words: an object is a section, a list of objects several of
 * one name.
 */
export function sectionOf(name: string, config: Record<string, any>): Section {
  const entries = Object.entries(config);
  const isObject = (value: any) => typeof value === 'object' && !Array.isArray(value);
  const isSection = (value: any) => isObject(value) || (Array.isArray(value) && value.some(isObject));
  return {
    name,
    parameters: Object.fromEntries(
      entries
        .filter(([, value]) => !isSection(value))
        .map(([key, value]) => [key, Array.isArray(value) ? new Code(JSON.stringify(value)) : value]),
    ),
    sections: entries
      .filter(([, value]) => isSection(value))
      .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map(one => sectionOf(key, one))),
  };
}

function lines({ name, argument, parameters, sections = [] }: Section): string[] {
  return [
    `<${name}${argument === undefined ? '' : ` ${argument}`}>`,
    ...Object.entries(parameters).flatMap(([key, value]) =>
      value === undefined ? [] : [`  ${key} ${written(value)}`],
    ),
    ...sections.flatMap(lines).map(line => `  ${line}`),
    `</${name}>`,
  ];
}

function written(value: Value): string {
  if (value instanceof Code) {
    return value.text;
  }
  // what begins with a bracket or brace is read as JSON
  if (typeof value !== 'string' || /^[-\w./:,*@][-\w./:,*[\]@]*$/.test(value)) {
    return String(value);
  }
  // double quotes for what Fluentd has to fill in and for what has to be escaped, single ones for what stands as it is
  return /#\{|[\n\r\t]/.test(value) ? `"${escaped(value)}"` : singleQuoted(value);
}

function singleQuoted(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

function escaped(text: string): string {
  return text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
}
