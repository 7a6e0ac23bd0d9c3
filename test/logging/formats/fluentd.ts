import { BLOCKS, Check, PARSERS, PLUGINS, Spec } from './fluentd-plugins';

/**
 * A strict parser of configurations of Fluentd: the syntax, and the parameters and sections of each plugin. Warnings of
 * Fluentd, for example about unknown parameters, are problems too.
 *
 * @see https://docs.fluentd.org/configuration/config-file
 */
export interface Block {
  readonly name: string;
  readonly argument: string;
  readonly parameters: Record<string, string>;
  readonly blocks: Block[];
}

const CHECKS: Record<string, RegExp> = {
  string: /^[^\n]+$/,
  integer: /^-?\d+$/,
  bool: /^(true|false)$/,
  size: /^\d+[kmgt]?$/i,
  time: /^\d+[smhd]?$/,
};

/** Returns the errors and warnings that Fluentd would report. */
export function fluentdProblems(text: string): string[] {
  const blocks = parseFluentd(text);
  const ids = blocks.flatMap(function of(block: Block): string[] {
    return [block.parameters['@id'], ...block.blocks.flatMap(of)].filter(Boolean);
  });
  return [...ids.filter((id, i) => ids.indexOf(id) !== i).map(id => `@id '${id}' twice`), ...blocks.flatMap(directive)];
}

function directive(block: Block): string[] {
  switch (block.name) {
    case 'system':
      return problems('system', BLOCKS.system, block);
    case 'label':
      return [
        ...(block.argument.startsWith('@') ? [] : [`<label ${block.argument}>`]),
        ...block.blocks.flatMap(directive),
      ];
    default:
      return plugin(block, block.name);
  }
}

function plugin(block: Block, name: string): string[] {
  const type = block.parameters['@type'];
  const spec = PLUGINS[name]?.[type];
  if (!spec) {
    return [`<${name}> has no plugin '${type}'`];
  }
  const where = `<${name}> ${type}`;
  const needed = ['match', 'filter'].includes(name) && block.argument === '' ? [`${where} has no tag`] : [];
  return [
    ...needed,
    ...problems(where, spec, block),
    ...block.blocks.flatMap(inner => {
      if (!spec.blocks?.includes(inner.name)) {
        return [`${where} has no section <${inner.name}>`];
      }
      switch (inner.name) {
        case 'store':
          return plugin({ ...inner, argument: 'store' }, 'match');
        case 'parse':
          return problems(`${where} <parse>`, PARSERS[inner.parameters['@type']] ?? { parameters: {} }, inner);
        case 'record':
        case 'label':
          return [];
        default:
          return problems(`${where} <${inner.name}>`, BLOCKS[inner.name] ?? { parameters: {} }, inner);
      }
    }),
  ];
}

function problems(where: string, { required = [], parameters }: Spec, block: Block): string[] {
  return [
    ...required.filter(name => !(name in block.parameters)).map(name => `${where} lacks '${name}'`),
    ...Object.entries(block.parameters).flatMap(([name, raw]) => {
      const check = parameters[name];
      if (check === undefined) {
        return name === '@type' || name === '@id' ? [] : [`${where} has no parameter '${name}'`];
      }
      const value = literal(raw);
      return matches(check, value) ? [] : [`${where} has '${name} ${raw}'`];
    }),
  ];
}

function matches(check: Check, value: string): boolean {
  if (check === 'regexp') {
    // the expressions of the library have the same syntax in Onigmo and JavaScript
    const body = /^\/((?:\\.|[^/\\])+)\/[im]*$/.exec(value)?.[1];
    return body !== undefined && new RegExp(body.replace(/\(\?am?:/g, '(?:').replace(/\\[Az]/g, '')) instanceof RegExp;
  }
  if (check === 'json') {
    // embedded Ruby counts as a string
    return /^#\{.*\.to_json\}$/.test(value) || typeof JSON.parse(value.replace(/#\{[^}]*\}/g, 'x')) === 'object';
  }
  return (typeof check === 'string' ? CHECKS[check] : check).test(value);
}

/** Parses a value: quoted, or plain until the end of the line or a comment. */
function literal(raw: string): string {
  const double = /^"((?:\\.|[^"\\])*)"$/.exec(raw);
  const single = /^'((?:\\.|[^'\\])*)'$/.exec(raw);
  if (double) {
    return double[1].replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c));
  }
  if (single) {
    return single[1].replace(/\\(['\\])/g, '$1');
  }
  if (/^["']/.test(raw) || / #/.test(raw)) {
    throw new Error(`a value that is not closed, or a comment in it: ${raw}`);
  }
  return raw;
}

/** Parses sections, which can be nested, with a parameter on each line. */
export function parseFluentd(text: string): Block[] {
  const root: Block = { name: '', argument: '', parameters: {}, blocks: [] };
  const open: Block[] = [root];
  for (const line of text
    .split('\n')
    .map(part => part.trim())
    .filter(one => one !== '' && !one.startsWith('#'))) {
    const current = open[open.length - 1];
    const begin = /^<(\w+)(?:\s+([^>]+?))?>$/.exec(line);
    const end = /^<\/(\w+)>$/.exec(line);
    const parameter = /^([@\w.]+)\s+(.+)$/.exec(line);
    if (begin) {
      const block: Block = { name: begin[1], argument: begin[2] ?? '', parameters: {}, blocks: [] };
      current.blocks.push(block);
      open.push(block);
    } else if (end) {
      if (open.length === 1 || current.name !== end[1]) {
        throw new Error(`'${line}' closes nothing`);
      }
      open.pop();
    } else if (parameter && open.length > 1 && !(parameter[1] in current.parameters)) {
      current.parameters[parameter[1]] = parameter[2];
    } else {
      throw new Error(`'${line}' is neither a section nor a parameter, or stands twice`);
    }
  }
  if (open.length !== 1) {
    throw new Error(`<${open[open.length - 1].name}> is not closed`);
  }
  return root.blocks;
}
