import { handlersOf } from '../inspect/handlers';
import { at, JsonPath, list, record, text, texts } from '../inspect/json';
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
export function containerTexts(container: Container): ContainerTexts[] {
  const { command, args, at: path } = container;
  return [
    { field: 'command', words: command, at: [...path, 'command'] },
    { field: 'args', words: args, at: [...path, 'args'] },
    ...handlersOf(container).map(handler => ({
      field: handler.name,
      words: texts(at(handler.content, 'exec', 'command')),
      at: [...path, ...handler.at, 'exec', 'command'],
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
export function httpTexts(container: Container): HttpText[] {
  return handlersOf(container).flatMap(({ name: field, content, at: handler }) => {
    const request = record(at(content, 'httpGet'));
    const path = [...container.at, ...handler, 'httpGet'];
    const url = text(request.path);
    const headers = list(request.httpHeaders).map((header, i) => ({
      field,
      header: text(at(header, 'name')) ?? '',
      value: text(at(header, 'value')) ?? '',
      at: [...path, 'httpHeaders', i, 'value'],
    }));
    return [...(url === undefined ? [] : [{ field, value: url, at: [...path, 'path'] }]), ...headers];
  });
}
