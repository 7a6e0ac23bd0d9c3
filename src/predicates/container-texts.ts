import { HANDLERS } from '../inspect/handlers';
import { at, JsonPath, list, text, texts } from '../inspect/json';
import type { Container } from '../inspect/pods';

/** Words of a container that everyone can read who can read its pod. */
export interface ContainerTexts {
  /** The field, as messages name it: `args`, `livenessProbe`. */
  readonly field: string;
  readonly words: readonly string[];
  /** The path of the list of words. */
  readonly at: JsonPath;
}

/** Returns the command, the arguments, and the commands of probes and hooks of a container. */
export function containerTexts({ command, args, content, at: path }: Container): ContainerTexts[] {
  return [
    { field: 'command', words: command, at: [...path, 'command'] },
    { field: 'args', words: args, at: [...path, 'args'] },
    ...HANDLERS.map(handler => ({
      field: String(handler[handler.length - 1]),
      words: texts(at(content, ...handler, 'exec', 'command')),
      at: [...path, ...handler, 'exec', 'command'],
    })),
  ].filter(({ words }) => words.length > 0);
}

/** A value that a probe or a hook sends over HTTP. */
export interface HttpText {
  readonly field: string;
  /** The name of a header; omitted for the path of the URL. */
  readonly header?: string;
  readonly value: string;
  readonly at: JsonPath;
}

/** Returns the paths and headers that the probes and hooks of a container send. */
export function httpTexts({ content, at: path }: Container): HttpText[] {
  return HANDLERS.flatMap(handler => {
    const field = String(handler[handler.length - 1]);
    const requestAt = [...handler, 'httpGet'];
    const url = text(at(content, ...requestAt, 'path'));
    const headers = list(at(content, ...requestAt, 'httpHeaders')).map((header, i) => ({
      field,
      header: text(at(header, 'name')) ?? '',
      value: text(at(header, 'value')) ?? '',
      at: [...path, ...requestAt, 'httpHeaders', i, 'value'],
    }));
    return [...(url === undefined ? [] : [{ field, value: url, at: [...path, ...requestAt, 'path'] }]), ...headers];
  });
}
