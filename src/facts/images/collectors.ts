/** The configuration languages that rules can read. */
export type CollectorSyntax = 'fluent-bit' | 'fluentd' | 'vector' | 'opentelemetry';

/** The facts of the image of a log collector. */
export interface CollectorImage {
  /** The identifier for code. */
  readonly id: string;
  /** The name in messages. */
  readonly title: string;
  /** The last path segments of its repositories. */
  readonly repositories: readonly string[];
  /** The configuration language, if rules can read it. */
  readonly syntax?: CollectorSyntax;
  /** Whether its user is a number other than 0, so that the kubelet can verify that it is not root. */
  readonly startsAsNumber: boolean;
}

/** The settings of a configuration language that rules ask for. */
export interface CollectorSettings {
  /** The title of the collector. */
  readonly title: string;
  /** The setting with the path of the offsets. */
  readonly offsets: string;
  /** The setting that reads files from their beginning. */
  readonly readFromHead: string;
  /** The settings that limit buffers on disk. */
  readonly bufferLimits: readonly string[];
  /** Whether the collector writes to disk with any configuration, and does not start otherwise. */
  readonly alwaysWrites: boolean;
}

export const FLUENT_BIT: CollectorImage = {
  id: 'fluent-bit',
  title: 'Fluent Bit',
  repositories: ['fluent-bit', 'aws-for-fluent-bit'],
  syntax: 'fluent-bit',
  startsAsNumber: false,
};

export const FLUENTD: CollectorImage = {
  id: 'fluentd',
  title: 'Fluentd',
  repositories: ['fluentd', 'fluentd-kubernetes-daemonset'],
  syntax: 'fluentd',
  startsAsNumber: false,
};

export const VECTOR: CollectorImage = {
  id: 'vector',
  title: 'Vector',
  repositories: ['vector'],
  syntax: 'vector',
  startsAsNumber: false,
};

export const OPEN_TELEMETRY: CollectorImage = {
  id: 'opentelemetry',
  title: 'the OpenTelemetry Collector',
  repositories: ['opentelemetry-collector', 'opentelemetry-collector-contrib', 'opentelemetry-collector-k8s'],
  syntax: 'opentelemetry',
  startsAsNumber: true,
};

/** The known collectors. */
export const COLLECTOR_IMAGES: readonly CollectorImage[] = [
  FLUENT_BIT,
  FLUENTD,
  VECTOR,
  OPEN_TELEMETRY,
  { id: 'filebeat', title: 'Filebeat', repositories: ['filebeat'], startsAsNumber: false },
  { id: 'promtail', title: 'Promtail', repositories: ['promtail'], startsAsNumber: false },
  { id: 'alloy', title: 'Alloy', repositories: ['alloy'], startsAsNumber: false },
];

/** The settings of each configuration language. */
export const COLLECTOR_SETTINGS: Readonly<Record<CollectorSyntax, CollectorSettings>> = {
  'fluent-bit': {
    title: FLUENT_BIT.title,
    offsets: 'db',
    readFromHead: 'read_from_head: on',
    bufferLimits: ['storage.total_limit_size'],
    alwaysWrites: false,
  },
  'fluentd': {
    title: FLUENTD.title,
    offsets: 'pos_file',
    readFromHead: 'read_from_head true',
    bufferLimits: ['total_limit_size'],
    alwaysWrites: false,
  },
  'vector': {
    title: VECTOR.title,
    offsets: 'data_dir',
    readFromHead: 'read_from: beginning',
    bufferLimits: ['max_size'],
    alwaysWrites: true,
  },
  'opentelemetry': {
    title: OPEN_TELEMETRY.title,
    offsets: 'storage',
    readFromHead: 'start_at: beginning',
    bufferLimits: [],
    alwaysWrites: false,
  },
};

/** Returns a setting of each collector for a sentence: `'db' (Fluent Bit), 'pos_file' (Fluentd) or ...`. */
export function settingOfEach(setting: (settings: CollectorSettings) => string | undefined): string {
  const settings = Object.values(COLLECTOR_SETTINGS).flatMap(collector => {
    const name = setting(collector);
    return name === undefined ? [] : [`'${name}' (${collector.title})`];
  });
  return settings.length < 2 ? settings.join('') : `${settings.slice(0, -1).join(', ')} or ${settings.slice(-1)[0]}`;
}
