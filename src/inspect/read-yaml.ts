import * as jsYaml from 'js-yaml';
import { CORE_SCHEMA, load, Type } from 'js-yaml';
import type { ScalarTag } from 'yaml';
import type { JsonPath } from './json';
import {
  ForeignDocument,
  ManifestObject,
  ManifestProblem,
  Manifests,
  ManifestSource,
  objectsOf,
  Place,
} from './manifest';
import { YamlPlaces } from './yaml-places';
import { sentence } from '../checks/message';
import { yamlLibrary } from '../checks/yaml-library';

/**
 * Reads YAML or JSON: several documents, `List`s and the empty documents of templates. An unreadable document becomes a
 * problem with its place. The other documents are read anyway.
 */
export function readYaml(yaml: string, file: string): Manifests {
  const objects: ManifestObject[] = [];
  const problems: ManifestProblem[] = [];
  for (const document of split(yaml)) {
    const source = new YamlSource(file, document);
    try {
      const content = parseQuickly(document.text) ?? parse(document.text);
      if (content !== null && content !== undefined) {
        objectsOf(content, source).forEach(object => objects.push(object));
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
  return { objects, problems };
}

class SyntaxProblem extends Error {
  constructor(
    message: string,
    public readonly offset: number,
  ) {
    super(message);
  }
}

/** Octal numbers of YAML 1.1, the notation of file modes for kubectl: `0440` is 288. */
const OCTAL = /^0[0-7]+$/;
// exported and documented, but not declared by its types
const INTEGER = (jsYaml as unknown as { readonly types: { readonly int: Type } }).types.int;
const QUICK_SCHEMA = CORE_SCHEMA.extend({
  implicit: [
    new Type('tag:yaml.org,2002:int', {
      kind: 'scalar',
      resolve: data => INTEGER.resolve(data),
      construct: data => (OCTAL.test(data) ? parseInt(data, 8) : INTEGER.construct(data)),
    }),
  ],
});
const OCTAL_TAG: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  format: 'OCT',
  test: OCTAL,
  resolve: data => parseInt(data, 8),
};

/** Parses a document with the fast parser; returns `undefined` if the exact parser must read it. */
function parseQuickly(text: string): unknown {
  if (ANCHOR.test(text)) {
    return undefined;
  }
  try {
    return load(text, { schema: QUICK_SCHEMA });
  } catch {
    return undefined;
  }
}

/** Documents with anchors need the exact parser, which limits the size that their aliases expand to. */
const ANCHOR = /(?:^|[\s[{,])&\S/;

function parse(text: string): unknown {
  const document = yamlLibrary().parseDocument(text, {
    uniqueKeys: true,
    prettyErrors: false,
    logLevel: 'silent',
    customTags: tags => [OCTAL_TAG, ...tags],
  });
  if (document.errors.length > 0) {
    const [
      {
        message,
        pos: [offset],
      },
    ] = document.errors;
    throw new SyntaxProblem(message.replace(/ at line \d+, column \d+:[^]*$/, ''), offset);
  }
  return document.toJS({ maxAliasCount: 1000 });
}

const TEMPLATE_HINT = "Render the template first, for example with 'helm template'.";

function describe(error: unknown): Pick<ManifestProblem, 'message' | 'isForeign'> {
  const { message: text } = error as Error;
  const message = /call stack/.test(text) ? 'The document is nested too deeply.' : sentence(text);
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

/** The text before the first key of a document that begins with a key. */
const BEFORE_KEYS = /^(?:(?:---)?[ \t]*(?:#.*)?\r?\n)*(?=[A-Za-z])/;

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
    return this.place(this.places.at(offset));
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
