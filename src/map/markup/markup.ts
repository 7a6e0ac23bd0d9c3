import { visible } from './visible';

/** Text that is markup already. */
export class Markup {
  constructor(public readonly text: string) {}
}

type Part = Markup | readonly Markup[] | string | number;

/** The one way in which markup is written: whatever is put into the template is text, unless it is markup itself. */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(strings.reduce((text, string, i) => text + write(parts[i - 1]) + string));
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

function escape(text: string): string {
  return visible(text).replace(/[&<>"']/g, character => ENTITIES[character]);
}
