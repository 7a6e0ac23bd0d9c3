import { isNode, LineCounter, Node, parseDocument } from 'yaml';
import type { JsonPath } from './json';
import { ForeignDocument, ManifestObject, ManifestProblem, Manifests, ManifestSource, objectsOf, Place } from './manifest';

/**
 * Reads YAML or JSON of any origin: several documents, `List`s, templates' empty documents. What cannot be read is a
 * problem with its place, and the documents around it are read all the same.
 */
export function readYaml(yaml: string, file: string): Manifests {
  const objects: ManifestObject[] = [];
  const problems: ManifestProblem[] = [];
  for (const document of split(yaml)) {
    const source = new YamlSource(file, document);
    let start = 0;
    try {
      const parsed = parseDocument(document.text, OPTIONS);
      start = parsed.contents?.range?.[0] ?? 0;
      if (parsed.errors.length > 0) {
        const [{ message, pos: [offset] }] = parsed.errors;
        problems.push({ ...source.placeOf(offset), message: `${message.replace(/ at line \d+, column \d+:[^]*$/, '')}${document.text.includes('{{') ? TEMPLATE_HINT : ''}` });
        continue;
      }
      const content: unknown = parsed.toJS({ maxAliasCount: 1000 });
      if (content !== null && content !== undefined) {
        objectsOf(content, source).forEach(object => objects.push(object));
      }
    } catch (error) {
      problems.push({ ...source.placeOf(start), ...describe(error) });
    }
  }
  return { objects, problems };
}

const TEMPLATE_HINT = '. render the template first, for example with \'helm template\'';

function describe(error: unknown): Pick<ManifestProblem, 'message' | 'isForeign'> {
  // what the parser throws when the stack ends
  const message = error instanceof RangeError ? 'it is nested too deeply' : (error as Error).message;
  return error instanceof ForeignDocument ? { message, isForeign: true } : { message };
}

// documents of helm and kubectl repeat no key; those that do would lose a value
const OPTIONS = { uniqueKeys: true, prettyErrors: false, logLevel: 'silent' } as const;

interface Part {
  readonly text: string;
  /** How many lines of the file stand before it. */
  readonly linesBefore: number;
}

/** Splits where YAML does: a line that begins with '---' always ends a document. */
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

/** Finds places by parsing the document once more, since few objects are ever asked. */
class YamlSource implements ManifestSource {
  private parsed?: { document: ReturnType<typeof parseDocument> };

  constructor(public readonly file: string, private readonly part: Part) {}

  public locate(path: JsonPath): Place {
    this.parsed ??= { document: parseDocument(this.part.text, OPTIONS) };
    const { document } = this.parsed;
    for (let length = path.length; length > 0; length--) {
      const found = document.getIn(path.slice(0, length), true);
      if (isNode(found) && found.range) {
        return this.placeOf(keyOffset(document.getIn(path.slice(0, length - 1), true), path[length - 1]) ?? found.range[0]);
      }
    }
    return this.placeOf(document.contents?.range?.[0] ?? 0);
  }

  public placeOf(offset: number): Place {
    const lines = new LineCounter();
    for (let at = this.part.text.indexOf('\n'); at >= 0; at = this.part.text.indexOf('\n', at + 1)) {
      lines.lineStarts.push(at + 1);
    }
    lines.lineStarts.unshift(0);
    const { line, col } = lines.linePos(offset);
    return { file: this.file, line: this.part.linesBefore + line, column: col };
  }
}

/** Where the key of a value stands, for a value may begin on a later line. */
function keyOffset(parent: unknown, key: string | number): number | undefined {
  const pairs = isNode(parent) && 'items' in parent ? (parent as Node & { items: any[] }).items : [];
  return pairs.find(pair => pair?.key?.value === key)?.key.range?.[0];
}
