import type { ImageFacts } from './image-facts';

/** Returns a server of the VictoriaMetrics family with data. */
function victoria(name: string, title: string, data: string): ImageFacts {
  return {
    id: name,
    title,
    repositories: [`docker.io/victoriametrics/${name}`, `quay.io/victoriametrics/${name}`],
    sources: ['https://docs.victoriametrics.com/victoriametrics/#list-of-command-line-flags'],
    layouts: [{ volume: data, data }],
    // a server in front of others that keep the data
    stateless: /(?:^|\s)-{1,2}storageNode\b/m,
    dataSetting: /(?:^|\s)--?storageDataPath[ =](\/\S+)/m,
  };
}

/** Databases of metrics, and the servers next to them. */
export const TIME_SERIES_IMAGES: readonly ImageFacts[] = [
  {
    id: 'influxdb',
    title: 'InfluxDB',
    repositories: ['docker.io/library/influxdb'],
    sources: [
      'https://github.com/influxdata/influxdata-docker/tree/master/influxdb',
      'https://hub.docker.com/_/influxdb',
      'https://docs.influxdata.com/influxdb/v1/administration/config/',
      'https://docs.influxdata.com/influxdb/v2/reference/internals/file-system-layout/',
    ],
    programs: ['influxd', 'influxdb3', 'serve'],
    port: 8086,
    serverVariables: ['DOCKER_INFLUXDB_INIT_MODE', 'INFLUXDB_ADMIN_USER', 'INFLUXDB_HTTP_AUTH_ENABLED'],
    layouts: [
      {
        upTo: 1,
        volume: '/var/lib/influxdb',
        data: '/var/lib/influxdb/data',
        others: [
          { path: '/var/lib/influxdb/meta', content: 'metadata', variable: 'INFLUXDB_META_DIR' },
          { path: '/var/lib/influxdb/wal', content: 'write-ahead log', variable: 'INFLUXDB_DATA_WAL_DIR' },
        ],
        volumes: ['/var/lib/influxdb'],
      },
      {
        upTo: 2,
        volume: '/var/lib/influxdb2',
        data: '/var/lib/influxdb2/engine',
        others: [
          { path: '/var/lib/influxdb2/influxd.bolt', content: 'users and dashboards', variable: 'INFLUXD_BOLT_PATH' },
        ],
        volumes: ['/var/lib/influxdb2', '/etc/influxdb2'],
      },
      { volume: '/var/lib/influxdb3', data: '/var/lib/influxdb3/data' },
    ],
    dataSetting: /^INFLUXDB_DATA_DIR=(\/\S+)|^INFLUXD_ENGINE_PATH=(\/\S+)|--(?:engine-path|data-dir)[ =](\/\S+)/m,
    stateless: /(?:--object-store[ =]|^INFLUXDB3_OBJECT_STORE=)(?!file)/m,
    configuration: /influxdb\.conf$/m,
  },
  {
    id: 'prometheus',
    title: 'Prometheus',
    repositories: ['docker.io/prom/prometheus', 'quay.io/prometheus/prometheus'],
    sources: [
      'https://github.com/prometheus/prometheus/blob/main/Dockerfile',
      'https://prometheus.io/docs/prometheus/latest/storage/',
    ],
    programs: ['prometheus'],
    layouts: [{ volume: '/prometheus', data: '/prometheus' }],
    dataOption: '--storage.tsdb.path',
    // an agent only has a buffer
    stateless: /--agent\b|--enable-feature=(?:[\w-]+,)*agent\b/,
    retention: {
      sizeOption: '--storage.tsdb.retention.size',
      ageOptions: ['--storage.tsdb.retention.time', '--storage.tsdb.retention'],
      fileSetting: /^[ \t]*retention:[ \t]*\r?\n(?:[ \t]+(?!size:|retention:)\w+:.*\r?\n)*[ \t]+size:/m,
    },
    volumes: ['/prometheus'],
    user: 65534,
    group: 65534,
    minimumGraceSeconds: 60,
  },
  {
    id: 'alertmanager',
    title: 'Alertmanager',
    repositories: ['docker.io/prom/alertmanager', 'quay.io/prometheus/alertmanager'],
    sources: ['https://github.com/prometheus/alertmanager/blob/main/Dockerfile'],
    programs: ['alertmanager'],
    layouts: [{ volume: '/alertmanager', data: '/alertmanager' }],
    dataOption: '--storage.path',
    volumes: ['/alertmanager'],
    user: 65534,
    group: 65534,
  },
  {
    id: 'thanos',
    title: 'Thanos',
    repositories: ['quay.io/thanos/thanos', 'docker.io/thanosio/thanos'],
    sources: [
      'https://github.com/thanos-io/thanos/blob/main/Dockerfile',
      'https://thanos.io/tip/components/receive.md/',
    ],
    layouts: [{ volume: '/var/thanos', data: '/data' }],
    // the other components only have caches
    stateful: /^(?:\S*thanos[ \t]+)?(?:receive|rule)\b.*--(?:tsdb\.path|data-dir)\b/m,
    dataSetting: /--(?:tsdb\.path|data-dir)[ =](\/\S+)/,
    user: 1001,
    startsAsRootIn: /^v?0\.(?:[12]?\d|30)\./,
    group: 1001,
  },
  victoria('victoria-metrics', 'VictoriaMetrics', '/victoria-metrics-data'),
  victoria('vmstorage', 'VictoriaMetrics', '/victoria-metrics-data'),
  victoria('victoria-logs', 'VictoriaLogs', '/victoria-logs-data'),
  {
    id: 'clickhouse',
    title: 'ClickHouse',
    repositories: ['docker.io/clickhouse/clickhouse-server', 'docker.io/library/clickhouse'],
    sources: ['https://github.com/ClickHouse/ClickHouse/blob/master/docker/server/Dockerfile.ubuntu'],
    layouts: [{ volume: '/var/lib/clickhouse', data: '/var/lib/clickhouse' }],
    volumes: ['/var/lib/clickhouse'],
  },
];
