import { parse } from 'yaml';
import { parseFluentd } from './formats/fluentd';

const entries = (value: Record<string, any> = {}) => Object.entries(value);

const unquoted = (value: string) => value.replace(/^(['"])(.*)\1$/, '$2');

/** Sinks of Vector that listen. The others connect. */
const VECTOR_SERVERS = /_(?:exporter|server)$/;

/** Sources of Fluentd that open no port. */
const FLUENTD_READERS = /^(?:tail|prometheus_(?:tail|output)_monitor)$/;

/** The extensions of the OpenTelemetry Collector that open no port. */
const OTEL_CLIENTS = /^(?:file_storage|basicauth|bearertokenauth)(?:\/|$)/;

/** Returns what listens in each collector, by its configuration: the component, and its address if it has one. */
export const LISTENERS: Record<string, (text: string) => string[]> = {
  vector: text => {
    const { api, sources, sinks, enrichment_tables: tables } = parse(text);
    return [
      ...(api === undefined ? [] : ['api']),
      ...entries(tables).map(([name]) => name),
      ...entries(sources).flatMap(([, { type }]) => (['file', 'internal_metrics'].includes(type) ? [] : [type])),
      ...entries(sinks).flatMap(([name, { type, address }]) =>
        VECTOR_SERVERS.test(type) ? [`${name} ${address}`] : [],
      ),
    ];
  },
  fluentd: text => {
    const blocks = parseFluentd(text);
    return [
      ...blocks.flatMap(({ name, parameters }) =>
        name === 'system' ? Object.keys(parameters).filter(key => key.startsWith('rpc')) : [],
      ),
      ...blocks.flatMap(({ name, parameters }) => {
        const { '@type': type, bind, port, 'include_config': config, 'include_debug_info': debug } = parameters;
        const shown = [config && `configuration ${config}`, debug && `variables ${debug}`].filter(Boolean);
        return name !== 'source' || FLUENTD_READERS.test(type)
          ? []
          : [[type, `${unquoted(bind)}:${port}`, ...shown].join(' ')];
      }),
    ];
  },
  fluentBit: text => {
    const { service, pipeline } = parse(text);
    return [
      `service ${service.http_listen}:${service.http_port}`,
      ...Object.keys(service).filter(key => key.startsWith('hot_reload')),
      ...pipeline.inputs.flatMap(({ name }: any) => (name === 'tail' ? [] : [name])),
      ...pipeline.outputs.flatMap(({ name }: any) => (name === 'prometheus_exporter' ? [name] : [])),
    ];
  },
  openTelemetry: text => {
    const { extensions, receivers, exporters, service } = parse(text);
    return [
      ...entries(extensions).flatMap(([name, { endpoint }]) =>
        OTEL_CLIENTS.test(name) ? [] : [`${name} ${endpoint}`],
      ),
      ...Object.keys(receivers).filter(name => !name.startsWith('file_log/')),
      ...Object.keys(exporters).filter(name => /^(?:prometheus|zpages)(?:\/|$)/.test(name)),
      ...service.telemetry.metrics.readers.map(
        ({ pull }: any) => `metrics ${pull.exporter.prometheus.host}:${pull.exporter.prometheus.port}`,
      ),
    ];
  },
};
