import { configFiles } from './config-use';
import type { Inventory } from './inventory';
import { at, list, record, text } from './json';
import type { Container, Pod } from './pods';
import { readImage } from '../checks/image';
import { yamlLibrary } from '../checks/yaml-library';
import { COLLECTOR_IMAGES, CollectorImage, CollectorSyntax } from '../facts/images/collectors';

/** Returns the facts of the image of a log collector. */
export function collectorImage({ image }: Container): CollectorImage | undefined {
  const { name } = readImage(image);
  return COLLECTOR_IMAGES.find(({ repositories }) => repositories.includes(name));
}

/** A source of a collector that follows files, in a form that all collectors share. */
export interface FileSource {
  /** The name of the source in the configuration. */
  readonly name: string;
  /** The path of the offsets; `undefined` if it keeps none. */
  readonly offsets?: string;
  /** Whether it reads a new file from its beginning. */
  readonly fromHead: boolean;
}

/** Reads the file sources in the configuration of a collector. */
const READERS: Record<CollectorSyntax, (path: string, content: string) => FileSource[]> = {
  'fluent-bit': (path, content) => (/\.ya?ml$/.test(path) ? fluentBitYaml(content) : fluentBitClassic(content)),
  'fluentd': (_, content) => fluentd(content),
  'vector': (_, content) => vector(content),
  'opentelemetry': (_, content) => openTelemetry(content),
};

/** Returns the sources of a collector that follow files, if its configuration is in the inventory. */
export function fileSources(container: Container, pod: Pod, inventory: Inventory): FileSource[] {
  const syntax = collectorImage(container)?.syntax;
  if (syntax === undefined) {
    return [];
  }
  return [...configFiles(container, pod, inventory)].flatMap(([path, content]) => READERS[syntax](path, content));
}

const TRUE = /^(?:on|true|yes|1)$/i;

function fluentBitInput(name: string, option: (key: string) => string | undefined): FileSource[] {
  return name.toLowerCase() !== 'tail'
    ? []
    : [{ name: 'tail', offsets: option('db'), fromHead: TRUE.test(option('read_from_head') ?? '') }];
}

function fluentBitClassic(content: string): FileSource[] {
  return [...content.matchAll(/^[ \t]*\[INPUT\]([^[]*)/gim)].flatMap(([, body]) => {
    const options = new Map(
      [...body.matchAll(/^[ \t]*([\w.]+)[ \t]+(.*)$/gm)].map(([, key, value]) => [key.toLowerCase(), value.trimEnd()]),
    );
    return fluentBitInput(options.get('name') ?? '', key => options.get(key));
  });
}

function fluentBitYaml(content: string): FileSource[] {
  return list(at(parsed(content), 'pipeline', 'inputs')).flatMap(input => {
    const options = new Map(Object.entries(record(input)).map(([key, value]) => [key.toLowerCase(), String(value)]));
    return fluentBitInput(options.get('name') ?? '', key => options.get(key));
  });
}

function fluentd(content: string): FileSource[] {
  return content
    .split('<source>')
    .slice(1)
    .map(section => section.split('</source>', 1)[0])
    .filter(body => /^[ \t]*@?type\s+"?tail\b/m.test(body))
    .map(body => ({
      name: 'in_tail',
      offsets: /^[ \t]*pos_file\s+(\S+)/m.exec(body)?.[1],
      fromHead: TRUE.test(/^[ \t]*read_from_head\s+(\S+)/m.exec(body)?.[1] ?? ''),
    }));
}

/** The sources of Vector that follow files: those of its configuration, and those of the pods of its node. */
const VECTOR_SOURCES = ['file', 'kubernetes_logs'];

function vector(content: string): FileSource[] {
  const config = parsed(content);
  return Object.values(record(at(config, 'sources')))
    .filter(source => VECTOR_SOURCES.includes(text(at(source, 'type')) ?? ''))
    .map(source => ({
      name: text(at(source, 'type'))!,
      offsets: text(at(source, 'data_dir')) ?? text(at(config, 'data_dir')) ?? '/var/lib/vector',
      fromHead: at(source, 'read_from') !== 'end' && at(source, 'ignore_checkpoints') !== true,
    }));
}

function openTelemetry(content: string): FileSource[] {
  const config = parsed(content);
  return Object.entries(record(at(config, 'receivers')))
    .filter(([name]) => /^file_?log(?:\/|$)/.test(name))
    .map(([name, receiver]) => {
      const storage = text(at(receiver, 'storage'));
      return {
        name,
        offsets:
          storage === undefined
            ? undefined
            : (text(at(config, 'extensions', storage, 'directory')) ?? '/var/lib/otelcol/file_storage'),
        fromHead: at(receiver, 'start_at') === 'beginning',
      };
    });
}

/** Returns `undefined` if the content is not valid YAML. */
function parsed(content: string): unknown {
  try {
    return yamlLibrary().parse(content, { logLevel: 'silent', maxAliasCount: 100 });
  } catch {
    return undefined;
  }
}
