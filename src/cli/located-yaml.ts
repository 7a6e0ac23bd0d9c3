import type { Document, Node, Pair, Scalar } from 'yaml';
import { FieldProblem, Reader } from './configuration-fields';
import { message, sentence } from '../checks/message';
import { yamlLibrary } from '../checks/yaml-library';
import type { JsonPath } from '../inspect/json';
import type { Place } from '../inspect/manifest';

/** A YAML document whose values have places. */
export interface Located {
  /**
   * Converts the document.
   *
   * @throws Error with a sentence that names the place of an invalid value
   */
  read<T>(reader: Reader<T>): T;
  /** Returns the place of the value at a path, or of the nearest value around it. */
  placeOf(path: JsonPath): Place;
  /** Returns an error that names the place of the value at a path. */
  problem(path: JsonPath, problem: string, remedy: string): Error;
}

/**
 * Reads a YAML document; an empty one is a map without keys.
 *
 * @throws Error with a sentence that names the place of a syntax error
 */
export function readLocated(content: string, file: string): Located {
  const { LineCounter, parseDocument } = yamlLibrary();
  const counter = new LineCounter();
  const document = parseDocument(content, { lineCounter: counter, prettyErrors: false });
  const placeAt = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { file, line, column: col };
  };
  const problemAt = ({ line, column }: Place, problem: string, remedy: string) =>
    new Error(`${file}:${line}:${column}: ${message(problem, remedy)}`);
  const [syntaxError] = document.errors;
  if (syntaxError) {
    throw problemAt(placeAt(syntaxError.pos[0]), sentence(syntaxError.message), 'Correct the YAML.');
  }
  const placeOf = (path: JsonPath) => placeAt(offsetOf(document, path));
  const problem = (path: JsonPath, text: string, remedy: string) => problemAt(placeOf(path), text, remedy);
  return {
    placeOf,
    problem,
    read: reader => {
      const data = dataOf(document);
      if (data instanceof Error) {
        throw problem([], sentence(data.message), 'Write the values without aliases.');
      }
      try {
        return reader(data ?? {}, []);
      } catch (error) {
        throw error instanceof FieldProblem ? problem(error.path, error.problem, error.remedy) : error;
      }
    },
  };
}

/** Returns the data of a document, or the problem with its aliases, of which a hundred are enough. */
function dataOf(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return error;
  }
}

/** Returns the offset of the key or list item at a path, or of the nearest value around it. */
function offsetOf(document: Document.Parsed, path: JsonPath): number {
  const { isMap, isSeq } = yamlLibrary();
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const key of path) {
    const pair: Pair<Scalar, Node> | undefined = isMap<Scalar, Node>(node)
      ? node.items.find(item => String(item.key.value) === String(key))
      : undefined;
    const next: Node | null | undefined = isSeq<Node>(node) ? node.items[Number(key)] : pair?.value;
    const start = pair?.key.range?.[0] ?? next?.range?.[0];
    if (start === undefined) {
      break;
    }
    offset = start;
    node = next ?? null;
  }
  return offset;
}
