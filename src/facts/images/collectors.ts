/** The languages of configuration that rules can read. */
export type CollectorSyntax = 'fluent-bit' | 'fluentd' | 'vector' | 'opentelemetry';

/** What is known of the image of a log collector. */
export interface CollectorImage {
  /** What rules ask for. */
  readonly id: string;
  /** How people call it. */
  readonly title: string;
  /** The last elements of the repositories' paths. */
  readonly repositories: readonly string[];
  /** The language of its configuration, where rules can read it. */
  readonly syntax?: CollectorSyntax;
  /** Whether its user is a number other than 0, so that the kubelet can tell that it is not root. */
  readonly startsAsNumber: boolean;
}

/** The collectors of which anything is known. */
export const COLLECTOR_IMAGES: readonly CollectorImage[] = [
  {
    id: 'fluent-bit',
    title: 'Fluent Bit',
    repositories: ['fluent-bit', 'aws-for-fluent-bit'],
    syntax: 'fluent-bit',
    startsAsNumber: false,
  },
  {
    id: 'fluentd',
    title: 'Fluentd',
    repositories: ['fluentd', 'fluentd-kubernetes-daemonset'],
    syntax: 'fluentd',
    startsAsNumber: false,
  },
  { id: 'vector', title: 'Vector', repositories: ['vector'], syntax: 'vector', startsAsNumber: false },
  {
    id: 'opentelemetry',
    title: 'the OpenTelemetry Collector',
    repositories: ['opentelemetry-collector', 'opentelemetry-collector-contrib', 'opentelemetry-collector-k8s'],
    syntax: 'opentelemetry',
    startsAsNumber: true,
  },
  { id: 'filebeat', title: 'Filebeat', repositories: ['filebeat'], startsAsNumber: false },
  { id: 'promtail', title: 'Promtail', repositories: ['promtail'], startsAsNumber: false },
  { id: 'alloy', title: 'Alloy', repositories: ['alloy'], startsAsNumber: false },
];
