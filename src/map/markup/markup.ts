import { visible } from '../../checks/visible';

/** A string that is SVG or HTML already. */
export class Markup {
  constructor(public readonly text: string) {}
}

type Part = Markup | readonly Markup[] | string | number;

/** Builds markup from a template. Parts that are not markup are escaped, so names of a manifest never become tags. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, index) => text + write(parts[index - 1]) + string));
}

/** Attributes by name; `true` writes the name only, `false` and `undefined` omit it. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/**
 * Builds an element with escaped attributes.
 *
 * @param content the content; an element without any is self-closing
 */
export function element(name: string, attributes: Attributes, ...content: readonly Part[]): Markup {
  let start = `<${name}`;
  for (const key of Object.keys(attributes)) {
    start += writeAttribute(key, attributes[key]);
  }
  return new Markup(content.length === 0 ? `${start}/>` : `${start}>${content.map(write).join('')}</${name}>`);
}

function writeAttribute(name: string, value: Attributes[string]): string {
  if (value === undefined || value === false) {
    return '';
  }
  return value === true ? ` ${name}` : ` ${name}="${write(value)}"`;
}

function write(part: Part): string {
  if (part instanceof Markup) {
    return part.text;
  }
  if (typeof part === 'object') {
    return part.map(({ text }) => text).join('');
  }
  return typeof part === 'number' ? String(Math.round(part * 100) / 100) : escape(part);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Visible ASCII characters without those that have an entity, which is what most strings consist of. */
const PLAIN = /^[ !#-%(-;=?-~]*$/;

function escape(text: string): string {
  if (PLAIN.test(text)) {
    return text;
  }
  return visible(text).replace(/[&<>"']/g, character => ENTITIES[character]);
}
