/** A section of a configuration of Fluentd. Parameters keep their order. */
export interface Section {
  readonly name: string;
  /** The argument after the name: `logs` in `<match logs>`. */
  readonly argument?: string;
  readonly parameters: Record<string, Value | undefined>;
  readonly sections?: readonly Section[];
}

/** A value of a parameter. Strings are quoted if necessary. */
export type Value = string | number | boolean | Code;

/** Code that is written unchanged. */
export class Code {
  constructor(public readonly text: string) {}
}

/** Returns a quoted regular expression: without quotes it would end at a space and a `#`. */
export function expression(pattern: string): Code {
  return new Code(singleQuoted(`/${pattern.replace(/\(\?P</g, '(?<').replace(/\\?\//g, '\\/')}/`));
}

/** Returns a string in which Fluentd replaces `${NAME}` with environment variables when it starts. */
export function withVariables(text: string): Code {
  return new Code(`"${escaped(text).replace(/\$\{(\w+)\}/g, "#{ENV['$1']}")}"`);
}

/** Returns a string that Fluentd replaces with the content of a file when it starts. */
export function contentOf(file: string): Code {
  return new Code(`"#{${readFile(file)}}"`);
}

/** Returns a JSON object with a bearer token from a file. Quotes and a final line break in the file are safe. */
export function bearerHeaders(file: string): Code {
  return new Code(`"#{{'Authorization' => 'Bearer ' + ${readFile(file)}.chomp}.to_json}"`);
}

function readFile(file: string): string {
  // binary, because Fluentd transcodes text
  return `File.binread('${file}').force_encoding('UTF-8')`;
}

/** Writes sections in the syntax of Fluentd. */
export function fluentdConfig(sections: readonly Section[]): string {
  return sections.map(section => lines(section).join('\n')).join('\n') + '\n';
}

/** Returns the section of a user's settings: an object becomes a section, a list of objects several sections. */
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
      .flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map(inner => sectionOf(key, inner))),
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
  // a leading bracket or brace would start JSON
  if (typeof value !== 'string' || /^[-\w./:,*@][-\w./:,*[\]@]*$/.test(value)) {
    return String(value);
  }
  // double quotes for embedded Ruby and escape sequences, single quotes for literal strings
  return /#\{|[\n\r\t]/.test(value) ? `"${escaped(value)}"` : singleQuoted(value);
}

function singleQuoted(text: string): string {
  return `'${text.replace(/\\/g, '\\\\').replace(/'/g, "\\'")}'`;
}

function escaped(text: string): string {
  return text.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r').replace(/\t/g, '\\t');
}
