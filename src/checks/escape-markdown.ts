import { visible } from './visible';

/** Characters with a meaning in Markdown or HTML, and the beginnings of what renderers turn into a link. */
const SPECIAL = /[&<>\\`*_{}[\]#+!|~$@]|(?<=:)\/\/|(?<=\bwww)\./gi;

/** A dash or equals sign at the beginning, which makes a list or a heading. */
const LEADING = /^([ \t]*)([-=])/;

/** Escapes Markdown, HTML, and anything that renderers turn into a link, a formula or a mention. */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(SPECIAL, escapeEach)
    .replace(LEADING, (_, space: string, character: string) => `${space}${escapeEach(character)}`);
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
]);

function escapeEach(characters: string): string {
  return [...characters].map(character => ENTITIES.get(character) ?? `&#${character.charCodeAt(0)};`).join('');
}
