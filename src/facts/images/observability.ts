import type { ImageFacts } from './image-facts';

/** Dashboards, and the stores of logs and traces. */
export const OBSERVABILITY_IMAGES: readonly ImageFacts[] = [
  {
    id: 'grafana',
    title: 'Grafana',
    repositories: [
      'docker.io/grafana/grafana',
      'docker.io/grafana/grafana-oss',
      'docker.io/grafana/grafana-enterprise',
    ],
    sources: [
      'https://github.com/grafana/grafana/blob/main/Dockerfile',
      'https://grafana.com/docs/grafana/latest/setup-grafana/configure-docker/',
    ],
    layouts: [{ volume: '/var/lib/grafana', data: '/var/lib/grafana' }],
    dataVariable: 'GF_PATHS_DATA',
    stateless: /^GF_DATABASE_(?:TYPE=(?!sqlite3)|URL=|HOST=)/m,
    configuration: /^\/etc\/grafana\/?$|grafana\.ini$/m,
    canKeepStateElsewhere: true,
    provisioning: '/etc/grafana/provisioning',
    user: 472,
  },
  {
    id: 'loki',
    title: 'Loki',
    repositories: ['docker.io/grafana/loki'],
    sources: ['https://github.com/grafana/loki/blob/main/cmd/loki/Dockerfile'],
    programs: ['loki'],
    layouts: [{ volume: '/loki', data: '/loki' }],
    stateless: /-target=(?!all|write|ingester|backend)/,
    configuration: /\.ya?ml$|^\/etc\/loki(?:\/|$)/m,
    canKeepStateElsewhere: true,
    user: 10001,
    group: 10001,
  },
  {
    id: 'tempo',
    title: 'Tempo',
    repositories: ['docker.io/grafana/tempo'],
    sources: ['https://github.com/grafana/tempo/blob/main/cmd/tempo/Dockerfile'],
    programs: ['tempo'],
    layouts: [{ volume: '/var/tempo', data: '/var/tempo' }],
    stateless: /-target=(?!all|scalable-single-binary|ingester|block-builder|live-store)/,
    configuration: /\.ya?ml$|^\/(?:etc|conf)(?:\/|$)/m,
    canKeepStateElsewhere: true,
    user: 10001,
    group: 10001,
  },
  {
    id: 'opentelemetry-collector',
    title: 'the OpenTelemetry Collector',
    repositories: ['opentelemetry-collector', 'opentelemetry-collector-contrib', 'opentelemetry-collector-k8s'].flatMap(
      name => [`docker.io/otel/${name}`, `ghcr.io/open-telemetry/opentelemetry-collector-releases/${name}`],
    ),
    sources: [
      'https://github.com/open-telemetry/opentelemetry-collector-releases/blob/main/distributions/otelcol-contrib/' +
        'Dockerfile',
    ],
    user: 10001,
  },
  {
    id: 'chronograf',
    title: 'Chronograf',
    repositories: ['docker.io/library/chronograf'],
    sources: ['https://hub.docker.com/_/chronograf'],
    layouts: [{ volume: '/var/lib/chronograf', data: '/var/lib/chronograf' }],
    volumes: ['/var/lib/chronograf'],
  },
  {
    id: 'uptime-kuma',
    title: 'Uptime Kuma',
    repositories: ['docker.io/louislam/uptime-kuma'],
    sources: ['https://github.com/louislam/uptime-kuma/blob/master/docker/dockerfile'],
    layouts: [{ volume: '/app/data', data: '/app/data' }],
    dataVariable: 'DATA_DIR',
  },
];
