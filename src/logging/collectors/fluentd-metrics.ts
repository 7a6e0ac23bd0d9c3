import { Code, expression, Section } from './fluentd-syntax';
import type { LossMetrics } from './preset';
import { ANY_ADDRESS } from '../../facts/network';
import type { Pipeline } from '../pipeline';

const LOST = 'fluentd_app_records_lost';

/** Log messages of Fluentd about lost records. It has no counter for them, so the messages are counted. */
const LOSS_MESSAGES = [
  // a full buffer, a request that the sink rejects for good, a single record that it rejects
  'dropping oldest chunk',
  'chunk is thrown away',
  'dump an error event',
  // a request that the plugin for Loki does not retry, and a message that Kafka rejects
  'failed to write post to \\S+ \\(4(?!29)',
  'Skip event',
  'Skip broken event',
  // a record that is larger than a chunk, and a line that is longer than the largest record
  'ignore emit error',
  'received line length is longer',
];

/** Counts lost chunks, batches and lines: Fluentd does not log how many records they contain. */
export const LOSS_METRICS: LossMetrics = {
  lost: [{ name: LOST }],
  retried: [{ name: 'fluentd_output_status_retry_count', labels: 'plugin_id=~"sink_.+"' }],
};

/**
 * Every address of the family that the pod has first, because the plugin listens on one family only. The name of the
 * host stands for the address of the pod.
 */
const POD_FAMILY = new Code(
  `"#{(IPSocket.getaddress(Socket.gethostname) rescue '').include?(':') ? '[${ANY_ADDRESS}]' : '0.0.0.0'}"`,
);

/** Returns the metrics of the Prometheus plugin and a counter of losses. */
export function metrics({ metricsPort }: Pipeline): Section[] {
  return [
    {
      name: 'source',
      parameters: {
        '@type': 'prometheus',
        '@id': 'metrics',
        'bind': POD_FAMILY,
        'port': metricsPort,
        'metrics_path': '/metrics',
      },
    },
    // counters instead of gauges, because they only grow
    {
      name: 'source',
      parameters: { '@type': 'prometheus_output_monitor', '@id': 'metrics_of_sinks', 'gauge_all': false },
    },
    { name: 'source', parameters: { '@type': 'prometheus_tail_monitor', '@id': 'metrics_of_files' } },
    {
      name: 'label',
      argument: '@FLUENT_LOG',
      parameters: {},
      sections: [
        {
          name: 'filter',
          argument: '**',
          parameters: { '@type': 'grep', '@id': 'metrics_of_losses' },
          sections: [{ name: 'regexp', parameters: { key: 'message', pattern: expression(LOSS_MESSAGES.join('|')) } }],
        },
        {
          name: 'match',
          argument: '**',
          parameters: { '@type': 'prometheus', '@id': 'metrics_of_losses_out' },
          sections: [
            {
              name: 'metric',
              parameters: { name: LOST, type: 'counter', desc: 'Lost chunks, batches and lines' },
            },
          ],
        },
      ],
    },
  ];
}
