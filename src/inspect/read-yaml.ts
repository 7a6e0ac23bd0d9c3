import { load, LoadOptions, YAMLException } from 'js-yaml';
import type { JsonPath } from './json';
import { isJsonPatch } from './json-patch';
import {
  ForeignDocument,
  ManifestObject,
  ManifestProblem,
  FileManifests,
  ManifestSource,
  objectsOf,
  Place,
} from './manifest';
import { YamlPlaces } from './yaml-places';
import { KUBECTL_SCHEMA } from './yaml-schema';
import { expandAliases, MergeKeys } from './yaml-values';
import { sentence } from '../checks/message';

/**
 * Reads YAML or JSON as kubectl does: several documents, `List`s and the empty documents of templates. An unreadable
 * document becomes a problem with its place. The other documents are read anyway.
 */
export function readYaml(yaml: string, file: string): FileManifests {
  const objects: ManifestObject[] = [];
  const problems: ManifestProblem[] = [];
  let patches = 0;
  for (const document of split(yaml)) {
    const source = new YamlSource(file, document);
    try {
      const { content, repeatedKeys } = parse(document.text, () => source.repeatedKeys());
      if (isJsonPatch(content)) {
        patches++;
      } else if (content !== null && content !== undefined) {
        objectsOf(content, source, repeatedKeys).forEach(object => objects.push(object));
      }
    } catch (error) {
      const { message, ...about } = describe(error);
      const place = error instanceof SyntaxProblem ? source.placeOf(error.offset) : source.locate([]);
      problems.push({
        ...place,
        ...about,
        message: document.text.includes('{{') && !about.isForeign ? `${message} ${TEMPLATE_HINT}` : message,
      });
    }
  }
  return { objects, problems, patches };
}

class SyntaxProblem extends Error {
  constructor(
    message: string,
    public readonly offset: number,
  ) {
    super(message);
  }
}

/** A limit that no manifest reaches, and that keeps recursive functions within the stack. */
const MAX_DEPTH = 500;
const OPTIONS: LoadOptions & { readonly maxDepth: number } = { schema: KUBECTL_SCHEMA, maxDepth: MAX_DEPTH };

/** A tag of a merge key, which the parser reads differently than kubectl. */
const MERGE_TAG = /(?<![^\s,{[])![^\s,{}[\]]*\s+(?:&\S+\s+)?<<(?![^\s:,}\]])|!!merge\b|\b2002:merge\b/;

/** Characters at which kubectl ends a line, other than those of this parser. */
const LINE_BREAKS = /[\u0085\u2028\u2029]/;

/** A question mark with the word behind it, where a scalar of a flow collection can begin. */
const FLOW_QUESTION = /[[{,]\s*(\?[^\s,[\]{}:]+)/g;

/** The same, at the beginning of a string. */
const QUESTION = /^\?[^\s,[\]{}:]+/;

/**
 * Returns the value of one document, as kubectl reads it.
 *
 * @throws Error if the document is unreadable
 */
export function readValue(text: string): unknown {
  return parse(text, () => []).content;
}

interface Parsed {
  readonly content: unknown;
  /** The paths of the keys that are written with several values. */
  readonly repeatedKeys: readonly JsonPath[];
}

function parse(text: string, findRepeatedKeys: () => readonly JsonPath[]): Parsed {
  const lineBreak = LINE_BREAKS.exec(text);
  if (lineBreak && !isJson(text)) {
    const code = lineBreak[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw new SyntaxProblem(
      `Kubectl ends the line at the character U+${code}. Remove it, or escape it in double quotes as '\\u${code}'.`,
      lineBreak.index,
    );
  }
  const tag = MERGE_TAG.exec(text);
  if (tag) {
    throw new SyntaxProblem("A tag of the merge key '<<' is not supported. Remove it.", tag.index);
  }
  try {
    return { content: read(text, OPTIONS), repeatedKeys: [] };
  } catch (error) {
    if (!(error instanceof YAMLException)) {
      throw error;
    }
    if (error.reason !== 'duplicated mapping key') {
      throw syntaxProblem(error);
    }
  }
  try {
    return { content: read(text, { ...OPTIONS, json: true }), repeatedKeys: findRepeatedKeys() };
  } catch (error) {
    throw error instanceof YAMLException ? syntaxProblem(error) : error;
  }
}

/** Refuses scalars in flow collections that begin with a question mark, which kubectl takes for the sign of a key. */
function refuseFlowQuestions(text: string, content: unknown): void {
  const places = new Map([...text.matchAll(FLOW_QUESTION)].map(({ index, 1: word }) => [word, index]));
  const word = places.size > 0 ? findQuestion(content, places) : undefined;
  if (word !== undefined) {
    throw new SyntaxProblem(`Kubectl takes the '?' of '${word}' for the sign of a key. Use quotes.`, places.get(word)!);
  }
}

/** Returns the first of the words that begins a key or a string, at any depth. */
function findQuestion(value: unknown, words: ReadonlyMap<string, number>): string | undefined {
  if (typeof value === 'string') {
    const [word = ''] = QUESTION.exec(value) ?? [];
    return words.has(word) ? word : undefined;
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, child] of Object.entries(value)) {
    const word = findQuestion(key, words) ?? findQuestion(child, words);
    if (word !== undefined) {
      return word;
    }
  }
  return undefined;
}

function read(text: string, options: LoadOptions): unknown {
  const content = readExpanded(text, options);
  refuseFlowQuestions(text, content);
  return content;
}

function readExpanded(text: string, options: LoadOptions): unknown {
  if (text.includes('<<')) {
    const keys = new MergeKeys();
    return expandAliases(load(text, { ...options, schema: keys.schema }), keys);
  }
  const content = load(text, options);
  return text.includes('*') ? expandAliases(content) : content;
}

/** JSON allows the line breaks of YAML 1.1 in strings. */
function isJson(text: string): boolean {
  try {
    return JSON.parse(text) !== undefined;
  } catch {
    return false;
  }
}

const MESSAGES: readonly (readonly [reason: RegExp, message: string])[] = [
  [/^nesting exceeded/, 'The document is nested too deeply.'],
  [/^tab characters/, 'Tabs are not allowed as indentation.'],
];

function syntaxProblem({ reason, mark }: YAMLException): SyntaxProblem {
  const message = MESSAGES.find(([pattern]) => pattern.test(reason))?.[1] ?? sentence(reason.replace(/"/g, "'"));
  return new SyntaxProblem(message, mark?.position ?? 0);
}

const TEMPLATE_HINT = "Render the template first, for example with 'helm template'.";

function describe(error: unknown): Pick<ManifestProblem, 'message' | 'isForeign'> {
  const message = sentence((error as Error).message);
  return error instanceof ForeignDocument ? { message, isForeign: true } : { message };
}

interface Part {
  readonly text: string;
  /** The number of lines of the file before the part. */
  readonly linesBefore: number;
}

/** Splits YAML into documents: a line that begins with '---' always ends a document. */
function split(yaml: string): Part[] {
  const parts: Part[] = [];
  let linesBefore = 0;
  let directives = '';
  for (const part of yaml.replace(/^\uFEFF/, '').split(/^(?=---(?:\s|$))/m)) {
    const text = directives + part;
    directives = /^%/m.test(text) && !/^[^%#\s]/m.test(text) ? text : '';
    if (!directives) {
      parts.push({ text, linesBefore });
      linesBefore += (text.match(/\n/g) ?? []).length;
    }
  }
  return parts;
}

/** The text before the first key or the brace of a document that begins with one. */
const BEFORE_KEYS = /^(?:(?:---)?[ \t]*(?:#.*)?\r?\n)*(?=[A-Za-z{])/;

class YamlSource implements ManifestSource {
  // reports locate values in one document after another, and only in documents with findings
  private static latest?: { readonly part: Part; readonly places: YamlPlaces };

  constructor(
    public readonly file: string,
    private readonly part: Part,
  ) {}

  public locate(path: JsonPath): Place {
    // the beginning is located for every object, and is found without parsing
    const before = path.length === 0 ? BEFORE_KEYS.exec(this.part.text)?.[0] : undefined;
    return this.place(before === undefined ? this.places.locate(path) : { line: before.split('\n').length, column: 1 });
  }

  public placeOf(offset: number): Place {
    const before = this.part.text.slice(0, offset).split('\n');
    return this.place({ line: before.length, column: before[before.length - 1].length + 1 });
  }

  public repeatedKeys(): readonly JsonPath[] {
    return this.places.repeatedKeys();
  }

  private get places(): YamlPlaces {
    if (YamlSource.latest?.part !== this.part) {
      YamlSource.latest = { part: this.part, places: new YamlPlaces(this.part.text) };
    }
    return YamlSource.latest!.places;
  }

  private place({ line, column }: { line: number; column: number }): Place {
    return { file: this.file, line: this.part.linesBefore + line, column };
  }
}
